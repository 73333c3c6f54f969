"""What calendars show: an entry a residency and an event, its texts in no language yet.

An entry says everything that its spelling needs, so that a feed is served from stored entries
alone; the scheduler is named in annotations only and never loaded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from scheduler.plan import Plan
    from scheduler.problem.problem import Problem
    from scheduler.problem.programme import Event
    from scheduler.problem.requests import Residency
    from scheduler.problem.types import SiteId

Text = str | Mapping[str, str]
"""A text for people: one string, or one a language code."""


class Kind(StrEnum):
    """What an entry is about; releases keep the first two, the others are made of those."""

    RESIDENCY = "residency"
    EVENT = "event"
    ARRIVAL = "arrival"
    DEPARTURE = "departure"
    HOLIDAY = "holiday"
    BUSY = "busy"


class Subject(NamedTuple):
    """The request or the event that an entry is about, for good."""

    kind: Kind
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an entry takes place, from zone to address; an event names its site only."""

    zone: Text = ""
    floor: Text = ""
    building: Text = ""
    site: Text
    address: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an entry says; an event whose tracks are not named invites them all."""

    programme: Text
    place: Place
    event: Text = ""
    researcher: Text = ""
    institution: Text = ""
    host: Text = ""
    host_institution: Text = ""
    tracks: tuple[Text, ...] = ()
    colour: str = ""
    slot: Text = ""
    pool: Text = ""
    gpus: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A whole-day entry, both days inclusive, and whom it concerns.

    ``uid`` is permanent; ``sequence`` and ``changed_at`` rise together. A farewell is a cancelled
    entry for the one reader whom its only id names: the others see the entry elsewhere, or never
    lost it. A hidden entry is shown to nobody and kept so that its sequence never falls.
    ``tracks`` are all that an event invites, ``must_attend`` the events a residency must cover.
    ``home`` is the researcher's country and ``holidays`` the code of the site's public days, both
    empty where a release did not say; nobody sees them but as the days that they lead to.
    ``past`` is what was told before, oldest first: entries that have no past of their own.
    """

    kind: Kind
    subject: str
    uid: str
    sequence: int = 0
    created_at: dt.datetime
    changed_at: dt.datetime
    cancelled: bool = False
    farewell: bool = False
    hidden: bool = False
    first_day: dt.date
    last_day: dt.date
    facts: Facts
    researcher_id: str | None = None
    host_id: str | None = None
    zone_id: str | None = None
    floor_id: str | None = None
    track_id: str | None = None
    site_id: str | None = None
    tracks: tuple[str, ...] = ()
    must_attend: tuple[str, ...] = ()
    home: str = ""
    holidays: str = ""
    past: tuple[Entry, ...] = ()

    def __post_init__(self) -> None:
        """Refuse days and moments that a calendar would spell wrongly."""
        if not self.first_day <= self.last_day < dt.date.max:
            days = f"{self.first_day} to {self.last_day}"
            raise ValueError(f"calendar entry {self.uid}: {days} is no range of days")
        if self.created_at.tzinfo is not dt.UTC or self.changed_at.tzinfo is not dt.UTC:
            raise ValueError(f"calendar entry {self.uid}: its moments are not in UTC")

    @property
    def about(self) -> Subject:
        """What the entry is about, whatever its permanent id is spelled like."""
        return Subject(self.kind, self.subject)

    @property
    def visible(self) -> tuple[object, ...]:
        """Whatever a reader could notice: two entries alike in it are spelled alike."""
        return self.about, self.cancelled, self.first_day, self.last_day, self.facts


