"""The told stays and what their researchers answered, and what the office does about it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.answer_store import AnswerKind, AnswerVia
from models.history_store import ChangeKind
from models.steps import EditConflict
from web.context import services
from web.pages.common import changing, edit_of_scenario, editor, workspace_of
from web.pages.languages import current_language
from web.pages.visitors.common import NEVER_KEPT, blueprint, reverse_named
from web.use_cases.errors import AnswerChangedError
from web.use_cases.researchers.answering import answer_stay
from web.use_cases.visitors import answers as visitor_answers
from web.use_cases.visitors.deciding import get_visitor, keep_stay, withdraw_declined
from web.use_cases.visitors.query import VisitorOrder, VisitorQuery, VisitorState

ASKED = ("q", "state", "sort", "page")
"""What of an address says which stays are meant."""

LONGEST_WORDS = 200

ROOM = "/programmes/<programme_id>/researchers"


@blueprint.get(ROOM)
def show_answers(programme_id: str) -> ResponseReturnValue:
    """Show the told stays that the address asks for, with what was answered."""
    with services().database.reading() as session:
        view = visitor_answers.show_answers(
            session,
            workspace_of(session, programme_id),
            services().publisher.maker,
            services().digests.told,
            _asked_query(),
            language=current_language(),
            now=services().clock(),
            decided_id=request.args.get("done", type=int),
        )
    return render_template("visitors.html", view=view), NEVER_KEPT


@blueprint.post(f"{ROOM}/<request_id>/withdraw")
def withdraw(programme_id: str, request_id: str) -> ResponseReturnValue:
    """Let a declined stay go: its request is withdrawn, and it leaves the draft."""
    try:
        with changing(programme_id) as session:
            change = withdraw_declined(
                session,
                workspace_of(session, programme_id),
                services().digests.told,
                request_id,
                seen=request.form.get("seen", ""),
                edit=edit_of_scenario(ChangeKind.ANSWER),
            )
    except (AnswerChangedError, EditConflict):
        return _changed_meanwhile(programme_id)
    return _back(programme_id, done=change.id)


@blueprint.post(f"{ROOM}/<request_id>/keep")
def keep(programme_id: str, request_id: str) -> ResponseReturnValue:
    """Keep a stay although it was declined."""
    try:
        with changing(programme_id) as session:
            keep_stay(
                session,
                workspace_of(session, programme_id),
                services().digests.told,
                request_id,
                seen=request.form.get("seen", ""),
                edit=edit_of_scenario(ChangeKind.ANSWER),
            )
    except AnswerChangedError:
        return _changed_meanwhile(programme_id)
    flash(_("The stay is kept; it waits for no decision any more."), "good")
    return _back(programme_id)


@blueprint.get(f"{ROOM}/<request_id>/answer")
def show_note(programme_id: str, request_id: str) -> ResponseReturnValue:
    """Show all answers to a stay, and where the office notes what it was told."""
    with services().database.reading() as session:
        view = visitor_answers.show_note(
            session,
            workspace_of(session, programme_id),
            services().publisher.maker,
            services().digests.told,
            request_id,
            language=current_language(),
            now=services().clock(),
        )
    return render_template("visitors_note.html", view=view), NEVER_KEPT


@blueprint.post(f"{ROOM}/<request_id>/answer")
def note_answer(programme_id: str, request_id: str) -> ResponseReturnValue:
    """Note what the office was told by telephone or in a mail."""
    kind = request.form.get("answer", "")
    if kind not in set(AnswerKind):
        flash(_("Choose what was answered first."), "warn")
        return _back(programme_id)
    with changing(programme_id) as session:
        answer_stay(
            session,
            programme_id,
            get_visitor(session, programme_id, request_id, services().digests.told),
            request_id,
            AnswerKind(kind),
            note=request.form.get("note", ""),
            via=AnswerVia.OFFICE,
            now=services().clock(),
            sequence=request.form.get("sequence", type=int),
            by=editor(),
        )
    flash(_("The answer is noted."), "good")
    return _back(programme_id)


@blueprint.post(f"{ROOM}/undo")
def undo(programme_id: str) -> ResponseReturnValue:
    """Take back what was just decided, as long as nothing was done since."""
    return _back(programme_id, done=reverse_named(programme_id))


def answers_address(programme_id: str, **changes: Any) -> str:
    """Return the address of this list with something else asked for; None asks no more."""
    kept: dict[str, Any] = {key: request.args[key] for key in ASKED if request.args.get(key)}
    return url_for("visitors.show_answers", programme_id=programme_id, **kept | changes)


def same_list(programme_id: str, endpoint: str, **arguments: Any) -> str:
    """Return the address of something to be done, which goes back to this list."""
    kept: dict[str, Any] = {key: request.args[key] for key in ASKED if request.args.get(key)}
    return url_for(endpoint, programme_id=programme_id, **kept | arguments)


def _changed_meanwhile(programme_id: str) -> ResponseReturnValue:
    flash(_("Nothing was done: it has changed since you looked. Below is how it stands."), "warn")
    return _back(programme_id)


def _back(programme_id: str, **changes: Any) -> ResponseReturnValue:
    return redirect(answers_address(programme_id, **changes), HTTPStatus.SEE_OTHER)


def _asked_query() -> VisitorQuery:
    """Return what the address asks of the list; what makes no sense there is passed over."""
    asked = request.args
    order, state = asked.get("sort", ""), asked.get("state", "")
    name = order.removeprefix("-")
    return VisitorQuery(
        words=asked.get("q", "")[:LONGEST_WORDS],
        state=VisitorState(state) if state in set(VisitorState) else None,
        order=VisitorOrder(name) if name in set(VisitorOrder) else VisitorOrder.DECISION,
        is_descending=order.startswith("-"),
        page=asked.get("page", 1, type=int),
    )


blueprint.add_app_template_global(answers_address, "answers_address")
blueprint.add_app_template_global(same_list, "same_list")
