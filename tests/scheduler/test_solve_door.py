"""The door to the solver: what it takes to start from, when it stops, what it tells, what it is."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest

from scheduler.outcome import PinConflict, Progress, SolveLimits, SolveOutcome, Status
from scheduler.plan import Plan
from scheduler.problem.places import ExclusiveBy
from scheduler.problem.problem import Problem
from scheduler.rules import Rule, Term
from scheduler.solve import solve
from scheduler.verify import check_plan, score_plan
from tests.builders import (
    day,
    make_host,
    make_institution,
    make_pin,
    make_plan,
    make_problem,
    make_programme,
    make_quota,
    make_range,
    make_request,
    make_researcher,
    make_residency,
    make_separation,
    make_site,
    make_slot,
    make_zone,
)
from tests.samples import sample
from tests.solving import LIMITS, broken_pins, proven_optimum
from tests.tiny import tiny_optimum, tiny_space

REPRODUCIBLE = SolveLimits(seconds=2, workers=1, seed=7, reproducible=True)
FOUR_WEEKS: dict[str, Any] = {"first_day": day("2026-01-05"), "last_day": day("2026-02-01")}
ADA = make_request("ada", priority=5, min_days=28, **FOUR_WEEKS)
BOB = make_request("bob", priority=2, min_days=28, **FOUR_WEEKS)
BOTH_PINNED = (make_pin("ada"), make_pin("bob"))


def without_seconds(outcome: SolveOutcome) -> SolveOutcome:
    """Return an outcome but for what the clock says."""
    incumbents = tuple(replace(each, seconds=0.0) for each in outcome.report.incumbents)
    report = replace(outcome.report, seconds=0.0, first_plan_seconds=None, incumbents=incumbents)
    return replace(outcome, report=report)


def broken_by_hand(problem: Problem, *requests: str) -> set[tuple[str, Rule]]:
    """Return the pins that cannot hold, each of the named requests and no other among them."""
    broken = broken_pins(problem)
    assert {request for request, _ in broken} == set(requests)
    return broken


@pytest.mark.parametrize("name", ["small-2", "tiny-00", "tiny-12", "tiny-18"])
def test_a_reproducible_run_is_the_same_whatever_the_clock_says(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = solve(sample(name), REPRODUCIBLE)
    now = iter(range(0, 10**9, 3600))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(now)))

    second = solve(sample(name), REPRODUCIBLE)

    assert without_seconds(first) == without_seconds(second)


def test_a_plan_to_start_from_is_used() -> None:
    problem = sample("small-1")
    plan = solve(problem, REPRODUCIBLE).plan
    assert plan is not None
    worth = sum(score_plan(problem, plan).values())

    again = solve(problem, SolveLimits(seconds=60), start=plan, should_stop=lambda: True)

    assert again.objective is not None
    assert again.objective >= worth
    assert next(each.objective for each in again.report.incumbents if each.objective) == worth


def test_what_of_a_start_is_not_allowed_any_more_is_left_out() -> None:
    problem = make_problem(
        zones=(make_zone("zone-a", closures=(make_range("2026-01-05"),)), make_zone("zone-b")),
        requests=(ADA, BOB, make_request("eve", withdrawn=True)),
    )
    start = make_plan(
        make_residency("ada", zone="zone-a"),
        make_residency("bob", zone="zone-b"),
        make_residency("eve", zone="zone-b"),
        make_residency("stranger", zone="attic"),
    )

    outcome = solve(problem, LIMITS, start=start)

    # bob alone at first
    assert outcome.report.incumbents[1].objective == 2000
    assert outcome.objective == 7000


def test_a_start_that_leaves_out_what_is_pinned_since_does_no_harm() -> None:
    problem = make_problem(
        slots=(make_slot(places=1),), requests=(ADA, BOB), pins=(make_pin("bob"),)
    )

    outcome = solve(problem, LIMITS, start=make_plan(make_residency("ada")))

    assert outcome.objective == 2000
    assert outcome.status is Status.OPTIMAL


def test_an_empty_start_is_a_start() -> None:
    assert solve(make_problem(), LIMITS, start=Plan()).objective == 3000


@pytest.mark.parametrize("reproducible", [False, True])
def test_a_run_that_is_stopped_has_the_best_plan_so_far(reproducible: bool) -> None:
    problem = sample("medium-1")
    heard: list[Progress] = []
    limits = SolveLimits(seconds=600, workers=1, reproducible=reproducible)

    outcome = solve(
        problem,
        limits,
        on_progress=heard.append,
        should_stop=lambda: any(each.objective is not None for each in heard),
    )

    assert outcome.report.stopped
    assert outcome.status is Status.FEASIBLE
    assert outcome.plan is not None
    assert check_plan(problem, outcome.plan) == ()
    assert outcome.objective == max(each.objective or 0 for each in heard)


def test_progress_only_gets_better() -> None:
    heard: list[Progress] = []

    outcome = solve(sample("small-1"), SolveLimits(seconds=4, workers=1), on_progress=heard.append)

    assert tuple(heard) == outcome.report.incumbents
    objectives = [each.objective for each in heard if each.objective is not None]
    bounds = [each.bound for each in heard]
    assert objectives == sorted(objectives)
    assert bounds == sorted(bounds, reverse=True)
    assert [each.seconds for each in heard] == sorted(each.seconds for each in heard)
    assert heard[0].gap is None
    gaps = [each.gap for each in heard if each.gap is not None]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] >= 0
    assert (outcome.objective, outcome.bound) == (heard[-1].objective, heard[-1].bound)


@pytest.mark.parametrize("seconds", [0.01, 20])
def test_a_plan_is_optimal_exactly_where_it_is_worth_the_bound(seconds: float) -> None:
    for name in ("small-2", "tiny-05", "tiny-18"):
        outcome = solve(sample(name), SolveLimits(seconds=seconds, workers=1))
        proven = outcome.objective == outcome.bound
        assert outcome.status is (Status.OPTIMAL if proven else Status.FEASIBLE)
        assert (outcome.gap == 0) == proven


@pytest.mark.parametrize("seed", range(40))
def test_reproducible_runs_prove_the_optimum_too(seed: int) -> None:
    if tiny_optimum(seed) is not None:
        outcome = solve(tiny_space(seed).problem, REPRODUCIBLE)
        assert outcome.status is Status.OPTIMAL
        assert outcome.objective == tiny_optimum(seed)


def test_a_pin_that_greed_would_block_is_kept() -> None:
    problem = make_problem(
        zones=(make_zone("zone-a", desks=1, features=("robot",)), make_zone("zone-b", desks=1)),
        requests=(
            make_request("ada", priority=5, min_days=84, max_days=84, zone_points={"zone-a": 50}),
            make_request("bob", priority=1, min_days=84, max_days=84, needs=("robot",)),
        ),
        pins=BOTH_PINNED,
    )

    assert proven_optimum(problem) == 6000


@pytest.mark.parametrize(
    "missing",
    [
        {"requests": ()},
        {"zones": ()},
        {"slots": ()},
        {"hosts": (), "requests": (make_request("ada", hosts=None),)},
        {"pools": (), "requests": (make_request("ada", gpus=1),)},
        {"sites": (), "buildings": (), "floors": (), "zones": (), "slots": ()},
    ],
)
def test_where_something_is_missing_altogether_nobody_is_placed(missing: dict[str, Any]) -> None:
    problem = make_problem(**missing)

    outcome = solve(problem, LIMITS)

    assert outcome.status is Status.OPTIMAL
    assert outcome.plan == Plan()
    assert outcome.objective == outcome.bound == 0
    assert outcome.terms == dict.fromkeys(Term, 0)
    assert [each.request for each in outcome.unplaced] == [each.id for each in problem.requests]


def test_a_programme_of_one_day_has_room_for_a_stay_of_one_day() -> None:
    one_day: dict[str, Any] = {"first_day": day("2026-01-05"), "last_day": day("2026-01-05")}
    problem = make_problem(
        programme=make_programme(**one_day),
        slots=(make_slot(**one_day),),
        requests=(
            make_request("ada", min_days=1, max_days=1),
            make_request("bob", min_days=2, max_days=9),
        ),
    )

    outcome = solve(problem, LIMITS)

    assert outcome.plan == make_plan(make_residency("ada", days=1))
    assert outcome.status is Status.OPTIMAL


def test_where_nothing_fits_the_empty_plan_is_the_best() -> None:
    problem = make_problem(
        zones=(make_zone(desks=1),),
        requests=(make_request("ada", desks=2), make_request("bob", desks=3)),
        quotas=(make_quota(min=2, points_per_missing=100),),
    )

    outcome = solve(problem, LIMITS)

    # two missing at 100
    assert (outcome.plan, outcome.objective, outcome.bound) == (Plan(), -200, -200)
    assert [[reason.rule for reason in each.why] for each in outcome.unplaced] == [[Rule.ZONE]] * 2


def test_two_pins_for_one_desk_break_the_zone() -> None:
    problem = make_problem(zones=(make_zone(desks=1),), requests=(ADA, BOB), pins=BOTH_PINNED)

    assert broken_pins(problem) == {("ada", Rule.ZONE), ("bob", Rule.ZONE)}


def test_pins_that_are_none_of_the_conflict_are_not_named() -> None:
    problem = make_problem(
        zones=(make_zone("zone-a", desks=1), make_zone("zone-b")),
        requests=(
            make_request("ada", min_days=28, zones=("zone-a",), **FOUR_WEEKS),
            make_request("bob", min_days=28, zones=("zone-a",), **FOUR_WEEKS),
            make_request("eve", min_days=28, zones=("zone-b",), **FOUR_WEEKS),
        ),
        pins=(*BOTH_PINNED, make_pin("eve")),
    )

    assert broken_by_hand(problem, "ada", "bob") == {("ada", Rule.ZONE), ("bob", Rule.ZONE)}


def test_two_pins_for_one_host_break_the_host() -> None:
    problem = make_problem(
        hosts=(make_host("kim", capacity=1), make_host("lee")),
        requests=(replace(ADA, hosts=None), replace(BOB, hosts=None)),
        pins=(make_pin("ada", host="kim"), make_pin("bob", host="kim")),
    )

    assert broken_pins(problem) == {("ada", Rule.HOST), ("bob", Rule.HOST)}


def test_separated_pins_to_one_zone_break_the_separation() -> None:
    problem = make_problem(
        zones=(make_zone("zone-a"), make_zone("zone-b")),
        requests=(ADA, BOB),
        separations=(make_separation("ada", "bob"),),
        pins=(make_pin("ada", zone="zone-b"), make_pin("bob", zone="zone-b")),
    )

    assert broken_pins(problem) == {("ada", Rule.SEPARATION), ("bob", Rule.SEPARATION)}


def test_pins_of_two_institutions_to_an_exclusive_zone_break_it() -> None:
    problem = make_problem(
        zones=(make_zone("zone-a", exclusive_by=ExclusiveBy.INSTITUTION), make_zone("zone-b")),
        institutions=(make_institution("waterloo"), make_institution("kaist")),
        researchers=(make_researcher("ada", institution="kaist"), make_researcher("bob")),
        requests=(ADA, BOB),
        pins=(make_pin("ada", zone="zone-a"), make_pin("bob", zone="zone-a")),
    )

    assert broken_pins(problem) == {("ada", Rule.EXCLUSIVE_ZONE), ("bob", Rule.EXCLUSIVE_ZONE)}


def test_pins_beyond_a_quota_break_the_quota() -> None:
    problem = make_problem(
        requests=(ADA, BOB, make_request("eve", priority=1)),
        quotas=(make_quota(max=1),),
        pins=BOTH_PINNED,
    )

    assert broken_pins(problem) == {("ada", Rule.QUOTA), ("bob", Rule.QUOTA)}


def test_a_single_pin_beyond_a_quota_breaks_the_quota() -> None:
    problem = make_problem(quotas=(make_quota(max=0),), pins=(make_pin("ada"),))

    assert broken_pins(problem) == {("ada", Rule.QUOTA)}


def test_two_pins_of_one_request_to_two_days_contradict_each_other() -> None:
    pins = (
        make_pin("ada", first_day=day("2026-01-05")),
        make_pin("ada", first_day=day("2026-01-12")),
    )

    with pytest.raises(PinConflict) as conflict:
        solve(make_problem(pins=pins), LIMITS)

    assert [(breach.rule, breach.pin) for breach in conflict.value.conflicts] == [
        (Rule.PIN, pin) for pin in pins
    ]


@pytest.mark.parametrize(
    ("pin", "points"),
    [
        ({}, 3050),
        ({"zone": "zone-b"}, 3000),
        # 7 days short, and the best zone
        ({"first_day": day("2026-03-09")}, 3029),
        ({"last_day": day("2026-01-18")}, 3008),
        ({"host": "lee"}, 3045),
        ({"zone": "zone-b", "host": "lee", "last_day": day("2026-02-01")}, 2995),
    ],
)
def test_what_a_pin_leaves_open_is_chosen_as_is_best(pin: dict[str, Any], points: int) -> None:
    problem = make_problem(
        zones=(make_zone("zone-a"), make_zone("zone-b")),
        hosts=(make_host("kim"), make_host("lee")),
        requests=(make_request("ada", zone_points={"zone-a": 50}, hosts=("kim", "lee")),),
        pins=(make_pin("ada", **pin),),
    )

    assert proven_optimum(problem) == points


def test_two_partial_pins_of_one_request_hold_together() -> None:
    problem = make_problem(
        zones=(make_zone("zone-a"), make_zone("zone-b")),
        pins=(make_pin("ada", zone="zone-b"), make_pin("ada", first_day=day("2026-01-12"))),
    )

    outcome = solve(problem, LIMITS)

    expected = make_residency("ada", zone="zone-b", first_day=day("2026-01-12"))
    assert outcome.plan == make_plan(expected)


def test_a_frozen_stay_in_a_zone_that_was_closed_since_breaks_the_zone() -> None:
    told = make_residency("ada", zone="zone-a", first_day=day("2026-01-05"))
    problem = make_problem(
        programme=make_programme(today=day("2025-12-30")),
        zones=(make_zone("zone-a", closures=(make_range("2026-01-20"),)), make_zone("zone-b")),
        published=(told,),
    )

    with pytest.raises(PinConflict) as conflict:
        solve(problem, LIMITS)

    assert [(each.rule, each.pin) for each in conflict.value.conflicts] == [(Rule.ZONE, told)]


def test_a_pin_to_a_slot_at_one_site_and_a_zone_at_another_breaks_the_zone() -> None:
    problem = make_problem(
        sites=(make_site("seoul"), make_site("busan")),
        slots=(make_slot("winter"), make_slot("sea", site="busan")),
        pins=(make_pin("ada", slot="sea", zone="zone-a"),),
    )

    assert broken_pins(problem) == {("ada", Rule.ZONE)}
