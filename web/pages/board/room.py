"""The board: the draft as a timeline on which stays are moved by hand, checked at once."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from http import HTTPStatus
from typing import Any, cast

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from models.history_store import ChangeKind
from models.steps import Step
from web.context import services
from web.pages.board.texts import board_texts
from web.pages.board.words import (
    changes_document,
    options_document,
    say_broken,
    say_done,
    say_part,
    script_json,
    verdict_document,
)
from web.pages.common import changing, edit_of_draft, edit_of_scenario, editor, workspace_of
from web.pages.languages import current_language
from web.use_cases.board import chosen as board_chosen
from web.use_cases.board import moves as board_moves
from web.use_cases.board import page as board_page
from web.use_cases.board.fit import BoardFit
from web.use_cases.board.places import Wish
from web.use_cases.editing import Edit, make_steps
from web.use_cases.recent import Recent
from web.use_cases.views.board import ChosenView, GroupBy
from web.use_cases.workspace import Workspace

FITS_KEPT = 6
LARGE = 32 * 1024
QUICK = 4
"""How hard large answers are packed: more would take longer than it saves."""

_KEY = "sarangchae-board"

blueprint = Blueprint("board", __name__)
blueprint.add_app_template_filter(say_broken, "broken")
blueprint.add_app_template_filter(say_done, "done")
blueprint.add_app_template_filter(say_part, "part")


@blueprint.record_once
def _keep_fits(state: BlueprintSetupState) -> None:
    """Give the application a place for what is worked out of its drafts."""
    state.app.extensions[_KEY] = Recent[tuple[object, ...], BoardFit](FITS_KEPT)


@blueprint.get("/programmes/<programme_id>/timeline")
def show_timeline(programme_id: str) -> ResponseReturnValue:
    """Send on to the board, which took the timeline's place."""
    address = url_for("board.show_board", programme_id=programme_id)
    asked = request.query_string.decode("ascii", "replace")
    return redirect(f"{address}?{asked}" if asked else address)


@blueprint.get("/programmes/<programme_id>/board")
def show_board(programme_id: str) -> ResponseReturnValue:
    """Show the draft over the whole programme, to be moved by hand."""
    with services().database.reading() as session:
        workspace = _workspace(session, programme_id)
        view = board_page.show_board(
            session,
            workspace,
            _fit(workspace),
            language=current_language(),
            now=services().clock(),
            group_by=_asked_group(),
            page=request.args.get("page", 1, type=int),
            request=request.args.get("request"),
        )
    document = script_json({**view.document, "now": changes_document(view.now)})
    texts = script_json(board_texts(view))
    page = render_template("board.html", view=view, document=document, texts=texts)
    return _packed(make_response(page))


@blueprint.get("/programmes/<programme_id>/board/changes")
def show_changes(programme_id: str) -> ResponseReturnValue:
    """Say what the draft is now, for a script that shows an earlier one."""
    shown = (request.args.get("version", ""), request.args.get("since", -1, type=int))
    with services().database.reading() as session:
        workspace = _workspace(session, programme_id)
        if shown == (workspace.scenario.version, workspace.revision) and "all" not in request.args:
            return {"version": shown[0], "revision": shown[1]}, {"Cache-Control": "no-store"}
        changes = board_page.show_changes(
            session, workspace, language=current_language(), now=services().clock(), shown=shown
        )
    return _json(changes_document(changes))


@blueprint.get("/programmes/<programme_id>/board/options/<request_id>")
def show_options(programme_id: str, request_id: str) -> ResponseReturnValue:
    """Say where a request could go beside everybody else."""
    days = request.args.get("days", type=int)
    with services().database.reading() as session:
        workspace = _workspace(session, programme_id)
        options = board_moves.show_options(workspace, _fit(workspace), request_id, days)
    return _json(options_document(options))


@blueprint.get("/programmes/<programme_id>/board/stays/<request_id>")
def show_stay(programme_id: str, request_id: str) -> ResponseReturnValue:
    """Show one request with its stay and the form that moves it, as a part of the page."""
    with services().database.reading() as session:
        workspace = _workspace(session, programme_id)
        chosen = board_chosen.show_chosen(
            workspace, _fit(workspace), request_id, language=current_language()
        )
    return {"html": _chosen_part(chosen)}, {"Cache-Control": "no-store"}


@blueprint.post("/programmes/<programme_id>/board/check")
def check(programme_id: str) -> ResponseReturnValue:
    """Say what a request would break where somebody is about to put it."""
    asked = _asked()
    with services().database.reading() as session:
        workspace = _workspace(session, programme_id)
        verdict = board_moves.check_move(
            workspace, _fit(workspace), *_wish(asked), language=current_language()
        )
    return _json(verdict_document(verdict))


