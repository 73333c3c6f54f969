"""Handlers of the small forms: begin a what-if, and change what it tries."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from models.draft_store import Draft
from models.errors import DraftExists
from web.context import services
from web.pages.common import changing, editor, workspace_of
from web.pages.languages import current_language
from web.use_cases.what_ifs.choices import KINDS
from web.use_cases.what_ifs.compose import (
    AdjustmentsRefusedError,
    FormRefusedError,
    adjustments_file,
)
from web.use_cases.what_ifs.form_page import FormState, documents_for, show_form
from web.use_cases.what_ifs.make import (
    NoNameError,
    Who,
    begin_branch,
    change_adjustments,
    drop_adjustment,
    get_branch,
)
from web.use_cases.workspace import Workspace

REFUSALS = (DraftExists, NoNameError, FormRefusedError, AdjustmentsRefusedError)


def who() -> Who:
    """Return who is signed in, now."""
    return Who(now=services().clock(), by=editor())


def to_branch(programme_id: str, draft_id: int) -> ResponseReturnValue:
    """Go to a what-if."""
    address = url_for("branches.show_branch", programme_id=programme_id, draft_id=draft_id)
    return redirect(address, HTTPStatus.SEE_OTHER)


def new_branch(programme_id: str) -> ResponseReturnValue:
    """Show the form of a new what-if, filled in with what the address says."""
    return _page(programme_id, None, _asked(request.args))


def new_adjustment(programme_id: str, draft_id: int) -> ResponseReturnValue:
    """Show the form of one more adjustment of a what-if."""
    return _page(programme_id, draft_id, _asked(request.args))


def begin(programme_id: str) -> ResponseReturnValue:
    """Begin a what-if with what a form or a file says, and show it."""
    state = _sent()
    try:
        with changing(programme_id) as session:
            main = workspace_of(session, programme_id)
            documents = _documents(session, main, None, state)
            draft = begin_branch(session, main, state.name, documents, who())
    except REFUSALS as refusal:
        return _refused(programme_id, None, state, refusal)
    return to_branch(programme_id, draft.id)


def adjust(programme_id: str, draft_id: int) -> ResponseReturnValue:
    """Let a what-if try one more adjustment, or those of a file."""
    state = _sent()
    try:
        with changing(programme_id) as session:
            main = workspace_of(session, programme_id)
            draft = get_branch(session, programme_id, draft_id)
            documents = _documents(session, main, draft, state)
            seen = request.form.get("revision", type=int)
            change_adjustments(session, main, draft, documents, who(), seen=seen)
    except REFUSALS as refusal:
        return _refused(programme_id, draft_id, state, refusal)
    flash(_("Plan the what-if again to see what it brings now."), "good")
    return to_branch(programme_id, draft_id)


def drop(programme_id: str, draft_id: int, number: int) -> ResponseReturnValue:
    """Let a what-if no longer try one of its adjustments."""
    with changing(programme_id) as session:
        draft = get_branch(session, programme_id, draft_id)
        seen = request.form.get("revision", type=int)
        drop_adjustment(session, draft, number, who(), seen=seen)
    return to_branch(programme_id, draft_id)


def download(programme_id: str, draft_id: int) -> ResponseReturnValue:
    """Give what a what-if tries as a file, as the command line reads it."""
    with services().database.reading() as session:
        draft = get_branch(session, programme_id, draft_id)
    name = f"{programme_id}-what-if-{draft_id}.json"
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Content-Disposition": f"attachment; filename={name}",
        "Cache-Control": "no-store",
    }
    return adjustments_file(draft.adjustments), headers


def _documents(
    session: Session, main: Workspace, draft: Draft | None, state: FormState
) -> list[dict[str, object]]:
    workspaces, language = services().workspaces, current_language()
    return documents_for(session, workspaces, main, draft, state, language=language)


def _sent() -> FormState:
    """Return what was sent; a file that was chosen comes before the form."""
    state = _asked(request.form)
    file = request.files.get("file")
    if file is None or not file.filename:
        return state
    return replace(state, kind="", file=file.read())


def _asked(values: MultiDict[str, str]) -> FormState:
    return FormState(
        kind=values.get("kind", ""),
        name=values.get("title", ""),
        answers={name: tuple(given) for name, given in values.lists()},
    )


def _refused(
    programme_id: str, draft_id: int | None, state: FormState, refusal: Exception
) -> ResponseReturnValue:
    """Show the form again with what was put in, and what is wrong with it."""
    if isinstance(refusal, NoNameError):
        state = replace(state, name_fault="no_name")
    elif isinstance(refusal, DraftExists):
        state = replace(state, name_fault="name_taken")
    elif isinstance(refusal, FormRefusedError):
        state = replace(state, faults=refusal.faults)
    elif isinstance(refusal, AdjustmentsRefusedError):
        state = replace(state, file_faults=refusal.findings)
    page = _page(programme_id, draft_id, state)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY


def _page(programme_id: str, draft_id: int | None, state: FormState) -> str:
    with services().database.reading() as session:
        main = workspace_of(session, programme_id)
        draft = None if draft_id is None else get_branch(session, programme_id, draft_id)
        view = show_form(
            session, services().workspaces, main, draft, state, language=current_language()
        )
    return render_template("what_ifs_form.html", view=view, kinds=KINDS)
