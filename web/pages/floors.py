"""The coordinator's floor plan: every floor small, one floor large, and shapes to upload."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus

from babel.dates import format_skeleton
from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from web.context import services
from web.pages.common import workspace_of
from web.pages.languages import current_language
from web.use_cases import floor_page
from web.use_cases.floor_page import Looking

blueprint = Blueprint("floors", __name__)


@blueprint.app_template_filter("short_month")
def say_short_month(day: dt.date) -> str:
    """Say the month of a day in few letters."""
    return str(format_skeleton("yMMM", day, locale=get_locale()))


@blueprint.get("/programmes/<programme_id>/floors")
def show_floors(programme_id: str) -> ResponseReturnValue:
    """Show every floor as a small plan, coloured by how full it is on a day."""
    looking = _looking()
    with services().database.reading() as session:
        workspace = workspace_of(session, programme_id, looking.draft_id)
    view = floor_page.show_floors(workspace, looking)
    return render_template("floors.html", view=view)


@blueprint.get("/programmes/<programme_id>/floors/<floor_id>")
def show_floor(programme_id: str, floor_id: str) -> ResponseReturnValue:
    """Show one floor large with who sits where on a day."""
    looking = _looking()
    with services().database.reading() as session:
        workspace = workspace_of(session, programme_id, looking.draft_id)
    view = floor_page.show_floor(workspace, floor_id, looking)
    undo = request.args.get("undo", type=int)
    return render_template("floors_floor.html", view=view, undo=undo)


def _looking() -> Looking:
    return Looking(
        language=current_language(),
        now=services().clock(),
        day=_asked_day(),
        zone=request.args.get("zone"),
        request=request.args.get("request"),
        draft_id=request.args.get("draft", type=int),
    )


def _asked_day() -> dt.date | None:
    asked = request.args.get("day")
    if not asked:
        return None
    try:
        return dt.date.fromisoformat(asked)
    except ValueError:
        return abort(HTTPStatus.NOT_FOUND)


@blueprint.get("/programmes/<programme_id>/floors/<floor_id>/shapes")
def show_shapes(programme_id: str, floor_id: str) -> ResponseReturnValue:
    return ""


@blueprint.post("/programmes/<programme_id>/floors/<floor_id>/shapes/undo")
def undo_shapes(programme_id: str, floor_id: str) -> ResponseReturnValue:
    return ""
