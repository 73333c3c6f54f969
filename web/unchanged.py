"""Answers calendars that have everything already, before the application is set in motion.

Most requests of a server are of this kind: calendars ask every few hours, and releases are rare.
Whatever is not plainly one of them goes to the application, which reads it with care.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from models.errors import DatabaseProblem
from web.context import Services
from web.feeds import PREFIX, headers_of, tag_of
from web.use_cases.researchers.feeds import Feed

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_SUFFIX = ".ics"
_WITH_BODY = {"Content-Type", "Content-Encoding", "Last-Modified"}


class UnchangedFeeds:
    """A WSGI application before another."""

    def __init__(self, inner: WSGIApplication, services: Services) -> None:
        """Remember whom to ask, and who answers all else."""
        self._inner = inner
        self._services = services

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Say that nothing has changed, or have the other application answer."""
        headers = self._headers(environ)
        if headers is None:
            return self._inner(environ, start_response)
        start_response("304 NOT MODIFIED", headers)
        return []

    def _headers(self, environ: WSGIEnvironment) -> list[tuple[str, str]] | None:
        path, tag = environ["PATH_INFO"], environ.get("HTTP_IF_NONE_MATCH")
        is_feed = path.startswith(PREFIX) and path.endswith(_SUFFIX) and path.isascii()
        is_plain = environ["REQUEST_METHOD"] in {"GET", "HEAD"} and not environ.get("QUERY_STRING")
        encodings = environ.get("HTTP_ACCEPT_ENCODING", "")
        if tag is None or not (is_feed and is_plain) or ";" in encodings:
            return None
        feed = self._find_feed(path[len(PREFIX) : -len(_SUFFIX)])
        is_packed = "gzip" in encodings
        if feed is None or tag != tag_of(feed, packed=is_packed):
            return None
        return [
            (name, text)
            for name, text in headers_of(feed, packed=is_packed, disposition="inline").items()
            if name not in _WITH_BODY
        ]

    def _find_feed(self, token: str) -> Feed | None:
        """Find a feed that was made already, unless its being asked for has to be noted."""
        try:
            found = self._services.feeds.find(self._services.database, token)
        except DatabaseProblem:
            return None
        if found is None or found.link.wants_touch(self._services.clock(), found.feed.release):
            return None
        return found.feed
