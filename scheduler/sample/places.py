"""Places of a sample: sites, buildings, floors, zones, and the floor space of companies."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

from scheduler.problem.places import (
    Building,
    ExclusiveBy,
    Floor,
    Reservation,
    Site,
    Zone,
)
from scheduler.problem.problem import Problem
from scheduler.problem.types import (
    BuildingId,
    DayRange,
    FloorId,
    InstitutionId,
    ReservationId,
    SiteId,
    TrackId,
    ZoneId,
)
from scheduler.sample.dice import Dice
from scheduler.sample.family import Shape
from scheduler.sample.spans import Span, random_range, random_span

FEATURES = (
    *("accessible", "arm-cell", "daylight", "gpu-lab", "late-access"),
    *("meeting-room", "quiet", "robot-bay", "secure"),
)
GROUPS = ("alpha", "beta", "gamma", "delta", "epsilon")
DEPTH_M = 10


def with_places(problem: Problem, shape: Shape, dice: Dice) -> Problem:
    """Add sites with their buildings, floors and zones."""
    sites = tuple(_site(number, shape, dice) for number in range(1, shape.size.sites + 1))
    buildings = tuple(building for site in sites for building in _buildings(site.id, shape, dice))
    floors = tuple(floor for building in buildings for floor in _floors(building.id, shape, dice))
    bare = replace(problem, sites=sites, buildings=buildings, floors=floors)
    return replace(bare, zones=_zones(bare, shape, dice))


def with_reservations(problem: Problem, shape: Shape, dice: Dice) -> Problem:
    """Add companies' floor space; no zone is reserved to its last desk."""
    companies = [one.id for one in problem.institutions if one.country == "KR"]
    reservations: list[Reservation] = []
    for zone in problem.zones:
        if zone.desks > 1 and zone.exclusive_by is not ExclusiveBy.TRACK:
            reservations += _reservations(zone, companies, shape, dice)
    return replace(problem, reservations=tuple(reservations))


def _site(number: int, shape: Shape, dice: Dice) -> Site:
    abroad = number > 1 and dice.chance(0.2)
    return Site(
        id=SiteId(f"site-{number:02}"),
        name={"en": f"Site {number}", "ko": f"거점 {number}"},
        timezone="America/New_York" if abroad else None,
        holidays="US-NY" if abroad else "KR",
        closures=_site_closures(shape, dice),
    )


def _site_closures(shape: Shape, dice: Dice) -> tuple[DayRange, ...]:
    if shape.is_tiny:
        works = random_range(shape.span, (1, 3), "Works", dice)
        return (works,) if dice.chance(0.4) else ()
    years = range(shape.span.first_day.year, shape.span.last_day.year + 1)
    closures = [
        DayRange(first_day=dt.date(year, 12, 26), last_day=dt.date(year, 12, 31), name="Year-end")
        for year in years
    ]
    if dice.chance(0.5):
        closures.append(random_range(shape.span, (5, 5), "Works", dice))
    return tuple(closures)


def _buildings(site: SiteId, shape: Shape, dice: Dice) -> list[Building]:
    count = 1 if shape.is_tiny else dice.weigh({1: 2, 2: 1})
    return [
        Building(id=BuildingId(f"{site}-b{number}"), site=site, name=f"Building {number}")
        for number in range(1, count + 1)
    ]


def _floors(building: BuildingId, shape: Shape, dice: Dice) -> list[Floor]:
    count = 2 if shape.is_tiny else dice.between(2, 3)
    return [
        Floor(
            id=FloorId(f"{building}-{level}"),
            building=building,
            level=level,
            name={"en": f"Floor {level}", "ko": f"{level}층"},
        )
        for level in range(1, count + 1)
    ]


