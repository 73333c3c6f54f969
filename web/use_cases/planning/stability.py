"""What a plan could be worth if at most so many of those who were told of a stay are touched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from typing import Any

from sqlalchemy.orm import Session

from models.database import Database
from models.plan_store import store_plan
from scheduler.outcome import Progress, SolveLimits, Status
from scheduler.plan import Plan, Unplaced
from scheduler.plan_file import PlanFile
from scheduler.problem.problem import Problem
from scheduler.problem.types import Sha256
from scheduler.replan.published import with_published
from scheduler.replan.stability import CurvePoint, stability_curve
from scheduler.rules import Term
from scheduler.verify import score_plan
from web.use_cases.planning.messages import EMPTY
from web.use_cases.planning.pulse import Pulse
from web.use_cases.planning.question import (
    Clock,
    Keep,
    Question,
    QuestionRefusedError,
    answer_question,
)
from web.use_cases.plans import find_bound
from web.use_cases.workspace import Workspace

STEPS = (0, 1, 2, 5, 10, 20, 50, 100, 200)
"""Numbers of changes that are tried, as far as there are so many stays; then any number."""

SEARCHED = 0.6
"""Share of the time for searching; laying out and checking each point takes the rest."""


def run_stability(database: Database, run_id: str, *, clock: Clock) -> None:
    """Answer what changes would bring, from the published plan or else from the draft."""

    def think(question: Question, pulse: Pulse) -> Keep | None:
        return find_stability(question, pulse, clock)

    answer_question(database, run_id, think, clock=clock)


def find_stability(question: Question, pulse: Pulse, clock: Clock) -> Keep | None:
    """Return the curve; its plans are stored, so that each can be looked at and accepted.

    Raises:
        QuestionRefusedError: Nobody has a place, so that nothing can change.
    """
    base = _base_of(question.workspace)
    run, told = question.run, len(base.told)
    changes = (*(step for step in STEPS if step < told), None)
    seconds = SEARCHED * run.seconds_limit / len(changes)
    limits = SolveLimits(seconds=seconds, workers=run.workers, seed=run.seed)
    began = clock()

    def note(point: CurvePoint) -> None:
        if point.bound is not None:
            seconds = (clock() - began).total_seconds()
            pulse.note(Progress(seconds=seconds, objective=point.objective, bound=point.bound))

    curve = stability_curve(base, changes, limits, pulse.is_stopped, on_point=note)
    if pulse.is_stopped():
        return None
    now = clock()

    def keep(session: Session) -> dict[str, Any]:
        store = _storing(session, question, lambda file: _store(session, question, file, now))
        return {
            "from": "published" if question.workspace.problem.published else "draft",
            "told": told,
            "fewest": curve.fewest,
            "points": [_document(point, store) for point in curve.points],
        }

    return keep


def _base_of(workspace: Workspace) -> Problem:
    """Return the problem whose published plan is what should change little."""
    problem = workspace.problem
    if problem.published:
        return problem
    if workspace.is_empty:
        raise QuestionRefusedError(EMPTY)
    return with_published(problem, workspace.plan)


def _document(point: CurvePoint, store: Callable[[Plan], int]) -> dict[str, Any]:
    plan, found = point.plan, point.difference
    return {
        "changes": point.changes,
        "objective": point.objective,
        "bound": point.bound,
        "changed": None if found is None else found.touched,
        "placed": None if plan is None else len(plan.residencies),
        "plan_id": None if plan is None else store(plan),
    }


def _storing(
    session: Session, question: Question, store: Callable[[PlanFile], int]
) -> Callable[[Plan], int]:
    """Return what stores a plan with what is true of it in the programme as it stands."""
    workspace = question.workspace
    proven = find_bound(session, workspace)
    bound = workspace.scenario.trivial_bound if proven is None else proven
    made = PlanFile(
        scenario=workspace.problem.programme.id,
        scenario_sha256=Sha256(workspace.scenario.sha256),
        status=Status.FEASIBLE,
        objective=0,
        bound=bound,
        terms={},
        seconds=question.run.seconds_limit,
        seed=question.run.seed,
        version=version("sarangchae"),
        plan=Plan(),
    )

    def store_one(plan: Plan) -> int:
        scored = score_plan(workspace.problem, plan)
        objective = sum(scored.values())
        left_out = (each.id for each in workspace.problem.submitted)
        return store(
            replace(
                made,
                status=Status.OPTIMAL if objective == bound else Status.FEASIBLE,
                objective=objective,
                terms={term: scored[term] for term in Term},
                plan=plan,
                unplaced=tuple(
                    Unplaced(request=each) for each in left_out if each not in plan.by_request
                ),
            )
        )

    return store_one


def _store(session: Session, question: Question, file: PlanFile, now: Any) -> int:
    run = question.run
    return store_plan(
        session,
        run.programme_id,
        file,
        now=now,
        run_id=run.id,
        frame=question.workspace.scenario.frame,
    )
