"""The coordinator's room for planning: start a run, follow it, take over what it proposes."""

from __future__ import annotations

from http import HTTPStatus
from math import isnan
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from models.history_store import ChangeKind
from models.run_store import RunKind, get_run
from web.context import services
from web.errors import prefers_json
from web.pages.common import changing, edit_of_draft, editor, workspace_of
from web.pages.languages import current_language
from web.pages.planning.documents import run_document, run_place, say_broken, say_message
from web.use_cases.errors import PlanOutdatedError
from web.use_cases.planning import page as plan_page
from web.use_cases.planning import runs
from web.use_cases.planning.asking import QUESTION_SECONDS, ask_question
from web.use_cases.planning.proposal import (
    accept_proposal,
    check_selection,
    count_broken,
    discard_proposal,
    get_proposed,
)
from web.use_cases.views.planning import Scope

LONGEST_SECONDS = 3600.0
CURVE_SECONDS = 60.0
USUAL_SECONDS = 60.0
LARGEST_SEED = 2**31 - 1
NEVER_KEPT = {"Cache-Control": "no-store"}

blueprint = Blueprint("planning", __name__)
blueprint.add_app_template_filter(say_broken, "broken_rules")
blueprint.add_app_template_filter(say_message, "run_message")


@blueprint.get("/programmes/<programme_id>/plan")
def show_plan(programme_id: str) -> ResponseReturnValue:
    """Show what can be planned, the run under way, and what the last one proposes."""
    with services().database.reading() as session:
        view = plan_page.show_plan(
            session,
            workspace_of(session, programme_id),
            language=current_language(),
            now=services().clock(),
            chosen=_listed(request.args.get("requests", "")),
            plan_id=request.args.get("plan", type=int),
        )
    return render_template("plan.html", view=view), NEVER_KEPT


@blueprint.get("/programmes/<programme_id>/plan/people")
def find_people(programme_id: str) -> ResponseReturnValue:
    """Find requests by name, for the script that makes a selection."""
    with services().database.reading() as session:
        workspace = workspace_of(session, programme_id)
        asked = request.args.get("q", "")
        people = plan_page.find_people(workspace, asked, language=current_language())
    return {
        "people": [
            {
                "request": each.request,
                "name": each.researcher,
                "below": f"{each.institution} · {each.track.name} · {each.request}",
            }
            for each in people
        ]
    }


@blueprint.post("/programmes/<programme_id>/plan/runs")
def start_run(programme_id: str) -> ResponseReturnValue:
    """Queue a run for those who may move, and show it."""
    form = request.form
    asking = plan_page.Asking(
        now=services().clock(),
        by=editor(),
        scope=_scope(form.get("scope", Scope.ALL.value)),
        requests=tuple(name for text in form.getlist("request") for name in _listed(text)),
    )
    with changing(programme_id) as session:
        workspace = workspace_of(session, programme_id)
        moving = plan_page.moving_requests(workspace, asking)
        if moving == ():
            flash(_("Nobody was chosen who could be planned, so nothing was started."), "warn")
            return _to_plan(programme_id)
        wish = runs.RunWish(
            seconds=_limited(form.get("seconds", type=float), USUAL_SECONDS),
            seed=min(max(form.get("seed", type=int) or 0, 0), LARGEST_SEED),
            requests=moving,
        )
        run_id = plan_page.start_run(session, workspace, asking, wish)
    services().jobs.submit(run_id)
    return _to_plan(programme_id)


@blueprint.get("/programmes/<programme_id>/plan/runs/<run_id>")
def show_run(programme_id: str, run_id: str) -> ResponseReturnValue:
    """Say how far a run is and what it found; ``since`` leaves out that many incumbents."""
    with services().database.reading() as session:
        now, language = services().clock(), current_language()
        view = runs.show_run(session, programme_id, run_id, language=language, now=now)
        run = get_run(session, runs.key_of(run_id))
    shown = None if run.kind is RunKind.EXPLAIN else run.result
    since = max(0, request.args.get("since", type=int) or 0)
    return run_document(view, shown, since=since), NEVER_KEPT


@blueprint.post("/programmes/<programme_id>/plan/runs/<run_id>/stop")
def stop_run(programme_id: str, run_id: str) -> ResponseReturnValue:
    """Ask a run to end with the best plan so far."""
    with changing(programme_id) as session:
        runs.stop_plan_run(session, programme_id, run_id, now=services().clock())
    return {"stopped": True} if prefers_json() else _to_plan(programme_id)


