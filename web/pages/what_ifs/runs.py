"""Handlers that plan a what-if, say how far that is, and stop it."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from web.context import services
from web.pages.common import changing
from web.pages.languages import current_language
from web.pages.what_ifs.forms import to_branch
from web.use_cases.planning.runs import RunWish, show_run, start_plan_run, stop_plan_run
from web.use_cases.what_ifs.make import get_branch

SECONDS = (20, 60, 180, 600)
"""How long a what-if may be planned."""

USUAL_SECONDS = 60


def plan(programme_id: str, draft_id: int) -> ResponseReturnValue:
    """Queue a run that plans a what-if, and show it."""
    asked = request.form.get("seconds", type=int, default=USUAL_SECONDS)
    seconds = asked if asked in SECONDS else USUAL_SECONDS
    with changing(programme_id) as session:
        draft = get_branch(session, programme_id, draft_id)
        wish = RunWish(seconds=seconds, draft_id=draft.id)
        run_id = start_plan_run(session, programme_id, wish, now=services().clock())
    services().jobs.submit(run_id)
    return to_branch(programme_id, draft_id)


def stop(programme_id: str, draft_id: int, run_id: str) -> ResponseReturnValue:
    """Ask a run to end with the best plan so far."""
    with changing(programme_id) as session:
        stop_plan_run(session, programme_id, run_id, now=services().clock())
    return to_branch(programme_id, draft_id)


def progress(programme_id: str, run_id: str) -> ResponseReturnValue:
    """Say how far a run is, for the script that shows it."""
    with services().database.reading() as session:
        run = show_run(
            session, programme_id, run_id, language=current_language(), now=services().clock()
        )
    document: dict[str, Any] = {
        "status": run.status.value,
        "is_active": run.is_active,
        "seconds": run.seconds,
        "objective": run.objective,
        "bound": run.bound,
        "gap": run.gap,
        "stop_asked": run.stop_asked,
    }
    return document, {"Cache-Control": "no-store"}
