"""Tiny problems from seeds, small enough to search exhaustively, with every rule among them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

from scheduler.problem.people import Host
from scheduler.problem.places import ExclusiveBy, Reservation, Zone
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Event, Measure, Policy, Pool, Quota, QuotaBy, Slot, Weekday
from scheduler.problem.requests import Cost, Pin, Request, RequestStatus, Residency
from scheduler.problem.types import DayRange, days_of
from tests.brute_force import allowed_residencies
from tests.builders import (
    make_building,
    make_collaboration,
    make_event,
    make_floor,
    make_host,
    make_institution,
    make_pin,
    make_policy,
    make_pool,
    make_problem,
    make_programme,
    make_quota,
    make_request,
    make_researcher,
    make_reservation,
    make_separation,
    make_site,
    make_slot,
    make_track,
    make_zone,
)
from tests.dice import DAYS, FIRST_DAY, closures, happens, opening, some_of, span

SITES = ("seoul", "york")
TRACKS = ("vision", "robots")
GROUPS = ("red", "blue", None)
FEATURES = ("quiet", "robot", "window")
COUNTRIES = {"waterloo": "CA", "vector": "CA", "kaist": "KR"}
RESEARCHERS = {"ada": "waterloo", "bob": "vector", "eve": "kaist"}
AMOUNTS = {Measure.RESIDENCIES: (1, 2), Measure.PERSON_DAYS: (3, 9), Measure.COST: (5, 20)}
PARTS = ("slot", "zone", "host", "pool", "first_day", "last_day")


@cache
def tiny_problem(seed: int) -> Problem:
    """Return a problem of two to four requests within four weeks."""
    dice = Random(seed)  # noqa: S311 - a test's seed is no secret
    zones = tuple(_zone(dice, name) for name in ("a", "b", "c")[: dice.choice((1, 1, 2, 3))])
    events = tuple(_event(dice, name) for name in ("demo", "talk"))
    hosts = tuple(_host(dice, name) for name in ("kim", "lee")[: dice.randint(1, 2)])
    pools = tuple(_pool(dice, name) for name in ("cloud", "cluster")[: dice.randint(1, 2)])
    policy = _policy(dice)
    requests = tuple(
        _request(
            dice,
            f"request-{number}",
            policy=policy,
            zones=zones,
            hosts=hosts,
            pools=pools,
            events=events,
        )
        for number in range(dice.randint(2, 4))
    )
    problem = make_problem(
        programme=make_programme(
            first_day=FIRST_DAY, last_day=FIRST_DAY + dt.timedelta(days=DAYS - 1)
        ),
        policy=policy,
        sites=tuple(
            make_site(name, holidays=code, closures=closures(dice, 0.3))
            for name, code in zip(SITES, ("KR", "US-NY"), strict=True)
        ),
        buildings=tuple(make_building(f"{site}-building", site=site) for site in SITES),
        floors=tuple(
            make_floor(f"{site}-{level}", building=f"{site}-building", level=level)
            for site in SITES
            for level in (1, 2)
        ),
        zones=zones,
        tracks=tuple(make_track(name) for name in TRACKS),
        slots=tuple(_slot(dice, name) for name in ("s", "t")[: dice.choice((1, 2, 2))]),
        institutions=tuple(
            make_institution(name, country=code) for name, code in COUNTRIES.items()
        ),
        researchers=tuple(
            make_researcher(name, institution=institution)
            for name, institution in RESEARCHERS.items()
        ),
        hosts=hosts,
        pools=pools,
        events=events,
        requests=requests,
    )
    return _with_decisions(dice, _with_bonds(dice, problem))


def _policy(dice: Random) -> Policy:
    weekdays = dice.sample(list(Weekday), dice.randint(3, 6))
    weights = {"placed": 200, "shift_day": 5, "overlap_day": 9, "dropped": 300, "redated": 7}
    return make_policy(
        arrival_weekdays=tuple(weekdays),
        stay_step_days=dice.choice((1, 2, 7)),
        frozen_days=dice.choice((0, 7, 14)),
        visa_lead_days={"CA": dice.randint(20, 35)} if happens(dice, 0.25) else {},
        weights=weights if happens(dice, 0.3) else {},
    )


def _site(dice: Random) -> str:
    return "seoul" if happens(dice, 0.94) else "york"


def _zone(dice: Random, name: str) -> Zone:
    return make_zone(
        f"zone-{name}",
        floor=f"{_site(dice)}-{dice.randint(1, 2)}",
        desks=dice.randint(1, 3),
        area_m2=dice.randint(15, 40),
        features=some_of(dice, *FEATURES, least=2),
        tracks=(dice.choice(TRACKS),) if happens(dice, 0.07) else (),
        exclusive_by=dice.choice(list(ExclusiveBy)) if happens(dice, 0.7) else None,
        **opening(dice, 0.2),
    )


def _slot(dice: Random, name: str) -> Slot:
    fixed = happens(dice, 0.2)
    return make_slot(
        f"slot-{name}",
        site=_site(dice),
        tracks=TRACKS if happens(dice, 0.85) else (dice.choice(TRACKS),),
        places=dice.randint(1, 2),
        fixed_dates=fixed,
        **(span(dice, 4, 8) if fixed else span(dice, 22, DAYS)),
    )


def _host(dice: Random, name: str) -> Host:
    return make_host(
        name,
        institution="kaist",
        tracks=TRACKS if happens(dice, 0.7) else (dice.choice(TRACKS),),
        capacity=dice.choice((1, 1, 2)),
        absences=closures(dice, 0.4),
    )


def _pool(dice: Random, name: str) -> Pool:
    return make_pool(name, gpus=dice.randint(4, 8), **opening(dice, 0.2))


def _event(dice: Random, name: str) -> Event:
    event = make_event(name, "2026-02-02", site=_site(dice), tracks=some_of(dice, *TRACKS))
    return replace(event, **span(dice, 1, 3))


def _request(
    dice: Random,
    name: str,
    *,
    policy: Policy,
    zones: tuple[Zone, ...],
    hosts: tuple[Host, ...],
    pools: tuple[Pool, ...],
    events: tuple[Event, ...],
) -> Request:
    days = span(dice, 10, 16)
    shortest = dice.randint(2, 5)
    preferred = days["first_day"] + dt.timedelta(days=dice.randint(0, 8))
    return make_request(
        name,
        researcher=dice.choice(list(RESEARCHERS)),
        track=dice.choice(TRACKS),
        withdrawn=happens(dice, 0.07),
        priority=dice.randint(1, 5),
        submitted=FIRST_DAY - dt.timedelta(days=20),
        **days,
        min_days=shortest,
        max_days=shortest + dice.randint(0, policy.stay_step_days + 1),
        preferred_first_day=preferred if happens(dice, 0.5) else None,
        **_wants(dice, zones, hosts, pools),
        must_attend=tuple(
            event.id
            for event in events
            if days_of(DayRange(**days)).covers(days_of(event)) and happens(dice, 0.1)
        ),
        unavailable=closures(dice, 0.3),
        group=dice.choice(GROUPS),
        cost=Cost(fixed=dice.randint(0, 9), per_day=dice.randint(0, 3)),
    )


def _wants(
    dice: Random, zones: tuple[Zone, ...], hosts: tuple[Host, ...], pools: tuple[Pool, ...]
) -> dict[str, Any]:
    """Return what a request asks of places, hosts and computing."""
    names = [zone.id for zone in zones]
    of_hosts = some_of(dice, *(host.id for host in hosts), least=1)
    return {
        "desks": dice.choice((1, 1, 1, 1, 2)),
        "area_m2": dice.randint(0, 15),
        "gpus": dice.choice((0, 0, 3, 5)),
        "pools": (dice.choice(pools).id,) if happens(dice, 0.3) else None,
        "needs": (dice.choice(FEATURES),) if happens(dice, 0.12) else (),
        "wishes": some_of(dice, *FEATURES),
        "sites": ("seoul",) if happens(dice, 0.15) else None,
        "zones": some_of(dice, *names, least=1) if happens(dice, 0.2) else None,
        "zone_points": {name: dice.randint(-9, 20) for name in some_of(dice, *names)},
        "hosts": dice.choice((None, (), of_hosts, of_hosts)),
    }


def _with_bonds(dice: Random, problem: Problem) -> Problem:
    """Return the problem with what binds requests together: reservations, teams, quotas."""
    names = [request.id for request in problem.requests]
    collaboration = make_collaboration(
        *some_of(dice, *names, least=2),
        min_overlap_days=dice.choice((0, 0, 2, 3)),
        target_overlap_days=dice.randint(2, 5),
        same_floor=happens(dice, 0.6),
    )
    separation = make_separation(*names)
    return replace(
        problem,
        collaborations=(collaboration,) if happens(dice, 0.6) else (),
        separations=(separation,) if happens(dice, 0.6) else (),
        reservations=(_reservation(dice, problem.zones),) if happens(dice, 0.3) else (),
        quotas=tuple(
            _quota(dice, f"quota-{number}") for number in range(dice.choice((0, 1, 1, 2)))
        ),
    )


def _reservation(dice: Random, zones: tuple[Zone, ...]) -> Reservation:
    return make_reservation(
        zone=dice.choice(zones).id,
        desks=dice.randint(0, 2),
        area_m2=dice.randint(0, 12),
        institution=dice.choice((None, *COUNTRIES)),
        group=dice.choice(GROUPS),
        **span(dice, 4, 20),
    )


def _quota(dice: Random, name: str) -> Quota:
    by = dice.choice(list(QuotaBy))
    values = {
        QuotaBy.ANY: (None,),
        QuotaBy.COUNTRY: ("CA", "KR", None),
        QuotaBy.TRACK: (*TRACKS, None),
        QuotaBy.INSTITUTION: (*COUNTRIES, None),
        QuotaBy.SITE: (*SITES, None),
    }
    measure = dice.choice(list(Measure))
    few, many = AMOUNTS[measure]
    least = dice.randint(few, many)
    return make_quota(
        name,
        by=by,
        value=dice.choice(values[by]),
        measure=measure,
        min=least if happens(dice, 0.4) else None,
        max=dice.randint(least, many) if happens(dice, 0.5) else None,
        unit=dice.choice((1, 1, 3)),
        points_per_missing=dice.choice((20, 500)),
        **span(dice, 10, DAYS),
    )


def _with_decisions(dice: Random, problem: Problem) -> Problem:
    """Return the problem as it stands on some later day, with what was published and pinned."""
    standing = replace(
        problem,
        requests=tuple(replace(one, status=RequestStatus.SUBMITTED) for one in problem.requests),
    )
    published, pins = [], []
    for request in problem.requests:
        possible = list(allowed_residencies(standing, request))
        if possible and happens(dice, 0.35):
            published.append(dice.choice(possible))
        if possible and request.is_submitted and happens(dice, 0.2):
            pins.append(_pin(dice, dice.choice(possible)))
    today = FIRST_DAY + dt.timedelta(days=dice.randint(-25, 8))
    return replace(
        problem,
        programme=replace(problem.programme, today=today),
        published=tuple(published),
        pins=tuple(pins),
    )


def _pin(dice: Random, residency: Residency) -> Pin:
    """Return a pin of the whole residency or of some parts."""
    parts = PARTS if happens(dice, 0.2) else dice.sample(PARTS, dice.randint(0, 3))
    return make_pin(residency.request, **{part: getattr(residency, part) for part in parts})