def entries_of(
    problem: Problem, plan: Plan, *, domain: str, stamp: dt.datetime
) -> tuple[Entry, ...]:
    """Return the entries of a plan's residencies and the programme's events, as if never told.

    ``domain`` ends the permanent ids; ``stamp`` is the aware moment of their release.
    """
    moment = whole_second(stamp)
    places = _places(problem)
    residencies = [
        _residency_entry(problem, residency, places[residency.zone], domain, moment)
        for residency in plan.residencies
    ]
    events = [_event_entry(problem, event, domain, moment) for event in problem.events]
    return in_order([*residencies, *events])


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries by their days, then by their ids."""
    return tuple(sorted(entries, key=_order))


def whole_second(moment: dt.datetime) -> dt.datetime:
    """Return an aware moment in UTC without what a calendar cannot spell."""
    if moment.tzinfo is None:
        raise ValueError(f"the moment {moment} names no time zone")
    return moment.astimezone(dt.UTC).replace(microsecond=0)


def _order(entry: Entry) -> tuple[object, ...]:
    ids = (
        entry.researcher_id,
        entry.host_id,
        entry.zone_id,
        entry.floor_id,
        entry.track_id,
        entry.site_id,
    )
    named = tuple(name or "" for name in ids)
    return entry.first_day, entry.last_day, entry.uid, entry.farewell, named


def _places(problem: Problem) -> dict[str, Place]:
    """Return the place of each zone."""
    building = {building.id: building for building in problem.buildings}
    places: dict[str, Place] = {}
    for zone in problem.zones:
        floor = problem.floor[zone.floor]
        site = problem.site[problem.site_of_zone[zone.id]]
        places[zone.id] = Place(
            zone=zone.name,
            floor=floor.name,
            building=building[floor.building].name,
            site=site.name,
            address=site.address,
        )
    return places


def _residency_entry(
    problem: Problem, residency: Residency, place: Place, domain: str, moment: dt.datetime
) -> Entry:
    request = problem.request[residency.request]
    return Entry(
        kind=Kind.RESIDENCY,
        subject=request.id,
        uid=f"{_prefix(problem)}.{request.id}@{domain}",
        created_at=moment,
        changed_at=moment,
        first_day=residency.first_day,
        last_day=residency.last_day,
        facts=_residency_facts(problem, residency, place),
        researcher_id=request.researcher,
        host_id=residency.host,
        zone_id=residency.zone,
        floor_id=problem.zone[residency.zone].floor,
        track_id=request.track,
        site_id=problem.site_of_zone[residency.zone],
        must_attend=request.must_attend,
        home=problem.institution_of(request).country,
        holidays=_holidays_at(problem, problem.site_of_zone[residency.zone]),
    )


def _residency_facts(problem: Problem, residency: Residency, place: Place) -> Facts:
    request = problem.request[residency.request]
    track = problem.track[request.track]
    host = None if residency.host is None else problem.host[residency.host]
    pool = None if residency.pool is None else problem.pool[residency.pool]
    return Facts(
        programme=problem.programme.name,
        place=place,
        researcher=problem.researcher[request.researcher].name,
        institution=problem.institution_of(request).name,
        host=host.name if host else "",
        host_institution=problem.institution[host.institution].name if host else "",
        tracks=(track.name,),
        colour=track.colour,
        slot=problem.slot[residency.slot].name,
        pool=pool.name if pool else "",
        gpus=request.gpus if pool else 0,
    )


def _event_entry(problem: Problem, event: Event, domain: str, moment: dt.datetime) -> Entry:
    """Return an event's entry; ``+`` is in no id, so that no request shares the permanent id."""
    site = problem.site[event.site]
    return Entry(
        kind=Kind.EVENT,
        subject=event.id,
        uid=f"{_prefix(problem)}.event+{event.id}@{domain}",
        created_at=moment,
        changed_at=moment,
        first_day=event.first_day,
        last_day=event.last_day,
        facts=Facts(
            programme=problem.programme.name,
            place=Place(site=site.name, address=site.address),
            event=event.name,
            tracks=tuple(problem.track[track].name for track in event.tracks),
            colour=problem.track[event.tracks[0]].colour if len(event.tracks) == 1 else "",
        ),
        site_id=event.site,
        tracks=event.tracks or tuple(problem.track),
        holidays=_holidays_at(problem, event.site),
    )


def _holidays_at(problem: Problem, site: SiteId) -> str:
    return problem.site[site].holidays or ""


def _prefix(problem: Problem) -> str:
    """Return the programme's id with its dots spelled otherwise: the first dot ends it."""
    return problem.programme.id.replace(".", "%2E")
