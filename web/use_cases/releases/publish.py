"""Publishing: the draft becomes a release, and every reader's calendar is revised."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session

from models.access_store import load_coordinators
from models.history_store import ChangeKind, add_change
from models.programme_store import lock_programme
from models.release_store import (
    Release,
    add_release,
    find_latest_release,
    load_release_entries,
)
from models.scenario_store import scenario_sha256, store_published
from models.subjects import document_of
from scheduler.plan import Plan
from scheduler.problem.scenario_file import scenario_bytes
from web.calendars.entries import Entry, entries_of
from web.calendars.revision import revise
from web.use_cases.errors import (
    NoPlanError,
    NothingNewError,
    PlanOutdatedError,
    PlanRefusedError,
    UnacknowledgedError,
)
from web.use_cases.links.making import LinkMaker, create_links
from web.use_cases.mails.making import draft_mails
from web.use_cases.months import today_of
from web.use_cases.plans import FIRST_TOLD, find_bound
from web.use_cases.recent import Recent
from web.use_cases.releases.changes import changes_between, count_kinds, standing
from web.use_cases.releases.entries import PROGRAMME, TIMEZONE, stored_entry, told_entry
from web.use_cases.releases.plan import stored_draft
from web.use_cases.releases.warnings import Warned, find_warnings
from web.use_cases.workspace import Workspace, load_workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who publishes: what ends permanent ids, and how links are spelled."""

    domain: str
    maker: LinkMaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """How somebody publishes: note, who, and further facts to keep with the release.

    ``revision`` is that of the draft which the coordinator looked at, ``version`` that of the
    data, None for whatever they are. ``acknowledged`` are the warnings that were read, None for
    whichever there are.
    """

    now: dt.datetime
    note: str = ""
    by: uuid.UUID | None = None
    revision: int | None = None
    version: str | None = None
    acknowledged: frozenset[str] | None = None
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
        return len(standing(self.told))


_FORETOLD: Recent[tuple[str | int | dt.date, ...], Telling] = Recent(2)


def publish_draft(
    session: Session, programme_id: str, publisher: Publisher, publication: Publication
) -> Release:
    """Publish the draft, which must break no rule and be news to somebody; mails are drafted.

    Raises:
        NoPlanError: Nobody has a place, and nobody was told of one.
        PlanOutdatedError: The draft or the data are not what the coordinator looked at.
        PlanRefusedError: The draft breaks rules.
        NothingNewError: The latest release says the same.
        UnacknowledgedError: There are warnings that the coordinator has not seen.
    """
    lock_programme(session, programme_id)
    now = publication.now
    workspace = load_workspace(session, programme_id)
    before = find_latest_release(session, programme_id)
    check_unchanged(workspace, publication)
    _check(workspace, before)
    telling = telling_of(session, workspace, before, domain=publisher.domain, now=now)
    if before is not None and not telling.is_news:
        raise NothingNewError(f"Release {before.number} says the same as the draft.")
    changes = changes_between(telling.told, telling.entries)
    bound = find_bound(session, workspace)
    warnings = find_warnings(workspace, changes, bound=bound, now=now)
    _check_acknowledged(warnings, publication)
    release = _release(session, workspace, telling, publication, warnings)
    _note(session, release, publication)
    create_links(session, workspace.problem, publisher.maker, now=now)
    draft_mails(session, release, workspace.problem, changes, now=now)
    return release


def _release(
    session: Session,
    workspace: Workspace,
    telling: Telling,
    publication: Publication,
    warnings: Iterable[Warned],
) -> Release:
    """Store the draft as a release with everything that is known of it."""
    problem, now = workspace.problem, publication.now
    programme_id = problem.programme.id
    plan_id, file = stored_draft(session, workspace, now=now)
    names = {each.id: each.name for each in load_coordinators(session)}
    changes = changes_between(telling.told, telling.entries)
    facts = {
        FIRST_TOLD: None if problem.published else _frame_after(workspace, file.plan),
        PROGRAMME: document_of(problem.programme)["name"],
        TIMEZONE: problem.programme.timezone,
        "scenario": workspace.scenario.sha256,
        "weights": document_of(problem.policy.weights),
        "seed": file.seed,
        "version": file.version,
        "by": None if publication.by is None else names.get(publication.by),
        "placed": len(file.plan.residencies),
        "requests": len(problem.submitted),
        "changes": count_kinds(changes),
        "warnings": [warning.document for warning in warnings],
        "verified_at": now.isoformat(),
        **publication.facts,
    }
    store_published(session, programme_id, file.plan.residencies)
    return add_release(
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
        scenario=scenario_bytes(problem),
    )


def _note(session: Session, release: Release, publication: Publication) -> None:
    facts = {"release": release.number, "note": release.note, **publication.facts}
    add_change(
        session,
        release.programme_id,
        publication.kind,
        now=publication.now,
        by=publication.by,
        facts=facts,
    )


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


def foretell(
    session: Session,
    workspace: Workspace,
    before: Release | None,
    *,
    domain: str,
    now: dt.datetime,
) -> Telling:
    """Return what publishing a draft as it is kept would tell; it is looked at again and again."""
    number = 0 if before is None else before.number
    key = (*workspace.key, number, domain, today_of(workspace.problem.programme, now))
    return _FORETOLD.get(
        key, lambda: telling_of(session, workspace, before, domain=domain, now=now)
    )


def check_unchanged(workspace: Workspace, publication: Publication) -> None:
    """Raise ``PlanOutdatedError`` where draft or data are not what the coordinator looked at."""
    if publication.revision not in (None, workspace.revision):
        raise PlanOutdatedError("The draft was changed since you opened the page.")
    if publication.version not in (None, workspace.scenario.version):
        raise PlanOutdatedError("The programme's data were changed since you opened the page.")


def _check(workspace: Workspace, before: Release | None) -> None:
    if workspace.is_empty and before is None:
        programme_id = workspace.problem.programme.id
        raise NoPlanError(f"Nobody has a place in programme {programme_id} yet.")
    if workspace.violations:
        raise PlanRefusedError("; ".join(each.text for each in workspace.violations))


def _check_acknowledged(warnings: Iterable[Warned], publication: Publication) -> None:
    seen = publication.acknowledged
    unseen = [each.code for each in warnings if seen is not None and each.code not in seen]
    if unseen:
        raise UnacknowledgedError(f"Not acknowledged yet: {', '.join(unseen)}.")


def _seen(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return the entries that somebody sees; one that was shown for long enough goes unnoticed."""
    return tuple(entry for entry in entries if not entry.hidden)


def _frame_after(workspace: Workspace, plan: Plan) -> dict[str, Any]:
    """Return what bounds are proven for once people have been told of a plan."""
    told = replace(workspace.problem, published=plan.residencies)
    return asdict(replace(workspace.scenario, problem=told).frame)
