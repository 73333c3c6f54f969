"""The coordinator's room for planning: runs, what they found, and questions about the draft."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.run_store import RunKind, get_run
from web.context import services
from web.pages.common import workspace_of
from web.pages.languages import current_language
from web.pages.run_documents import run_document, run_place
from web.use_cases import runs
from web.use_cases.asking import QUESTION_SECONDS, ask_question

LONGEST_SECONDS = 3600.0
CURVE_SECONDS = 60.0

blueprint = Blueprint("planning", __name__)


@blueprint.get("/programmes/<programme_id>/plan/runs/<run_id>")
def show_run(programme_id: str, run_id: str) -> ResponseReturnValue:
    """Say how far a run is and what it found, for the scripts that follow it."""
    with services().database.reading() as session:
        now, language = services().clock(), current_language()
        view = runs.show_run(session, programme_id, run_id, language=language, now=now)
        run = get_run(session, runs.key_of(run_id))
    shown = None if run.kind is RunKind.EXPLAIN else run.result
    return run_document(view, shown), {"Cache-Control": "no-store"}


@blueprint.post("/programmes/<programme_id>/plan/freedom")
def start_freedom(programme_id: str) -> ResponseReturnValue:
    """Ask how freely the draft's stays can move; an answer that still stands is not asked anew."""
    return _ask(programme_id, RunKind.FREEDOM, QUESTION_SECONDS)


@blueprint.post("/programmes/<programme_id>/plan/stability")
def start_stability(programme_id: str) -> ResponseReturnValue:
    """Ask what changes of the published plan would bring, in so many seconds."""
    return _ask(programme_id, RunKind.STABILITY, _seconds_of(request.get_json(silent=True)))


def _ask(programme_id: str, kind: RunKind, seconds: float) -> ResponseReturnValue:
    with services().database.writing() as session:
        workspace = workspace_of(session, programme_id)
        asked = ask_question(session, workspace, kind, now=services().clock(), seconds=seconds)
    if asked.is_new:
        services().jobs.submit(str(asked.run.id))
    return run_place(asked.run)


def _seconds_of(document: Any) -> float:
    asked = document.get("seconds") if isinstance(document, dict) else None
    if isinstance(asked, int | float) and not isinstance(asked, bool):
        return min(max(float(asked), 1.0), LONGEST_SECONDS)
    return CURVE_SECONDS