def _zones(problem: Problem, shape: Shape, dice: Dice) -> tuple[Zone, ...]:
    """Return zones, dealt to the sites in turn and there to the floors in turn."""
    site_of_building = {building.id: building.site for building in problem.buildings}
    floors_of = {
        site.id: [one.id for one in problem.floors if site_of_building[one.building] == site.id]
        for site in problem.sites
    }
    numbers: Counter[SiteId] = Counter()
    ends: Counter[FloorId] = Counter()
    zones = []
    for number in range(shape.size.zones):
        site = problem.sites[number % len(problem.sites)].id
        floor = floors_of[site][numbers[site] % len(floors_of[site])]
        numbers[site] += 1
        zone = _zone(f"{site}-z{numbers[site]:02}", floor, problem, shape, dice)
        zones.append(_drawn(zone, ends[floor]))
        ends[floor] += zone.area_m2
    return tuple(zones)


def _zone(name: str, floor: FloorId, problem: Problem, shape: Shape, dice: Dice) -> Zone:
    desks = dice.between(2, 4) if shape.is_tiny else dice.weigh(dict.fromkeys(range(1, 10), 1))
    tracks = [track.id for track in problem.tracks]
    some = sorted(dice.draw(tracks, max(1, len(tracks) // 2)))
    return Zone(
        id=ZoneId(name),
        floor=floor,
        name={"en": f"Zone {name[-2:]}", "ko": f"구역 {name[-2:]}"},
        desks=desks,
        area_m2=18 + 6 * desks,
        features=tuple(sorted(dice.draw(FEATURES, dice.between(3, 6)))),
        tracks=_some_tracks(some, dice),
        first_day=_opening(shape, dice),
        last_day=_end(shape, dice),
        closures=_closures(shape, dice),
        exclusive_by=dice.pick(list(ExclusiveBy)) if dice.chance(0.25) else None,
    )


def _some_tracks(tracks: list[TrackId], dice: Dice) -> tuple[TrackId, ...]:
    return tuple(tracks) if dice.chance(0.3) else ()


def _opening(shape: Shape, dice: Dice) -> dt.date | None:
    quarter = shape.span.within(0, shape.span.length // 4)
    return random_span(quarter, 1, dice).first_day if dice.chance(0.1) else None


def _end(shape: Shape, dice: Dice) -> dt.date | None:
    rest = shape.span.within(3 * shape.span.length // 4, shape.span.length)
    return random_span(rest, 1, dice).first_day if dice.chance(0.05) else None


def _closures(shape: Shape, dice: Dice) -> tuple[DayRange, ...]:
    count = dice.weigh({0: 7, 1: 3} if shape.is_tiny else {0: 5, 1: 3, 2: 2})
    return tuple(
        random_range(shape.span, shape.pace.closure, "Refurbishment", dice) for _ in range(count)
    )


def _drawn(zone: Zone, area_before: int) -> Zone:
    """Draw a zone beside those before it on its floor, all of one depth."""
    left, right = (area / DEPTH_M for area in (area_before, area_before + zone.area_m2))
    corners = ((left, 0.0), (right, 0.0), (right, float(DEPTH_M)), (left, float(DEPTH_M)))
    return replace(zone, shape=corners)


def _reservations(
    zone: Zone, companies: list[InstitutionId], shape: Shape, dice: Dice
) -> list[Reservation]:
    left = zone.desks - 1
    found = []
    for number in range(1, dice.weigh({0: 3, 1: 5, 2: 2}) + 1):
        desks = min(left, dice.between(1, 4))
        if desks == 0:
            break
        left -= desks
        first_day, last_day = _tenancy(shape, dice)
        found.append(
            Reservation(
                id=ReservationId(f"res-{zone.id}-{number}"),
                name="Company floor space",
                zone=zone.id,
                desks=desks,
                area_m2=6 * desks,
                institution=dice.pick(companies),
                group=dice.pick(GROUPS) if dice.chance(0.85) else None,
                first_day=first_day,
                last_day=last_day,
            )
        )
        if zone.exclusive_by:
            break
    return found


def _tenancy(shape: Shape, dice: Dice) -> Span:
    part = dice.weigh({1: 4, 2: 3, 3: 3})
    return random_span(shape.span, shape.span.length // part, dice)
