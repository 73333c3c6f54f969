"""Calendar feeds over HTTP: the token is in the path, and nothing else opens or identifies.

The same release gives the same bytes and the same tag, so a client that has them gets 304.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from http import HTTPStatus
from urllib.parse import quote

from flask import Blueprint, Response, request
from werkzeug.http import http_date

from web.access import public
from web.context import services
from web.fetches import note_fetch
from web.use_cases.errors import NotThereError
from web.use_cases.researchers.feeds import LANGUAGES, Feed

PREFIX = "/c/"

_PRIVATE = {
    "Vary": "Accept-Encoding",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
"""Keep the address, which is the key, to those who have it."""

_NOTHING = Feed(
    body=b"",
    packed=b"",
    tag="",
    name="",
    file_name="",
    release=0,
    changed_at=dt.datetime(1970, 1, 1, tzinfo=dt.UTC),
)

blueprint = Blueprint("feeds", __name__)


@blueprint.get(f"{PREFIX}<token>.ics")
@public
def send_feed(token: str) -> Response:
    """Send the calendar of a link, as a file to keep with ``?download=1``."""
    language = request.args.get("lang")
    if language is not None and language not in LANGUAGES:
        return _say(HTTPStatus.BAD_REQUEST, f"lang: one of {', '.join(LANGUAGES)}")
    try:
        link, feed = services().feeds.fetch(services().database, token, language=language)
    except NotThereError:
        _answer(_NOTHING)  # a wrong link takes as long as a right one
        return _say(HTTPStatus.NOT_FOUND, "No such calendar.")
    response = _answer(feed)
    note_fetch(response, link, release=feed.release)
    return response


def tag_of(feed: Feed, *, packed: bool) -> str:
    """Return the strong tag of the bytes that are sent, which differ when they are packed."""
    return f'"{feed.tag}-gzip"' if packed else f'"{feed.tag}"'


def headers_of(feed: Feed, *, packed: bool, disposition: str) -> dict[str, str]:
    """Return the headers of a feed."""
    headers = {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": disposition,
        "Cache-Control": "private, no-cache",
        "ETag": tag_of(feed, packed=packed),
        "Last-Modified": http_date(feed.changed_at),
        **_PRIVATE,
    }
    return headers | {"Content-Encoding": "gzip"} if packed else headers


def _answer(feed: Feed) -> Response:
    packed = _wants_gzip()
    headers = headers_of(feed, packed=packed, disposition=_disposition(feed))
    response = Response(feed.packed if packed else feed.body, headers=headers)
    response.make_conditional(request)
    return response


def _wants_gzip() -> bool:
    """Tell whether the client names gzip; one that says it takes anything gets plain bytes."""
    return any(name == "gzip" and quality > 0 for name, quality in request.accept_encodings)


def _disposition(feed: Feed) -> str:
    """Return how to treat the file: shown in place, or kept under an ASCII or a full name."""
    if request.args.get("download") != "1":
        return "inline"
    ascii_name = re.sub(r"[^A-Za-z0-9._-]+", "-", feed.file_name).strip("-")
    full_name = quote(f"{unicodedata.normalize('NFC', feed.name)}.ics", safe="")
    return f"attachment; filename=\"{ascii_name}.ics\"; filename*=UTF-8''{full_name}"


def _say(status: HTTPStatus, text: str) -> Response:
    headers = {
        "Content-Type": "text/plain; charset=utf-8",
        "Cache-Control": "no-store",
        **_PRIVATE,
    }
    return Response(f"{text}\n", status=status, headers=headers)