@blueprint.post("/programmes/<programme_id>/board/move")
def move(programme_id: str) -> ResponseReturnValue:
    """Move a request, and say what that breaks."""
    asked = _asked()
    request_id, wish = _wish(asked)
    try:
        seen = board_moves.read_residency(asked.get("before"))
    except ValueError:
        abort(HTTPStatus.BAD_REQUEST)
    with changing(programme_id) as session:
        workspace = _workspace(session, programme_id)
        verdict = board_moves.move(
            session,
            workspace,
            _fit(workspace),
            request_id,
            seen=seen,
            wish=wish,
            edit=_edit(session, programme_id, ChangeKind.MOVE),
            language=current_language(),
        )
    return _json(verdict_document(verdict))


@blueprint.post("/programmes/<programme_id>/board/undo")
def undo(programme_id: str) -> ResponseReturnValue:
    """Take back the latest change of the draft, and say what it was."""
    return _reverse(programme_id, again=False)


@blueprint.post("/programmes/<programme_id>/board/redo")
def redo(programme_id: str) -> ResponseReturnValue:
    """Make again what was taken back last, and say what it was."""
    return _reverse(programme_id, again=True)


@blueprint.post("/programmes/<programme_id>/board/pins")
def pin(programme_id: str) -> ResponseReturnValue:
    """Pin some parts of a stay, or none any more."""
    asked = _asked()
    before, after = asked.get("before"), asked.get("after")
    if not isinstance(before, dict | None) or not isinstance(after, dict | None):
        abort(HTTPStatus.BAD_REQUEST)
    request_id = asked.get("request")
    if any(pin is not None and pin.get("request") != request_id for pin in (before, after)):
        abort(HTTPStatus.BAD_REQUEST)
    step = Step(subject="pins", key=str(request_id), before=before, after=after)
    with changing(programme_id) as session:
        make_steps(session, programme_id, [step], edit_of_scenario(ChangeKind.PIN))
    return _json({"after": after})


def _reverse(programme_id: str, *, again: bool) -> ResponseReturnValue:
    reverse = board_moves.make_again if again else board_moves.take_back
    seen = _asked().get("revision")
    with changing(programme_id) as session:
        workspace = _workspace(session, programme_id)
        board_moves.check_seen(workspace, seen if isinstance(seen, int) else None)
        edit = _edit(session, programme_id, ChangeKind.MOVE)
        done = reverse(session, workspace, edit, language=current_language())
    return _json({"said": say_done(done), "request": done.request, "stays": done.stays})


def _workspace(session: Session, programme_id: str) -> Workspace:
    """Return the branch that the address names, else the draft that will be published."""
    return workspace_of(session, programme_id, request.args.get("draft", type=int))


def _fit(workspace: Workspace) -> BoardFit:
    """Return what answers for a draft, kept as long as the programme stands as it is."""
    kept = cast("Recent[tuple[object, ...], BoardFit]", current_app.extensions[_KEY])
    tried = () if workspace.draft is None else workspace.draft.adjustments
    scenario = workspace.scenario
    key = (workspace.problem.programme.id, scenario.version, workspace.draft_id, json.dumps(tried))
    return kept.get(key, lambda: BoardFit(scenario))


def _edit(session: Session, programme_id: str, kind: ChangeKind) -> Edit:
    draft_id = request.args.get("draft", type=int)
    if draft_id is None:
        return edit_of_draft(session, programme_id, kind)
    return Edit(kind=kind, now=services().clock(), by=editor(), draft_id=draft_id)


def _asked() -> dict[str, Any]:
    asked = request.get_json()
    return asked if isinstance(asked, dict) else abort(HTTPStatus.BAD_REQUEST)


def _wish(asked: dict[str, Any]) -> tuple[str, Wish | None]:
    """Return which request is to be put where, None for the tray."""
    request_id, after = asked.get("request"), asked.get("after")
    if not isinstance(request_id, str):
        abort(HTTPStatus.BAD_REQUEST)
    if after is None:
        return request_id, None
    try:
        return request_id, Wish(
            request=cast("Any", request_id),
            first_day=dt.date.fromisoformat(after["first_day"]),
            last_day=dt.date.fromisoformat(after["last_day"]),
            **{part: after.get(part) for part in ("slot", "zone", "host", "pool")},
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return abort(HTTPStatus.BAD_REQUEST)


def _asked_group() -> GroupBy:
    asked = request.args.get("by", GroupBy.PLACE.value)
    return GroupBy(asked) if asked in set(GroupBy) else abort(HTTPStatus.NOT_FOUND)


def _chosen_part(chosen: ChosenView) -> str:
    return render_template("_board_chosen.html", chosen=chosen)


def _json(document: dict[str, Any]) -> Response:
    """Return a document, packed where that is worth it."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    response = Response(text, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return _packed(response)


def _packed(response: Response) -> Response:
    """Return a large response compressed, where the browser can read that."""
    body = response.get_data()
    response.vary.add("Accept-Encoding")
    if len(body) > LARGE and request.accept_encodings.find("gzip") >= 0:
        response.set_data(gzip.compress(body, QUICK))
        response.headers["Content-Encoding"] = "gzip"
    return response
