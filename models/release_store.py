"""Stores releases and finds what each reader's calendar shows; knows no scheduler."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any

from sqlalchemy import RowMapping, Select, func, insert, select
from sqlalchemy.orm import Session

from models.programme_store import lock_programme
from models.tables.releases import ReleaseEntryRow, ReleaseRow


class EntryKind(StrEnum):
    """What an entry of a calendar stands for."""

    RESIDENCY = "residency"
    EVENT = "event"


class ScopeKind(StrEnum):
    """Whose calendar it is."""

    RESEARCHER = "researcher"
    HOST = "host"
    ZONE = "zone"
    FLOOR = "floor"
    TRACK = "track"
    SITE = "site"
    PROGRAMME = "programme"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A reader's view of a programme; the id of a whole programme's is the programme's."""

    kind: ScopeKind
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseEntry:
    """One entry of the calendars whose ids it names, with the facts as they were at release.

    Several entries may share a uid: a residency that moved stands where it is, and is cancelled
    for the zone it left; an event stands for those it invites, and is cancelled for one who can
    no longer come. Which of them a reader sees is for the calendars to say.
    """

    uid: str
    kind: EntryKind
    sequence: int
    created_at: dt.datetime
    changed_at: dt.datetime
    cancelled: bool = False
    first_day: dt.date
    last_day: dt.date
    researcher_id: str | None = None
    host_id: str | None = None
    zone_id: str | None = None
    floor_id: str | None = None
    track_id: str | None = None
    site_id: str | None = None
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A published plan: its number in the programme, from 1, and what it claims.

    ``facts`` are those of its making: weights, who published it, warnings that were accepted.
    """

    programme_id: str
    number: int
    plan_id: int | None
    note: str
    created_at: dt.datetime
    scenario_sha256: str
    status: str
    objective: int
    bound: int
    facts: Mapping[str, Any] = field(default_factory=dict)


COLUMN_OF_SCOPE = {
    ScopeKind.RESEARCHER: ReleaseEntryRow.researcher_id,
    ScopeKind.HOST: ReleaseEntryRow.host_id,
    ScopeKind.ZONE: ReleaseEntryRow.zone_id,
    ScopeKind.FLOOR: ReleaseEntryRow.floor_id,
    ScopeKind.TRACK: ReleaseEntryRow.track_id,
    ScopeKind.SITE: ReleaseEntryRow.site_id,
}

ENTRY_NAMES = tuple(field.name for field in fields(ReleaseEntry))
ENTRY_COLUMNS = [getattr(ReleaseEntryRow, name) for name in ENTRY_NAMES]
RELEASE_COLUMNS = [getattr(ReleaseRow, field.name) for field in fields(Release)]


def add_release(
    session: Session,
    *,
    programme_id: str,
    plan_id: int | None,
    note: str,
    scenario_sha256: str,
    status: str,
    objective: int,
    bound: int,
    now: dt.datetime,
    entries: Iterable[ReleaseEntry],
    facts: Mapping[str, Any] | None = None,
    scenario: bytes | None = None,
) -> Release:
    """Add the next release of a programme, which nothing changes afterwards.

    ``scenario`` is the file of the programme that the plan answers, kept packed.
    """
    lock_programme(session, programme_id)
    release = Release(
        programme_id=programme_id,
        number=_last_number(session, programme_id) + 1,
        plan_id=plan_id,
        note=note,
        created_at=now,
        scenario_sha256=scenario_sha256,
        status=status,
        objective=objective,
        bound=bound,
        facts=facts or {},
    )
    packed = None if scenario is None else gzip.compress(scenario, mtime=0)
    session.execute(insert(ReleaseRow), {**asdict(release), "scenario": packed})
    rows = [
        {
            "programme_id": programme_id,
            "release": release.number,
            "position": position,
            **asdict(entry),
        }
        for position, entry in enumerate(entries)
    ]
    if rows:
        session.execute(insert(ReleaseEntryRow), rows)
    return release


def find_latest_release(session: Session, programme_id: str) -> Release | None:
    """Find the release that readers see."""
    return _find_release(session, programme_id, None)


def find_release(session: Session, programme_id: str, number: int) -> Release | None:
    """Find a release by its number."""
    return _find_release(session, programme_id, number)


def load_releases(session: Session, programme_id: str) -> tuple[Release, ...]:
    """Load all releases of a programme, the latest first."""
    query = (
        select(*RELEASE_COLUMNS)
        .where(ReleaseRow.programme_id == programme_id)
        .order_by(ReleaseRow.number.desc())
    )
    return tuple(Release(**row) for row in session.execute(query).mappings())


def load_release_moments(session: Session, programme_id: str) -> dict[int, dt.datetime]:
    """Load when each release of a programme was published."""
    query = (
        select(ReleaseRow.number, ReleaseRow.created_at)
        .where(ReleaseRow.programme_id == programme_id)
        .order_by(ReleaseRow.number)
    )
    return {row.number: row.created_at for row in session.execute(query)}


def find_release_scenario(session: Session, programme_id: str, number: int) -> bytes | None:
    """Find the file of the programme that a release's plan answers; early releases kept none."""
    query = select(ReleaseRow.scenario).where(
        ReleaseRow.programme_id == programme_id, ReleaseRow.number == number
    )
    packed = session.scalars(query).first()
    return None if packed is None else gzip.decompress(packed)


