"""The researcher's page that takes the answer which a calendar program saved as a file."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from web.access import public
from web.calendars.replies import Fault, Reply
from web.context import services
from web.mail.reading import LARGEST_MAIL
from web.pages.researcher.common import arrive, blueprint, done, drain, private_page
from web.use_cases.researchers.replies import Taking, found_in, take_reply
from web.use_cases.researchers.reply_words import WORDS
from web.use_cases.researchers.visiting import Visit
from web.use_cases.views.replies import Outcome, ReplyView


@blueprint.get("/r/<token>/reply")
@public
def show_reply(token: str) -> ResponseReturnValue:
    """Show where the answer of a calendar program is sent."""
    with services().database.reading() as session:
        visitor = arrive(session, token)
    return _page(visitor, None)


@blueprint.post("/r/<token>/reply")
@public
def send_reply(token: str) -> ResponseReturnValue:
    """Take the answer in a file, and say what became of it."""
    found = _found()
    with services().database.writing() as session:
        visitor = arrive(session, token)
        taking = Taking(
            now=services().clock(),
            programme_id=visitor.programme_id,
            researcher_id=visitor.researcher_id,
        )
        reply = take_reply(session, found, taking)
    if reply.outcome is Outcome.TAKEN:
        return done("researcher.show_stay", token, "answered")
    return _page(visitor, reply)


def _found() -> Reply | Fault:
    try:
        return found_in(_sent())
    except RequestEntityTooLarge:
        drain()
        return Fault.TOO_LARGE


def _sent() -> bytes:
    """Return the file that was sent, and no more of it than tells that it is too large."""
    sent = request.files.get("file")
    if sent is None:
        return b""
    with sent.stream as stream:
        return stream.read(LARGEST_MAIL + 1)


def _page(visitor: Visit, reply: ReplyView | None) -> Response:
    if reply is None:
        return private_page("researcher_reply.html", visitor, view=None, words=None)
    status = HTTPStatus.OK if reply.is_settled else HTTPStatus.UNPROCESSABLE_ENTITY
    words = WORDS[reply.outcome]
    return private_page("researcher_reply.html", visitor, status=status, view=reply, words=words)
