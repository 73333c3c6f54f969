"""Publishing: the draft becomes a release, and every reader's calendar is revised."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

from sqlalchemy.orm import Session

from models.history_store import ChangeKind, add_change
from models.plan_store import StoredPlan, find_latest_plan, store_plan
from models.programme_store import lock_programme
from models.release_store import (
    Release,
    add_release,
    find_latest_release,
    load_release_entries,
)
from models.scenario_store import scenario_sha256, store_published
from models.subjects import document_of
from scheduler.outcome import Status
from scheduler.plan import Unplaced
from scheduler.plan_file import PlanFile
from scheduler.problem.types import Sha256
from scheduler.rules import Term
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
from web.use_cases.plans import FIRST_TOLD, find_bound
from web.use_cases.release_entries import stored_entry, told_entry
from web.use_cases.workspace import Workspace, load_workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who publishes: what ends permanent ids, and how links are spelled."""

    domain: str
    maker: LinkMaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """How somebody publishes: note, who, and further facts to keep with the release.

    ``revision`` is that of the draft which the coordinator looked at, None for whatever it is.
    """

    now: dt.datetime
    note: str = ""
    by: uuid.UUID | None = None
    revision: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    kind: ChangeKind = ChangeKind.PUBLISH


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What readers see now, and what they would if the draft were published."""

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


def publish_draft(
    session: Session, programme_id: str, publisher: Publisher, publication: Publication
) -> Release:
    """Publish the draft, which must break no rule and be news to somebody.

    Raises:
        NoPlanError: Nobody has a place, and nobody was told of one.
        PlanOutdatedError: The draft is not what the coordinator looked at.
        PlanRefusedError: The draft breaks rules.
        NothingNewError: The latest release says the same.
    """
    lock_programme(session, programme_id)
    now = publication.now
    workspace = load_workspace(session, programme_id)
    before = find_latest_release(session, programme_id)
    _check(workspace, before, publication)
    telling = telling_of(session, workspace, before, domain=publisher.domain, now=now)
    if before is not None and not telling.is_news:
        raise NothingNewError(f"Release {before.number} says the same as the draft.")
    plan_id, file = _stored(session, workspace, now=now)
    problem = workspace.problem
    facts = {
        FIRST_TOLD: not problem.published,
        "scenario": workspace.scenario.sha256,
        "weights": document_of(problem.policy.weights),
        "seed": file.seed,
        "version": file.version,
        **publication.facts,
    }
    store_published(session, programme_id, file.plan.residencies)
    release = add_release(
        session,
        programme_id=programme_id,
        plan_id=plan_id,
        note=publication.note,
        scenario_sha256=scenario_sha256(session, programme_id),
        status=file.status.value,
        objective=file.objective,
        bound=file.bound,
        now=now,
        entries=map(stored_entry, telling.entries),
        facts=facts,
    )
    add_change(
        session,
        programme_id,
        publication.kind,
        now=now,
        by=publication.by,
        facts={"release": release.number, "note": publication.note},
    )
    create_links(session, problem, publisher.maker, now=now)
    return release


def telling_of(
    session: Session,
    workspace: Workspace,
    before: Release | None,
    *,
    domain: str,
    now: dt.datetime,
) -> Telling:
    """Return what publishing a draft now would tell, against the release before."""
    problem = workspace.problem
    programme = problem.programme
    told: tuple[Entry, ...] = ()
    if before is not None:
        rows = load_release_entries(session, programme.id, before.number)
        told = tuple(map(told_entry, rows))
    fresh = entries_of(problem, workspace.plan, domain=domain, stamp=now)
    today = today_of(programme, now)
    return Telling(told=told, entries=revise(told, fresh, stamp=now, today=today))


def _check(workspace: Workspace, before: Release | None, publication: Publication) -> None:
    programme_id = workspace.problem.programme.id
    if workspace.is_empty and before is None:
        raise NoPlanError(f"Nobody has a place in programme {programme_id} yet.")
    if publication.revision not in (None, workspace.revision):
        raise PlanOutdatedError("The draft was changed since you opened the page.")
    if workspace.violations:
        raise PlanRefusedError("; ".join(each.text for each in workspace.violations))


def _stored(session: Session, workspace: Workspace, *, now: dt.datetime) -> tuple[int, PlanFile]:
    """Return the draft as a plan with its claims: the solver's own where it is just that."""
    latest = find_latest_plan(session, workspace.problem.programme.id)
    file = _plan_file(session, workspace, latest)
    if latest is not None and latest.file == file:
        return latest.id, file
    return store_plan(session, file.scenario, file, now=now), file


def _plan_file(session: Session, workspace: Workspace, latest: StoredPlan | None) -> PlanFile:
    """Return the draft as a plan; the bound is proven, by a solve or request by request."""
    proven = find_bound(session, workspace)
    bound = workspace.scenario.trivial_bound if proven is None else proven
    sha256 = Sha256(workspace.scenario.sha256)
    last = None if latest is None or latest.file.scenario_sha256 != sha256 else latest.file
    reasons = {} if last is None else {each.request: each for each in last.unplaced}
    unplaced = (reasons.get(each, Unplaced(request=each)) for each in workspace.unplaced)
    if last is not None and last.plan.by_request == workspace.plan.by_request:
        return last
    return PlanFile(
        scenario=workspace.problem.programme.id,
        scenario_sha256=sha256,
        status=Status.OPTIMAL if bound == workspace.objective else Status.FEASIBLE,
        objective=workspace.objective,
        bound=bound,
        terms={term: workspace.terms[term] for term in Term},
        seconds=0.0 if last is None else last.seconds,
        seed=0 if last is None else last.seed,
        version=version("sarangchae"),
        plan=workspace.plan,
        unplaced=tuple(unplaced),
    )


def _seen(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return the entries that somebody sees; one that was shown for long enough goes unnoticed."""
    return tuple(entry for entry in entries if not entry.hidden)