def load_entries(
    session: Session, programme_id: str, number: int, scope: Scope
) -> tuple[ReleaseEntry, ...]:
    """Load the entries of a release that a reader's calendar may show, by two indexed queries.

    They are those that name the reader, cancelled for them alone or not, and all events, whose
    readers are told by the days of those entries. A whole programme's are all.
    """
    if scope.kind is ScopeKind.PROGRAMME:
        return load_release_entries(session, programme_id, number)
    of_release = _entries_of(programme_id, number)
    own = of_release.where(COLUMN_OF_SCOPE[scope.kind] == scope.id)
    events = of_release.where(
        ReleaseEntryRow.kind == EntryKind.EVENT.value, ReleaseEntryRow.researcher_id.is_(None)
    )
    by_position = {
        row["position"]: _entry_of(row)
        for query in (own, events)
        for row in session.execute(query).mappings()
    }
    return tuple(by_position[position] for position in sorted(by_position))


def load_told_stays(
    session: Session, programme_id: str, researcher_ids: Collection[str], releases: range
) -> tuple[tuple[int, ReleaseEntry], ...]:
    """Load what some releases have told researchers of their stays, each with its release."""
    query = (
        select(ReleaseEntryRow.release, *ENTRY_COLUMNS)
        .where(
            ReleaseEntryRow.programme_id == programme_id,
            ReleaseEntryRow.release.in_(releases),
            ReleaseEntryRow.kind == EntryKind.RESIDENCY.value,
            ReleaseEntryRow.researcher_id.in_(researcher_ids),
        )
        .order_by(ReleaseEntryRow.release, ReleaseEntryRow.position)
    )
    return tuple((row["release"], _entry_of(row)) for row in session.execute(query).mappings())


def load_release_entries(
    session: Session, programme_id: str, number: int
) -> tuple[ReleaseEntry, ...]:
    """Load every entry of a release as it was added, to derive the next release's from."""
    query = _entries_of(programme_id, number).order_by(ReleaseEntryRow.position)
    return tuple(map(_entry_of, session.execute(query).mappings()))


def load_latest_entries_of(session: Session, uid: str) -> dict[str, tuple[ReleaseEntry, ...]]:
    """Load the entries of a uid in the latest release of each programme that has any."""
    latest = select(ReleaseRow.programme_id, func.max(ReleaseRow.number).label("number"))
    newest = latest.group_by(ReleaseRow.programme_id).subquery()
    query = (
        select(ReleaseEntryRow.programme_id, *ENTRY_COLUMNS)
        .join(
            newest,
            (newest.c.programme_id == ReleaseEntryRow.programme_id)
            & (newest.c.number == ReleaseEntryRow.release),
        )
        .where(ReleaseEntryRow.uid == uid)
        .order_by(ReleaseEntryRow.programme_id, ReleaseEntryRow.position)
    )
    found: dict[str, tuple[ReleaseEntry, ...]] = {}
    for row in session.execute(query).mappings():
        programme_id = row["programme_id"]
        found[programme_id] = (*found.get(programme_id, ()), _entry_of(row))
    return found


def find_earlier_entry(
    session: Session, programme_id: str, uid: str, sequence: int, researcher_id: str
) -> tuple[int, ReleaseEntry] | None:
    """Find what the latest release told of a researcher's entry while it had this sequence."""
    query = (
        select(ReleaseEntryRow.release, *ENTRY_COLUMNS)
        .where(
            ReleaseEntryRow.programme_id == programme_id,
            ReleaseEntryRow.uid == uid,
            ReleaseEntryRow.sequence == sequence,
            ReleaseEntryRow.researcher_id == researcher_id,
            ReleaseEntryRow.cancelled.is_(False),
        )
        .order_by(ReleaseEntryRow.release.desc())
        .limit(1)
    )
    row = session.execute(query).mappings().first()
    return None if row is None else (row["release"], _entry_of(row))


def _entries_of(programme_id: str, number: int) -> Select[Any]:
    return select(ReleaseEntryRow.position, *ENTRY_COLUMNS).where(
        ReleaseEntryRow.programme_id == programme_id, ReleaseEntryRow.release == number
    )


def _entry_of(row: RowMapping) -> ReleaseEntry:
    values = {name: row[name] for name in ENTRY_NAMES}
    return ReleaseEntry(**{**values, "kind": EntryKind(row["kind"])})


def _last_number(session: Session, programme_id: str) -> int:
    query = select(func.coalesce(func.max(ReleaseRow.number), 0)).where(
        ReleaseRow.programme_id == programme_id
    )
    return session.scalars(query).one()


def _find_release(session: Session, programme_id: str, number: int | None) -> Release | None:
    query = select(*RELEASE_COLUMNS).where(ReleaseRow.programme_id == programme_id)
    if number is not None:
        query = query.where(ReleaseRow.number == number)
    row = session.execute(query.order_by(ReleaseRow.number.desc()).limit(1)).mappings().first()
    return None if row is None else Release(**row)
