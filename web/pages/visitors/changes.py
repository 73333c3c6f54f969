"""Requests for changes: what was and what is wished, whether it fits, yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from models.errors import ChangeRequestDecided
from models.steps import EditConflict
from web.context import services
from web.pages.common import changing, editor, workspace_of
from web.pages.languages import current_language
from web.pages.visitors.common import NEVER_KEPT, blueprint, reverse_named
from web.use_cases.change_requests import decide
from web.use_cases.change_requests.again import reopen_change
from web.use_cases.change_requests.decide import (
    ChangeBreaksRulesError,
    ChangeImpossibleError,
    Decision,
)
from web.use_cases.visitors import changes as visitor_changes

ROOM = "/programmes/<programme_id>/researchers/changes"

WIDENED = {
    "first_day": lazy_gettext("Earliest day"),
    "last_day": lazy_gettext("Latest day"),
    "min_days": lazy_gettext("Fewest days"),
    "max_days": lazy_gettext("Most days"),
}


@blueprint.get(ROOM)
def show_changes(programme_id: str) -> ResponseReturnValue:
    """Show what researchers ask for beside the draft as it stands, what waits first."""
    return _page(programme_id), NEVER_KEPT


@blueprint.post(f"{ROOM}/<int:change_id>/accept")
def accept_change(programme_id: str, change_id: int) -> ResponseReturnValue:
    """Put the stay asked for into the draft; where it does not fit any more, show that."""
    try:
        with changing(programme_id) as session:
            done = decide.accept_change(
                session,
                workspace_of(session, programme_id),
                change_id,
                _decision(),
                language=current_language(),
            )
    except ChangeRequestDecided:
        return _decided_meanwhile(programme_id)
    except (ChangeBreaksRulesError, ChangeImpossibleError, EditConflict):
        flash(_("The draft has changed since you looked. Below is how it stands now."), "warn")
        page = _page(programme_id, replies={change_id: request.form.get("reply", "")})
        return page, HTTPStatus.CONFLICT, NEVER_KEPT
    return _back(programme_id, done=done)


@blueprint.post(f"{ROOM}/<int:change_id>/refuse")
def refuse_change(programme_id: str, change_id: int) -> ResponseReturnValue:
    """Say no to a change, with a reply."""
    try:
        with changing(programme_id) as session:
            done = decide.refuse_change(
                session, workspace_of(session, programme_id), change_id, _decision()
            )
    except ChangeRequestDecided:
        return _decided_meanwhile(programme_id)
    return _back(programme_id, done=done)


@blueprint.post(f"{ROOM}/<int:change_id>/again")
def reopen(programme_id: str, change_id: int) -> ResponseReturnValue:
    """Let a change that was decided wait for a decision again."""
    try:
        with changing(programme_id) as session:
            done = reopen_change(
                session,
                workspace_of(session, programme_id).problem,
                change_id,
                now=services().clock(),
                by=editor(),
            )
    except ChangeRequestDecided:
        return _decided_meanwhile(programme_id)
    return _back(programme_id, done=done)


@blueprint.post(f"{ROOM}/undo")
def undo_change(programme_id: str) -> ResponseReturnValue:
    """Take what was just accepted out of the draft again, as long as nothing was done since."""
    return _back(programme_id, done=reverse_named(programme_id))


def _decided_meanwhile(programme_id: str) -> ResponseReturnValue:
    flash(_("Somebody was faster. Below is where it stands now."), "warn")
    return _page(programme_id), HTTPStatus.CONFLICT, NEVER_KEPT


def _page(programme_id: str, replies: Mapping[int, str] | None = None) -> str:
    """Return the page; ``replies`` are those that were written and not sent yet."""
    with services().database.reading() as session:
        view = visitor_changes.show_changes(
            session,
            workspace_of(session, programme_id),
            language=current_language(),
            page=request.args.get("page", 1, type=int),
            done_id=request.args.get("done", type=int),
        )
    return render_template(
        "visitors_changes.html", view=view, widened=WIDENED, replies=replies or {}
    )


def _decision() -> Decision:
    return Decision(
        now=services().clock(),
        by=editor(),
        reply=request.form.get("reply", ""),
        seen=request.form.get("seen"),
        anyway="anyway" in request.form,
    )


def _back(programme_id: str, **changes: Any) -> ResponseReturnValue:
    address = url_for("visitors.show_changes", programme_id=programme_id, **changes)
    return redirect(address, HTTPStatus.SEE_OTHER)
