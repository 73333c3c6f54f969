"""The coordinator's room of what was done: see it, take it back, make it again, take it along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from models.history_store import Change, ChangeKind, Direction
from web.context import services
from web.pages.common import changing, editor, workspace_of
from web.pages.history.values import say_field, say_one, say_value
from web.pages.history.words import KINDS, say_change, say_kind, say_step, say_who
from web.pages.languages import current_language
from web.use_cases.editing import Edit
from web.use_cases.history import page as history_page
from web.use_cases.requests.files import SheetOut, write_csv
from web.use_cases.views.history import ChangeView, HistoryFilter

NEVER_KEPT = {"Cache-Control": "no-store"}

blueprint = Blueprint("history", __name__)
blueprint.add_app_template_filter(say_change, "change_said")
blueprint.add_app_template_filter(say_kind, "history_kind")
blueprint.add_app_template_filter(say_step, "step_said")
blueprint.add_app_template_filter(say_value, "change_value")
blueprint.add_app_template_filter(say_who, "change_by")
blueprint.add_app_template_global(say_field, "field_called")

Reverse = Callable[[Session, str, Edit, int], Change]


@blueprint.get("/programmes/<programme_id>/history")
def show_history(programme_id: str) -> ResponseReturnValue:
    """Show who did what when, the newest first."""
    with services().database.reading() as session:
        view = history_page.show_history(
            session,
            workspace_of(session, programme_id),
            _asked(),
            language=current_language(),
            before=request.args.get("before", type=int),
        )
    return render_template("history.html", view=view, kinds=KINDS), NEVER_KEPT


@blueprint.get("/programmes/<programme_id>/history.csv")
def export_history(programme_id: str) -> ResponseReturnValue:
    """Send the history as a table: a row for each field that was changed."""
    with services().database.reading() as session:
        workspace = workspace_of(session, programme_id)
        found = history_page.all_changes(session, workspace, _asked(), language=current_language())
        data = write_csv(SheetOut(title=str(_("History")), header=_header(), rows=_rows(found)))
    response = Response(data, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{programme_id}-history.csv"'
    return response


@blueprint.post("/programmes/<programme_id>/history/<int:change_id>/undo")
def undo(programme_id: str, change_id: int) -> ResponseReturnValue:
    """Take back the latest change that stands, which the coordinator looked at."""
    return _reverse(programme_id, change_id, history_page.take_back, str(_("It is taken back.")))


@blueprint.post("/programmes/<programme_id>/history/<int:change_id>/redo")
def redo(programme_id: str, change_id: int) -> ResponseReturnValue:
    """Make again what was taken back last."""
    return _reverse(programme_id, change_id, history_page.make_again, str(_("It is made again.")))


def _reverse(programme_id: str, change_id: int, reverse: Reverse, said: str) -> ResponseReturnValue:
    edit = Edit(
        kind=ChangeKind.EDIT,
        now=services().clock(),
        by=editor(),
        draft_id=request.form.get("draft", type=int),
    )
    with changing(programme_id) as session:
        reverse(session, programme_id, edit, change_id)
    flash(said, "good")
    address = url_for("history.show_history", programme_id=programme_id)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _asked() -> HistoryFilter:
    return HistoryFilter(
        kind=request.args.get("kind", ""),
        by=request.args.get("by", ""),
        subject=request.args.get("subject", ""),
        key=request.args.get("key", ""),
        first_day=_day("first_day"),
        last_day=_day("last_day"),
    )


def _day(name: str) -> dt.date | None:
    asked = request.args.get(name, "")
    if not asked:
        return None
    try:
        return dt.date.fromisoformat(asked)
    except ValueError:
        return abort(HTTPStatus.NOT_FOUND)


def _header() -> Sequence[str]:
    names = (
        _("Number"),
        _("At what time"),
        _("By whom"),
        _("What was done"),
        _("Undone or redone"),
        _("What-if"),
        _("Kind"),
        _("Short name"),
        _("Name"),
        _("Field"),
        _("Before"),
        _("After"),
    )
    return tuple(map(str, names))


def _rows(changes: Iterator[ChangeView]) -> Iterator[Sequence[str]]:
    for change in changes:
        begin = (
            str(change.id),
            change.at.isoformat(timespec="seconds"),
            say_who(change.by, change.researcher),
            say_change(change),
            "" if change.direction is Direction.DO else change.direction.value,
            change.branch or "",
        )
        if not change.steps:
            yield (*begin, "", "", "", "", "", "")
        for step in change.steps:
            item = (say_one(step.subject), step.key, step.name)
            if not step.fields:
                yield (*begin, *item, "", "", "")
            for field in step.fields:
                was, now = say_value(field.before), say_value(field.after)
                yield (*begin, *item, say_field(step.subject, field.name), was, now)
