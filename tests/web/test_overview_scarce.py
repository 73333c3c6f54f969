"""What the overview says is scarce: by prices where a run found them, else by what is full."""

from __future__ import annotations

from scheduler.outcome import ScarceKind, Scarcity
from scheduler.problem.problem import Problem
from scheduler.problem.types import HostId, TrackId
from tests.builders import (
    day,
    make_host,
    make_plan,
    make_pool,
    make_problem,
    make_quota,
    make_request,
    make_residency,
    make_slot,
    make_zone,
)
from tests.web.laboratory import NOW
from web.use_cases.names import Names
from web.use_cases.overview.scarce import Full, find_full, view_scarce
from web.use_cases.planning.scarce_result import read_scarce
from web.use_cases.views.overview import ScarceView


def scarce(kind: ScarceKind, name: str, points: int, amount: int = 1) -> Scarcity:
    """Return something scarce in January 2026."""
    return Scarcity(
        kind=kind,
        id=name,
        first_day=day("2026-01-05"),
        last_day=day("2026-02-01"),
        amount=amount,
        points=points,
    )


def view(problem: Problem, *prices: Scarcity, full: tuple[Full, ...] = ()) -> ScarceView:
    """Return what is said of prices."""
    names = Names(problem=problem, language="en")
    return view_scarce(names, prices, lambda: full, found_at=NOW, is_current=True)


def test_what_is_scarce_is_called_by_name_and_place() -> None:
    problem = make_problem(
        zones=(make_zone("zone-a"),),
        slots=(make_slot("winter"),),
        pools=(make_pool("cluster"),),
        quotas=(make_quota("budget", max=4),),
        hosts=(make_host("kim"),),
    )
    rows = view(
        problem,
        scarce(ScarceKind.DESKS, "zone-a", 900),
        scarce(ScarceKind.SLOT, "winter", 800),
        scarce(ScarceKind.HOST, "kim", 700),
        scarce(ScarceKind.POOL, "cluster", 600, amount=4),
        scarce(ScarceKind.QUOTA, "budget", 500),
    ).rows
    assert [(row.name, row.where, row.amount, row.measure) for row in rows] == [
        ("zone-a", "main, floor-1", 1, ""),
        ("winter", "seoul", 1, ""),
        ("kim", "", 1, ""),
        ("cluster", "", 4, ""),
        ("budget", "", 1, "residencies"),
    ]


def test_what_brings_next_to_nothing_or_is_gone_is_not_told() -> None:
    told = view(
        make_problem(),
        scarce(ScarceKind.DESKS, "torn-down", 5000),
        scarce(ScarceKind.DESKS, "zone-a", 20),
        scarce(ScarceKind.SLOT, "winter", 19),
    )
    assert [(row.id, row.points) for row in told.rows] == [("zone-a", 20)]


def test_without_prices_it_is_told_what_is_full() -> None:
    full = Full(kind=ScarceKind.DESKS, id="zone-a", share=0.5, waiting=3)
    told = view(make_problem(), full=(full,))
    assert (told.rows, told.found_at) == ((), None)
    assert [(row.name, row.share, row.waiting) for row in told.full] == [("zone-a", 0.5, 3)]


def test_full_is_what_is_all_in_use_while_somebody_waits_for_it() -> None:
    # The programme has 84 days, of which the stay takes 28.
    problem = make_problem(
        zones=(make_zone("zone-a", desks=1), make_zone("zone-b", desks=1)),
        slots=(make_slot(places=1),),
        hosts=(make_host("kim", capacity=1), make_host("lee", capacity=1)),
        pools=(make_pool("cluster", gpus=4),),
        requests=(
            make_request("ada", gpus=4, hosts=None),
            make_request("bo", gpus=1, hosts=(HostId("kim"),)),
        ),
    )
    stay = make_residency("ada", host=HostId("kim"), pool="cluster")
    found = find_full(problem, make_plan(stay))
    assert sorted((each.kind.value, each.id, round(each.share, 3)) for each in found) == [
        ("desks", "zone-a", 0.333),
        ("host", "kim", 0.333),
        ("pool", "cluster", 0.333),
        ("slot", "winter", 0.333),
    ]
    assert {each.waiting for each in found} == {1}


def test_a_zone_that_does_not_suit_those_who_wait_is_not_scarce() -> None:
    problem = make_problem(
        zones=(make_zone(desks=1, tracks=(TrackId("vision"),)), make_zone("zone-b")),
        slots=(make_slot(places=9),),
        requests=(make_request("ada"), make_request("bo", zones=("zone-b",))),
    )
    assert find_full(problem, make_plan(make_residency("ada"))) == ()


def test_where_nobody_waits_nothing_is_scarce() -> None:
    problem = make_problem(zones=(make_zone(desks=1),))
    assert find_full(problem, make_plan(make_residency("ada"))) == ()


def test_a_run_that_says_nothing_of_scarcity_has_no_prices() -> None:
    assert (read_scarce(None), read_scarce({}), read_scarce({"scarce": []})) == (None, None, ())