@blueprint.post("/programmes/<programme_id>/plan/accept")
def accept(programme_id: str) -> ResponseReturnValue:
    """Put a plan into the draft, whole or of the requests that are ticked."""
    form = request.form
    plan_id, revision = form.get("plan", type=int), form.get("revision", type=int)
    if plan_id is None or revision is None:
        abort(HTTPStatus.BAD_REQUEST)
    chosen = None if form.get("what") == "all" else form.getlist("request")
    try:
        with changing(programme_id) as session:
            workspace = workspace_of(session, programme_id)
            edit = edit_of_draft(session, programme_id, ChangeKind.ACCEPT)
            made = accept_proposal(
                session, workspace, plan_id, edit, revision=revision, requests=chosen
            )
    except PlanOutdatedError:
        flash(
            _(
                "Somebody has changed the draft meanwhile, so nothing was taken over. The "
                "difference below is to the draft as it is now: look at it and decide again."
            ),
            "warn",
        )
        return _to_plan(programme_id, plan=plan_id)
    if made is None:
        flash(_("Nothing was chosen, so the draft stays as it is."), "warn")
        return _to_plan(programme_id, plan=plan_id)
    _say_accepted(programme_id, len(made.steps))
    return _to_plan(programme_id)


@blueprint.post("/programmes/<programme_id>/plan/discard")
def discard(programme_id: str) -> ResponseReturnValue:
    """Let the draft be as it is; the plan stays in the history of runs."""
    plan_id = request.form.get("plan", type=int)
    if plan_id is None:
        abort(HTTPStatus.BAD_REQUEST)
    with changing(programme_id) as session:
        discard_proposal(session, programme_id, plan_id)
    flash(_("The plan was set aside. The draft stays as it is."), "good")
    return _to_plan(programme_id)


@blueprint.post("/programmes/<programme_id>/plan/check")
def check(programme_id: str) -> ResponseReturnValue:
    """Say which rules the draft would break with what a plan says of some requests."""
    asked: Any = request.get_json(silent=True)
    if not isinstance(asked, dict) or not isinstance(asked.get("plan"), int):
        abort(HTTPStatus.BAD_REQUEST)
    listed = asked.get("requests")
    names = [name for name in listed if isinstance(name, str)] if isinstance(listed, list) else []
    with services().database.reading() as session:
        workspace = workspace_of(session, programme_id)
        stored = get_proposed(session, programme_id, asked["plan"])
    broken = check_selection(workspace, stored, names)
    return {"broken": say_broken(broken), "revision": workspace.revision}


@blueprint.post("/programmes/<programme_id>/plan/freedom")
def start_freedom(programme_id: str) -> ResponseReturnValue:
    """Ask how freely the draft's stays can move; an answer that still stands is not asked anew."""
    return _ask(programme_id, RunKind.FREEDOM, QUESTION_SECONDS)


@blueprint.post("/programmes/<programme_id>/plan/stability")
def start_stability(programme_id: str) -> ResponseReturnValue:
    """Ask what changes of the published plan would bring, in so many seconds."""
    asked: Any = request.get_json(silent=True)
    seconds = asked.get("seconds") if isinstance(asked, dict) else None
    if not isinstance(seconds, int | float) or isinstance(seconds, bool):
        seconds = CURVE_SECONDS
    return _ask(programme_id, RunKind.STABILITY, _limited(float(seconds), CURVE_SECONDS))


def _ask(programme_id: str, kind: RunKind, seconds: float) -> ResponseReturnValue:
    with changing(programme_id) as session:
        workspace = workspace_of(session, programme_id)
        asked = ask_question(session, workspace, kind, now=services().clock(), seconds=seconds)
    if asked.is_new:
        services().jobs.submit(str(asked.run.id))
    return run_place(asked.run)


def _say_accepted(programme_id: str, changes: int) -> None:
    """Say what was taken over, and at once which rules the draft breaks now."""
    with services().database.reading() as session:
        broken = count_broken(workspace_of(session, programme_id).violations)
    said = ngettext(
        "%(num)s change was taken over into the draft.",
        "%(num)s changes were taken over into the draft.",
        changes,
    )
    flash(said, "good")
    if broken:
        flash(_("The draft breaks rules now: %(rules)s.", rules=say_broken(broken)), "warn")


def _to_plan(programme_id: str, **arguments: Any) -> ResponseReturnValue:
    address = url_for("planning.show_plan", programme_id=programme_id, **arguments)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _scope(text: str) -> Scope:
    return Scope(text) if text in set(Scope) else abort(HTTPStatus.BAD_REQUEST)


def _listed(text: str) -> tuple[str, ...]:
    """Return the ids of a list with commas between them."""
    return tuple(name for part in text.split(",") if (name := part.strip()))


def _limited(seconds: float | None, usual: float) -> float:
    return usual if seconds is None or isnan(seconds) else min(max(seconds, 1.0), LONGEST_SECONDS)
