"""Builders of a tiny valid programme on one site, of which a test varies what it is about.

The programme has one of everything that a residency needs: site ``seoul``, building ``main``,
floor ``floor-1``, zone ``zone-a``, track ``vision``, slot ``winter``, host ``kim`` and pool
``cluster``. It lasts twelve weeks from Monday, 5 January 2026; nothing is frozen, and no public
day is known. Every other field is the file's default, but for a request's length and hosts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from scheduler.plan import Plan
from scheduler.problem.people import Host, Institution, Researcher
from scheduler.problem.places import Building, Floor, Reservation, Site, Zone
from scheduler.problem.problem import Problem
from scheduler.problem.programme import (
    Event,
    Policy,
    Pool,
    Programme,
    Quota,
    QuotaBy,
    Slot,
    Track,
    Weights,
)
from scheduler.problem.requests import (
    Collaboration,
    Pin,
    Request,
    RequestStatus,
    Residency,
    Separation,
)
from scheduler.problem.types import (
    BuildingId,
    CollaborationId,
    DayRange,
    EventId,
    FloorId,
    HostId,
    InstitutionId,
    PoolId,
    ProgrammeId,
    QuotaId,
    RequestId,
    ResearcherId,
    ReservationId,
    SeparationId,
    SiteId,
    SlotId,
    TrackId,
    ZoneId,
)

FIRST_DAY = dt.date(2026, 1, 5)
LAST_DAY = dt.date(2026, 3, 29)
TODAY = dt.date(2025, 12, 1)


def day(text: str) -> dt.date:
    """Return the date that an ISO text names."""
    return dt.date.fromisoformat(text)


def make_range(first_day: str, last_day: str | None = None, **others: Any) -> DayRange:
    """Return a range of days, of one day if only one is named."""
    return DayRange(first_day=day(first_day), last_day=day(last_day or first_day), **others)


def make_programme(**others: Any) -> Programme:
    """Return a programme of twelve weeks."""
    values: dict[str, Any] = {
        "id": ProgrammeId("lab"),
        "name": "Lab",
        "timezone": "Asia/Seoul",
        "first_day": FIRST_DAY,
        "last_day": LAST_DAY,
        "today": TODAY,
    }
    return Programme(**values | others)


def make_policy(*, weights: dict[str, int] | None = None, **others: Any) -> Policy:
    """Return a policy with some weights overridden."""
    return Policy(weights=Weights(**weights or {}), **others)


def make_site(name: str = "seoul", **others: Any) -> Site:
    """Return a site without public days."""
    return Site(id=SiteId(name), name=name, **others)


def make_building(name: str = "main", *, site: str = "seoul") -> Building:
    """Return a building."""
    return Building(id=BuildingId(name), site=SiteId(site), name=name)


def make_floor(name: str = "floor-1", *, building: str = "main", level: int = 1) -> Floor:
    """Return a floor."""
    return Floor(id=FloorId(name), building=BuildingId(building), level=level, name=name)


def make_zone(name: str = "zone-a", *, floor: str = "floor-1", **others: Any) -> Zone:
    """Return a zone of 8 desks and 120 square metres, open to all."""
    return Zone(id=ZoneId(name), floor=FloorId(floor), name=name, **others)


def make_track(name: str = "vision", *, colour: str = "#1f77b4") -> Track:
    """Return a track."""
    return Track(id=TrackId(name), name=name, colour=colour)


def make_slot(name: str = "winter", *, site: str = "seoul", **others: Any) -> Slot:
    """Return a slot of ten places that lasts as long as the programme."""
    values: dict[str, Any] = {
        "tracks": (TrackId("vision"),),
        "first_day": FIRST_DAY,
        "last_day": LAST_DAY,
        "places": 10,
    }
    return Slot(id=SlotId(name), name=name, site=SiteId(site), **values | others)


def make_institution(name: str = "waterloo", *, country: str = "CA") -> Institution:
    """Return an institution abroad."""
    return Institution(id=InstitutionId(name), name=name, country=country)


def make_host(name: str = "kim", *, institution: str = "waterloo", **others: Any) -> Host:
    """Return a host of the track who receives two visitors at most."""
    values: dict[str, Any] = {"tracks": (TrackId("vision"),)}
    institution_id = InstitutionId(institution)
    return Host(id=HostId(name), name=name, institution=institution_id, **values | others)


def make_pool(name: str = "cluster", **others: Any) -> Pool:
    """Return a pool of 64 GPUs that is always open."""
    return Pool(id=PoolId(name), name=name, **others)


def make_reservation(
    name: str = "company",
    *,
    zone: str = "zone-a",
    first_day: dt.date = FIRST_DAY,
    last_day: dt.date = LAST_DAY,
    **others: Any,
) -> Reservation:
    """Return a reservation of two desks for as long as the programme lasts."""
    return Reservation(
        id=ReservationId(name),
        name=name,
        zone=ZoneId(zone),
        first_day=first_day,
        last_day=last_day,
        **others,
    )


def make_researcher(name: str = "ada", *, institution: str = "waterloo") -> Researcher:
    """Return a researcher."""
    return Researcher(id=ResearcherId(name), name=name, institution=InstitutionId(institution))


def make_request(
    name: str = "ada", *, researcher: str | None = None, withdrawn: bool = False, **others: Any
) -> Request:
    """Return a request for 7 to 28 days at one desk, without a host.

    The researcher is named like the request where no other is given.
    """
    values: dict[str, Any] = {
        "track": TrackId("vision"),
        "status": RequestStatus.WITHDRAWN if withdrawn else RequestStatus.SUBMITTED,
        "submitted": day("2025-11-03"),
        "first_day": FIRST_DAY,
        "last_day": LAST_DAY,
        "min_days": 7,
        "max_days": 28,
        "hosts": (),
    }
    return Request(
        id=RequestId(name), researcher=ResearcherId(researcher or name), **values | others
    )


def make_collaboration(*requests: str, name: str = "team", **others: Any) -> Collaboration:
    """Return a collaboration of the named requests."""
    return Collaboration(
        id=CollaborationId(name), requests=tuple(map(RequestId, requests)), **others
    )


def make_separation(*requests: str, name: str = "rivals") -> Separation:
    """Return a separation of the named requests."""
    return Separation(id=SeparationId(name), requests=tuple(map(RequestId, requests)))


def make_event(
    name: str, first_day: str, last_day: str | None = None, *, site: str = "seoul", **others: Any
) -> Event:
    """Return an event for all tracks, of one day if only one is named."""
    return Event(
        id=EventId(name),
        name=name,
        site=SiteId(site),
        first_day=day(first_day),
        last_day=day(last_day or first_day),
        **others,
    )


def make_quota(name: str = "quota", **others: Any) -> Quota:
    """Return a quota over the whole programme that counts every residency."""
    values: dict[str, Any] = {"by": QuotaBy.ANY, "first_day": FIRST_DAY, "last_day": LAST_DAY}
    return Quota(id=QuotaId(name), name=name, **values | others)


def make_pin(request: str = "ada", **others: Any) -> Pin:
    """Return a pin that only asks for the request to be placed."""
    return Pin(request=RequestId(request), **others)


def make_residency(
    request: str = "ada", *, first_day: dt.date = FIRST_DAY, days: int = 28, **others: Any
) -> Residency:
    """Return a residency in slot ``winter`` and zone ``zone-a``, without host and pool."""
    values: dict[str, Any] = {
        "slot": SlotId("winter"),
        "zone": ZoneId("zone-a"),
        "host": None,
        "pool": None,
        "last_day": first_day + dt.timedelta(days=days - 1),
    }
    return Residency(request=RequestId(request), first_day=first_day, **values | others)


def make_plan(*residencies: Residency) -> Plan:
    """Return a plan of the given residencies."""
    return Plan(residencies=residencies)


def make_problem(**others: Any) -> Problem:
    """Return the tiny programme with the request ``ada``, whatever is named put in its place.

    Researchers who are not given are made for the requests that name them.
    """
    values: dict[str, Any] = {
        "programme": make_programme(),
        "sites": (make_site(),),
        "buildings": (make_building(),),
        "floors": (make_floor(),),
        "zones": (make_zone(),),
        "tracks": (make_track(),),
        "slots": (make_slot(),),
        "institutions": (make_institution(),),
        "hosts": (make_host(),),
        "pools": (make_pool(),),
        "requests": (make_request(),),
    }
    values |= others
    values["researchers"] = _with_missing(values.get("researchers", ()), values["requests"])
    return Problem(**values)


def _with_missing(
    researchers: Iterable[Researcher], requests: Iterable[Request]
) -> tuple[Researcher, ...]:
    """Return the researchers given, and one at the default institution for each other name."""
    known = {researcher.id: researcher for researcher in researchers}
    missing = {request.researcher for request in requests} - known.keys()
    return (*known.values(), *(make_researcher(name) for name in sorted(missing)))
