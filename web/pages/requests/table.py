"""The table of requests, and what is done to those that are chosen in it."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from models.history_store import Change, ChangeKind
from web.context import services
from web.pages.common import changing, edit_of_scenario, workspace_of
from web.pages.languages import current_language
from web.pages.requests.room import asked_query, blueprint, table_address
from web.use_cases.editing import Edit
from web.use_cases.requests import bulk as request_bulk
from web.use_cases.requests import undo as request_undo
from web.use_cases.requests.table import find_requests
from web.use_cases.requests.table import show_requests as view_requests
from web.use_cases.workspace import Workspace

LONGEST_ADDRESS = 3000
"""Characters of ids that an address may hold: servers take some 4,000 in all."""

Act = Callable[[Session, Workspace, tuple[str, ...], Edit], Change | None]


@blueprint.get("/programmes/<programme_id>/requests")
def show_requests(programme_id: str) -> ResponseReturnValue:
    """Show the requests that the address asks for."""
    with services().database.reading() as session:
        view = view_requests(
            session,
            workspace_of(session, programme_id),
            services().publisher.maker,
            asked_query(),
            language=current_language(),
            done_id=request.args.get("done", type=int),
        )
    return render_template("requests.html", view=view), {"Cache-Control": "no-store"}


@blueprint.post("/programmes/<programme_id>/requests/withdraw")
def withdraw(programme_id: str) -> ResponseReturnValue:
    """Withdraw the chosen requests."""
    return _act(programme_id, ChangeKind.EDIT, request_bulk.withdraw)


@blueprint.post("/programmes/<programme_id>/requests/submit")
def submit(programme_id: str) -> ResponseReturnValue:
    """Submit the chosen requests again."""
    return _act(programme_id, ChangeKind.EDIT, request_bulk.submit_again)


@blueprint.post("/programmes/<programme_id>/requests/pin")
def pin(programme_id: str) -> ResponseReturnValue:
    """Pin the chosen requests as the draft has them."""
    return _act(programme_id, ChangeKind.PIN, request_bulk.pin_as_they_are)


@blueprint.post("/programmes/<programme_id>/requests/plan")
def plan(programme_id: str) -> ResponseReturnValue:
    """Go to the page that plans only the chosen requests."""
    with services().database.reading() as session:
        chosen = _chosen(workspace_of(session, programme_id))
    ids = ",".join(chosen)
    if not ids:
        return _nothing_chosen(programme_id)
    if len(ids) > LONGEST_ADDRESS:
        flash(_("These are too many to plan apart. Choose fewer, or plan all."), "warn")
        return _back(programme_id)
    address = url_for("planning.show_plan", programme_id=programme_id, requests=ids)
    return redirect(address, HTTPStatus.SEE_OTHER)


@blueprint.post("/programmes/<programme_id>/requests/undo")
def undo(programme_id: str) -> ResponseReturnValue:
    """Take back the latest change of the data, the one that was looked at if one was."""
    return _reverse(programme_id, request_undo.undo_data)


@blueprint.post("/programmes/<programme_id>/requests/redo")
def redo(programme_id: str) -> ResponseReturnValue:
    """Make again what was taken back last."""
    return _reverse(programme_id, request_undo.redo_data)


def _act(programme_id: str, kind: ChangeKind, act: Act) -> ResponseReturnValue:
    with changing(programme_id) as session:
        workspace = workspace_of(session, programme_id)
        chosen = _chosen(workspace)
        change = act(session, workspace, chosen, edit_of_scenario(kind)) if chosen else None
    if not chosen:
        return _nothing_chosen(programme_id)
    if change is None:
        flash(_("Nothing was changed: the chosen requests stand like this already."), "warn")
        return _back(programme_id)
    return _back(programme_id, done=change.id)


def _reverse(
    programme_id: str, reverse: Callable[[Session, str, Edit, int | None], Change]
) -> ResponseReturnValue:
    expected = request.form.get("change", type=int)
    with changing(programme_id) as session:
        change = reverse(session, programme_id, edit_of_scenario(ChangeKind.EDIT), expected)
    return _back(programme_id, done=change.id)


def _chosen(workspace: Workspace) -> tuple[str, ...]:
    """Return the ids that were ticked, or all that the address asks for."""
    if request.form.get("all"):
        return find_requests(workspace, asked_query(), language=current_language())
    return tuple(request.form.getlist("request"))


def _nothing_chosen(programme_id: str) -> ResponseReturnValue:
    flash(_("Choose requests first: tick the boxes before their names."), "warn")
    return _back(programme_id)


def _back(programme_id: str, done: int | None = None) -> ResponseReturnValue:
    return redirect(table_address(programme_id, done=done), HTTPStatus.SEE_OTHER)
