"""The coordinator's floor plan: every floor small, one floor large, and shapes to upload."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus

from babel.dates import format_skeleton
from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from models.history_store import Change, ChangeKind
from web.context import services
from web.pages.common import changing, edit_of_scenario, workspace_of
from web.pages.languages import current_language
from web.use_cases.floors import page as floor_page
from web.use_cases.floors import upload as floor_upload
from web.use_cases.floors.page import Looking, floor_zones
from web.use_cases.floors.shapes import LARGEST_FILE, LARGEST_FLOOR
from web.use_cases.floors.template import build_template
from web.use_cases.floors.upload import BrokenFormError, Choice, check_choice, read_choice
from web.use_cases.whole_numbers import whole_number

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


@blueprint.get("/programmes/<programme_id>/floors/<floor_id>/shapes")
def show_shapes(programme_id: str, floor_id: str) -> ResponseReturnValue:
    """Say how shapes are uploaded, and offer the floor as a drawing to edit."""
    with services().database.reading() as session:
        problem = workspace_of(session, programme_id).problem
    view = floor_upload.show_upload(problem, floor_id, language=current_language())
    return render_template("floors_shapes.html", view=view)


@blueprint.get("/programmes/<programme_id>/floors/<floor_id>/template.svg")
def download_template(programme_id: str, floor_id: str) -> ResponseReturnValue:
    """Give the floor as it is drawn now, as an SVG to edit and to upload again."""
    with services().database.reading() as session:
        problem = workspace_of(session, programme_id).problem
    view = build_template(problem, floor_id, language=current_language())
    note = gettext(
        "Move and change the shapes of the zones, keep their names, save as plain SVG, and "
        "upload the file again."
    )
    drawing = render_template("floors_template.svg", view=view, note=note)
    return Response(
        drawing,
        mimetype="image/svg+xml",
        headers={"Content-Disposition": f'attachment; filename="{floor_id}.svg"'},
    )


@blueprint.post("/programmes/<programme_id>/floors/<floor_id>/shapes")
def preview_shapes(programme_id: str, floor_id: str) -> ResponseReturnValue:
    """Show what an uploaded file would make of the floor; nothing is changed yet."""
    uploaded = request.files.get("file")
    with services().database.reading() as session:
        problem = workspace_of(session, programme_id).problem
    view = floor_upload.preview_upload(
        problem,
        floor_id,
        b"" if uploaded is None else uploaded.stream.read(LARGEST_FILE + 1),
        language=current_language(),
        width=_asked_width(),
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if view.faults else HTTPStatus.OK
    return render_template("floors_shapes.html", view=view), status


@blueprint.post("/programmes/<programme_id>/floors/<floor_id>/shapes/apply")
def apply_shapes(programme_id: str, floor_id: str) -> ResponseReturnValue:
    """Give zones the shapes that were looked at."""
    choice = _asked_choice()
    with changing(programme_id) as session:
        problem = workspace_of(session, programme_id).problem
        faults = check_choice(problem, floor_id, choice)
        if faults:
            view = floor_upload.preview_choice(
                problem, floor_id, choice, faults, language=current_language()
            )
            answer = render_template("floors_shapes.html", view=view)
            return answer, HTTPStatus.UNPROCESSABLE_ENTITY
        edit = edit_of_scenario(ChangeKind.EDIT, floor=floor_id)
        change = floor_upload.apply_choice(session, programme_id, choice, edit)
    return _done(programme_id, floor_id, change)


@blueprint.post("/programmes/<programme_id>/floors/<floor_id>/shapes/clear")
def clear_shapes(programme_id: str, floor_id: str) -> ResponseReturnValue:
    """Take the shapes of a floor's zones away."""
    choice = _asked_choice()
    with changing(programme_id) as session:
        zones = floor_zones(workspace_of(session, programme_id).problem, floor_id)
        seen = {str(zone): choice.seen[zone] for zone in zones if zone in choice.seen}
        edit = edit_of_scenario(ChangeKind.EDIT, floor=floor_id)
        change = floor_upload.clear_shapes(session, programme_id, seen, edit)
    return _done(programme_id, floor_id, change)


@blueprint.post("/programmes/<programme_id>/floors/<floor_id>/shapes/undo")
def undo_shapes(programme_id: str, floor_id: str) -> ResponseReturnValue:
    """Take back the shapes that were given last."""
    change = request.form.get("change", 0, type=int)
    with changing(programme_id) as session:
        edit = edit_of_scenario(ChangeKind.EDIT, floor=floor_id)
        floor_upload.undo_upload(session, programme_id, change, edit)
    flash(gettext("The floor is drawn as it was before."), "good")
    return _to_floor(programme_id, floor_id)


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


def _asked_width() -> float | None:
    """Return the metres that the drawing is wide, None where nothing sensible was said."""
    width = request.form.get("width", type=float)
    return width if width is not None and 0 < width <= LARGEST_FLOOR else None


def _asked_choice() -> Choice:
    prefix = "zone-"
    zones = {
        number: zone
        for name, zone in request.form.items()
        if name.startswith(prefix)
        and (number := whole_number(name.removeprefix(prefix))) is not None
    }
    try:
        return read_choice(request.form.get("shapes", "[]"), request.form.get("seen", "{}"), zones)
    except BrokenFormError:
        return abort(HTTPStatus.BAD_REQUEST)


def _done(programme_id: str, floor_id: str, change: Change | None) -> ResponseReturnValue:
    if change is None:
        flash(gettext("The floor has these shapes already; nothing was changed."), "warn")
        return _to_floor(programme_id, floor_id)
    return _to_floor(programme_id, floor_id, undo=change.id)


def _to_floor(programme_id: str, floor_id: str, undo: int | None = None) -> ResponseReturnValue:
    address = url_for("floors.show_floor", programme_id=programme_id, floor_id=floor_id, undo=undo)
    return redirect(address, HTTPStatus.SEE_OTHER)
