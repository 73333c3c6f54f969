"""The invitation: a researcher accepts or declines a stay, or does not know yet."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from models.answer_store import AnswerKind, AnswerVia
from web.access import public
from web.context import services
from web.pages.researcher.common import arrive, blueprint, done, private_page
from web.use_cases.researchers import answering
from web.use_cases.whole_numbers import whole_number

PAGE = "researcher.show_stay"


@blueprint.post("/r/<token>/answer")
@public
def answer_stay(token: str) -> ResponseReturnValue:
    """Keep an answer to the stay as it was shown; whoever declines is asked once more."""
    form = request.form
    kind, sequence = _kind(form.get("answer")), whole_number(form.get("sequence", ""))
    stay, note = form.get("request", ""), form.get("note", "")
    if sequence is None:
        raise BadRequest
    if kind is AnswerKind.DECLINED and form.get("sure") != "yes":
        return _ask_again(token, stay, note, sequence)
    with services().database.writing() as session:
        visitor = arrive(session, token)
        answering.answer_stay(
            session,
            visitor.programme_id,
            visitor.researcher_id,
            stay,
            kind,
            note=note,
            via=AnswerVia.PAGE,
            now=services().clock(),
            sequence=sequence,
        )
    return done(PAGE, token, "answered")


def _ask_again(token: str, stay: str, note: str, sequence: int) -> ResponseReturnValue:
    with services().database.reading() as session:
        visitor = arrive(session, token)
        _, entry = answering.get_stay(
            session, visitor.programme_id, visitor.researcher_id, stay, sequence
        )
    kept = answering.checked_note(note)
    return private_page("researcher_decline.html", visitor, stay=entry, note=kept)


def _kind(said: str | None) -> AnswerKind:
    if said not in set(AnswerKind):
        raise BadRequest
    return AnswerKind(said)
