"""Candidates are what the verifier allows, and occupancy forbids what the verifier forbids."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from scheduler.candidates.candidates import Part, Way
from scheduler.candidates.occupancy import Blocked, Occupancy
from scheduler.candidates.space import Space, build_space
from scheduler.candidates.worth import plain_worth
from scheduler.problem.requests import Residency
from scheduler.rules import Rule
from scheduler.verify import SCORES, check_plan
from scheduler.verify.stays import Stays
from tests.brute_force import ALONE, allowed_residencies
from tests.builders import make_plan, make_problem, make_request, make_zone
from tests.seeded import tiny_problem
from tests.tiny import SEEDS, points_of, tiny_space, ways_of

FEWER = range(120)

TRIED = 25
"""Ways of each request that are tried beside a plan."""


def random_occupancy(space: Space, dice: Random) -> Occupancy:
    """Return some of the requests placed at random, each where it fits."""
    occupancy = Occupancy(space)
    for request in dice.sample(range(len(space.candidates)), len(space.candidates) - 1):
        ways = ways_of(space.candidates[request])
        for way in dice.sample(ways, min(3, len(ways))):
            if request not in occupancy.ways and occupancy.fits(request, way):
                occupancy.place(request, way)
    return occupancy


def touches(block: Blocked, way: Way) -> bool:
    """Tell whether a block is in the way of a way."""
    serves = block.part is None or way.who(block.part) == block.who
    return serves and bool(block.times[way.time])


def broken_beside(occupancy: Occupancy, residency: Residency) -> set[Rule]:
    """Return the rules that a residency breaks beside a plan, as the verifier says.

    Pins to requests that are not placed are none of the residency's business.
    """
    space = occupancy.space
    plan = make_plan(*space.plan(occupancy.ways).residencies, residency)
    return {violation.rule for violation in check_plan(space.problem, plan)} - {Rule.PIN}


@pytest.mark.parametrize("seed", SEEDS)
def test_ways_are_the_residencies_that_the_verifier_allows_alone(seed: int) -> None:
    problem = replace(tiny_problem(seed), quotas=(), pins=())
    space = build_space(problem)

    for request, each in enumerate(space.candidates):
        if not each.required:
            ways = [space.residency(request, way) for way in ways_of(each)]
            allowed = list(allowed_residencies(problem, each.request))
            assert len(ways) == len(set(ways))
            assert set(ways) == set(allowed)


@pytest.mark.parametrize("seed", FEWER)
def test_a_way_is_found_again_by_its_residency(seed: int) -> None:
    space = tiny_space(seed)

    for request, each in enumerate(space.candidates):
        ways = ways_of(each)
        assert [space.find_way(space.residency(request, way)) for way in ways] == ways


@pytest.mark.parametrize("seed", FEWER)
def test_points_of_a_way_are_its_unary_terms(seed: int) -> None:
    space = tiny_space(seed)

    for request, each in enumerate(space.candidates):
        for way in ways_of(each):
            stays = Stays(space.problem, make_plan(space.residency(request, way)))
            assert points_of(each, way) == sum(SCORES[term](stays) for term in ALONE)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_points_are_those_of_the_best_way_or_of_none(seed: int) -> None:
    for each in tiny_space(seed).candidates:
        possible = [points_of(each, way) for way in ways_of(each)]
        if not (each.required and possible):
            possible.append(each.unplaced_points)
        assert each.best_points() == max(possible)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_blocked_beside_a_plan_breaks_the_same_rules_in_the_verifier(seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - a test's seed is no secret
    space = tiny_space(seed)
    occupancy = random_occupancy(space, dice)

    for request, each in enumerate(space.candidates):
        if request in occupancy.ways:
            continue
        blocks = list(occupancy.blocked(request))
        times, free = occupancy.fitting(request)
        ways = ways_of(each)
        for way in dice.sample(ways, min(TRIED, len(ways))):
            broken = broken_beside(occupancy, space.residency(request, way))
            assert {block.rule for block in blocks if touches(block, way)} == broken
            assert occupancy.fits(request, way) == (not broken)
            assert bool(times[way.time]) or broken
            assert broken or all(
                free[part][(o.time == way.time) & (o.who == way.who(part))].all()
                for part, o in each.options.items()
            )


@pytest.mark.parametrize("seed", FEWER)
def test_the_best_fitting_way_fits_and_none_that_fits_is_better(seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - a test's seed is no secret
    space = tiny_space(seed)
    occupancy = random_occupancy(space, dice)
    day_price = dice.choice((0.0, 5.0))

    def worth(request: int, way: Way) -> float:
        each = space.candidates[request]
        return points_of(each, way) - day_price * int(each.stop[way.time] - each.first[way.time])

    for request, each in enumerate(space.candidates):
        if request not in occupancy.ways:
            fitting = [way for way in ways_of(each) if occupancy.fits(request, way)]
            best = occupancy.find_best(request, plain_worth(each, day_price))
            assert (best is None) == (not fitting)
            if best is not None:
                assert best in fitting
                assert worth(request, best) == max(worth(request, way) for way in fitting)


@pytest.mark.parametrize("seed", range(60))
def test_what_is_removed_leaves_no_trace(seed: int) -> None:
    space = tiny_space(seed)
    occupancy = random_occupancy(space, Random(seed))  # noqa: S311 - a test's seed is no secret
    empty = Occupancy(space)

    for request in list(occupancy.ways):
        occupancy.remove(request)

    assert occupancy.ways == {}
    assert occupancy.counted == empty.counted
    for left, whole in zip(occupancy.left(), empty.left(), strict=True):
        assert (left.name, left.capacity.tolist()) == (whole.name, whole.capacity.tolist())


def test_parts_of_candidates_are_the_parts_of_residencies() -> None:
    assert [part.value for part in Part] == ["slot", "zone", "host", "pool"]


def test_points_that_are_all_the_same_are_kept_once() -> None:
    zones = (make_zone("zone-a"), make_zone("zone-b"))
    plain, choosy = make_request("ada"), make_request("bob", zone_points={"zone-b": 7})

    space = build_space(make_problem(zones=zones, requests=(plain, choosy)))
    same, different = (each.options[Part.ZONE].points for each in space.candidates)

    assert (len(same) > 1, same.strides, set(same.tolist())) == (True, (0,), {0})
    assert set(different.tolist()) == {0, 7}
