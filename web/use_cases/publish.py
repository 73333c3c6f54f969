"""Publishing: the latest plan becomes a release, and every reader's calendar is revised."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.plan_store import StoredPlan, find_latest_plan
from models.problem_loader import load_problem
from models.programme_store import lock_programme
from models.release_store import (
    Release,
    add_release,
    find_latest_release,
    load_release_entries,
)
from models.scenario_store import scenario_sha256, store_published
from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.verify import check_plan
from web.calendars.entries import Entry, Kind, entries_of
from web.calendars.revision import revise
from web.use_cases.errors import (
    NoPlanError,
    NothingNewError,
    PlanOutdatedError,
    PlanRefusedError,
)
from web.use_cases.links import LinkMaker, create_links
from web.use_cases.months import today_of
from web.use_cases.plans import is_current
from web.use_cases.release_entries import stored_entry, told_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who publishes: what ends permanent ids, and how links are spelled."""

    domain: str
    maker: LinkMaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What readers would see of a plan if it were published now, and what they see."""

    told: tuple[Entry, ...]
    entries: tuple[Entry, ...]

    @property
    def is_news(self) -> bool:
        """Tell whether anybody would see a difference."""
        return _seen(self.told) != _seen(self.entries)

    @property
    def residencies_told(self) -> int:
        """Number of residencies that stand in the latest release."""
        return sum(
            1
            for entry in self.told
            if entry.kind is Kind.RESIDENCY and not entry.cancelled and not entry.hidden
        )


def publish_plan(
    session: Session,
    programme_id: str,
    publisher: Publisher,
    *,
    now: dt.datetime,
    note: str = "",
    plan_id: str | None = None,
) -> Release:
    """Publish the latest plan, and refuse one that the coordinator has not seen.

    ``plan_id`` is the plan that the coordinator looked at.
    """
    lock_programme(session, programme_id)
    problem = load_problem(session, programme_id)
    before = find_latest_release(session, programme_id)
    stored = _get_plan(session, problem, before, plan_id)
    plan = stored.file.plan
    draft = draft_of(session, problem, plan, before, domain=publisher.domain, now=now)
    if before is not None and not draft.is_news:
        raise NothingNewError(f"Release {before.number} says the same as the plan.")
    store_published(session, programme_id, plan.residencies)
    release = add_release(
        session,
        programme_id=programme_id,
        plan_id=stored.id,
        note=note,
        scenario_sha256=scenario_sha256(session, programme_id),
        status=stored.file.status.value,
        objective=stored.file.objective,
        bound=stored.file.bound,
        now=now,
        entries=map(stored_entry, draft.entries),
    )
    create_links(session, problem, publisher.maker, now=now)
    return release


def draft_of(
    session: Session,
    problem: Problem,
    plan: Plan,
    before: Release | None,
    *,
    domain: str,
    now: dt.datetime,
) -> Draft:
    """Return what publishing a plan now would tell, against the release before."""
    programme = problem.programme
    told: tuple[Entry, ...] = ()
    if before is not None:
        rows = load_release_entries(session, programme.id, before.number)
        told = tuple(map(told_entry, rows))
    fresh = entries_of(problem, plan, domain=domain, stamp=now)
    return Draft(told=told, entries=revise(told, fresh, stamp=now, today=today_of(programme, now)))


def _get_plan(
    session: Session, problem: Problem, before: Release | None, plan_id: str | None
) -> StoredPlan:
    stored = find_latest_plan(session, problem.programme.id)
    if stored is None:
        raise NoPlanError(f"Programme {problem.programme.id} was never planned.")
    if plan_id is not None and plan_id != str(stored.id):
        raise PlanOutdatedError("There is a newer plan than the one on your page.")
    if not is_current(stored, problem, before):
        raise PlanOutdatedError("Requests or places changed since the plan was made.")
    violations = check_plan(problem, stored.file.plan)
    if violations:
        raise PlanRefusedError("; ".join(violation.text for violation in violations))
    return stored


def _seen(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return the entries that somebody sees; one that was shown for long enough goes unnoticed."""
    return tuple(entry for entry in entries if not entry.hidden)
