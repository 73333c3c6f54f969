"""Calendar feeds over HTTP: the token is in the path, and nothing else opens or identifies.

The same release gives the same bytes and the same tag, so a client that has them gets 304.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from http import HTTPStatus
from urllib.parse import quote

from flask import Blueprint, Response, request

from web.access import public
from web.calendars.ical import etag_of
from web.context import services
from web.fetches import note_fetch
from web.use_cases.errors import NotThereError
from web.use_cases.researchers.feeds import LANGUAGES, Feed, get_link

PREFIX = "/c/"

blueprint = Blueprint("feeds", __name__)


@blueprint.get(f"{PREFIX}<token>.ics")
@public
def send_feed(token: str) -> Response:
    """Send the calendar of a link, as a file to keep with ``?download=1``."""
    language = request.args.get("lang")
    if language is not None and language not in LANGUAGES:
        return _say(HTTPStatus.BAD_REQUEST, f"lang: one of {', '.join(LANGUAGES)}")
    with services().database.reading() as session:
        try:
            link = get_link(session, token)
            feed = services().feeds.load(session, link, token, language=language)
        except NotThereError:
            return _say(HTTPStatus.NOT_FOUND, "No such calendar.")
    response = _answer(feed)
    note_fetch(response, link, release=feed.release)
    return response


def _answer(feed: Feed) -> Response:
    is_packed = _wants_gzip()
    body = gzip.compress(feed.body, mtime=0) if is_packed else feed.body
    response = Response(body, content_type="text/calendar; charset=utf-8")
    response.set_etag(_tag(feed, packed=is_packed))
    response.last_modified = feed.changed_at
    if is_packed:
        response.content_encoding = "gzip"
    response.headers["Content-Disposition"] = _disposition(feed)
    response.headers["Cache-Control"] = "private, no-cache"
    _private(response).make_conditional(request)
    return response


def _tag(feed: Feed, *, packed: bool) -> str:
    """Return the strong tag of the bytes that are sent, which differ when they are packed."""
    tag = etag_of(feed.body)
    return f"{tag}-gzip" if packed else tag


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
    response = Response(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return _private(response)


def _private(response: Response) -> Response:
    """Keep the address, which is the key, to those who have it."""
    response.vary.add("Accept-Encoding")
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
