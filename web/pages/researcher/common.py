"""What the researcher's own pages share: in which language they speak, and how they answer.

The token in the path is all that opens these pages and nothing else identifies anybody there, so
their forms carry no other token and set no cookie: another site would have to know the link.
"""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Any, BinaryIO, cast

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_login import current_user
from sqlalchemy.orm import Session

from models.programme_store import lock_programme
from web.context import services
from web.fetches import note_fetch
from web.mail.server import answers_to
from web.pages.languages import (
    PUBLIC_LANGUAGES,
    current_language,
    find_chosen_language,
    speak_to_reader,
)
from web.use_cases.researchers.visiting import Visit, visit

MOST_DRAINED = 256 * 1024 * 1024

blueprint = Blueprint("researcher", __name__)


def private_page(
    template: str, visit: Visit, *, status: HTTPStatus = HTTPStatus.OK, **shown: Any
) -> Response:
    """Return a page in its reader's language, kept by nobody on the way.

    A look of the coordinator's is not noted as the researcher's.
    """
    with force_locale(page_language(visit)):
        body = render_template(template, visit=visit, office=_office(), **shown)
    response = private(make_response(body, status))
    if not current_user.is_authenticated:
        note_fetch(response, visit.link, release=visit.release)
    return response


def _office() -> str | None:
    """Return the address to which people answer; None where no mails are sent."""
    server = services().settings.mail_server
    return None if server is None else answers_to(server)


def private(response: Response) -> Response:
    """Keep an answer, and the address it came from, to those who have them."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def arrive(session: Session, token: str) -> Visit:
    """Return who comes with a token, and the language in which they are shown everything.

    What goes wrong from here on is told in it too, with a way back to their page.

    Raises:
        NotThereError: No such link stands.
    """
    visitor = visit(session, token, language=find_chosen_language())
    arrived = replace(visitor, language=page_language(visitor))
    speak_to_reader(arrived.language)
    g.visit = arrived
    return arrived


def arrive_to_change(session: Session, token: str) -> Visit:
    """Return who comes with a token; nobody else changes the programme until the session ends."""
    visitor = arrive(session, token)
    lock_programme(session, visitor.programme_id)
    return visitor


def page_language(visit: Visit) -> str:
    """Return the language in which to show a page: the visit's, else the browser's."""
    spoken = visit.language.partition("-")[0]
    return spoken if spoken in PUBLIC_LANGUAGES else current_language()


def drain() -> None:
    """Take what a browser is still sending, and forget it: one that is cut off shows no answer."""
    stream = cast("BinaryIO", request.environ["wsgi.input"])
    left = min(request.content_length or 0, MOST_DRAINED)
    while left > 0 and (piece := stream.read(min(left, 64 * 1024))):
        left -= len(piece)


def done(endpoint: str, token: str, what: str, **others: Any) -> ResponseReturnValue:
    """Send the reader back to a page, which says what was done (``_done.html``)."""
    address = url_for(endpoint, token=token, done=what, **others)
    return private(make_response(redirect(address, HTTPStatus.SEE_OTHER)))
