"""Samples: the same for the same seed, of the stated sizes, and with matter for every rule."""

from __future__ import annotations

from collections.abc import Callable
from itertools import starmap

import pytest

from scheduler.problem.problem import Problem
from scheduler.problem.programme import Weekday
from scheduler.problem.scenario_file import document_of, parse_document
from scheduler.problem.types import Ranged, days_of
from scheduler.rules import Rule
from scheduler.sample import Family, sample
from scheduler.sample.dice import Dice
from scheduler.sample.spans import Span, random_span
from tests.builders import day

SIZES = {
    Family.TINY: 4,
    Family.SMALL: 20,
    Family.MEDIUM: 150,
    Family.HUB: 600,
    Family.LARGE: 2000,
    Family.FEDERATION: 10000,
}


@pytest.mark.parametrize("family", Family)
def test_a_family_has_as_many_requests_as_it_says(family: Family) -> None:
    assert len(sample(family, 1).requests) == SIZES[family]


@pytest.mark.parametrize("family", [Family.TINY, Family.SMALL, Family.MEDIUM, Family.HUB])
def test_one_seed_gives_one_sample(family: Family) -> None:
    assert sample(family, 7) == sample(family, 7)


def test_another_seed_gives_another_sample() -> None:
    first, second = document_of(sample(Family.SMALL, 1)), document_of(sample(Family.SMALL, 2))

    assert first["requests"] != second["requests"]
    assert first["zones"] != second["zones"]


@pytest.mark.parametrize(
    ("family", "seed"),
    [
        *((Family.TINY, seed) for seed in range(30)),
        *((Family.SMALL, seed) for seed in range(10)),
        *((Family.MEDIUM, seed) for seed in range(4)),
        (Family.HUB, 1),
        (Family.LARGE, 1),
    ],
)
def test_a_sample_is_a_scenario_without_findings(family: Family, seed: int) -> None:
    problem = sample(family, seed)

    assert parse_document(document_of(problem)) == problem


def test_medium_samples_of_odd_seeds_go_by_days_and_of_even_ones_by_weeks() -> None:
    odd, even = sample(Family.MEDIUM, 1).policy, sample(Family.MEDIUM, 2).policy

    assert (odd.stay_step_days, odd.arrival_weekdays) == (1, (Weekday.MON, Weekday.THU))
    assert (even.stay_step_days, even.arrival_weekdays) == (7, (Weekday.MON,))


def _overlap(one: Ranged, other: Ranged) -> bool:
    return days_of(one).common(days_of(other)) > 0


MATTERS: dict[Rule, Callable[[Problem], bool]] = {
    Rule.WINDOW: lambda problem: any(
        request.first_day > problem.programme.first_day for request in problem.submitted
    ),
    Rule.LENGTH: lambda problem: (
        any(slot.fixed_dates for slot in problem.slots)
        and any(request.min_days < request.max_days for request in problem.submitted)
    ),
    Rule.ARRIVAL: lambda problem: all(site.holidays and site.closures for site in problem.sites),
    Rule.SLOT: lambda problem: any(
        slot.places == 1 and len(slot.tracks) < len(problem.tracks) for slot in problem.slots
    ),
    Rule.ZONE: lambda problem: (
        any(zone.closures and zone.tracks for zone in problem.zones)
        and any(request.needs and request.area_m2 for request in problem.submitted)
    ),
    Rule.EXCLUSIVE_ZONE: lambda problem: (
        len({zone.exclusive_by for zone in problem.zones}) > 3
        and any(reservation.group for reservation in problem.reservations)
    ),
    Rule.HOST: lambda problem: (
        any(host.absences and host.capacity == 1 for host in problem.hosts)
        and {None, ()} < {request.hosts for request in problem.submitted}
    ),
    Rule.COMPUTING: lambda problem: (
        any(pool.closures for pool in problem.pools)
        and any(request.gpus and request.pools for request in problem.submitted)
    ),
    Rule.OWN_CALENDAR: lambda problem: (
        len(problem.researchers) < len(problem.requests)
        and any(request.unavailable for request in problem.submitted)
    ),
    Rule.VISA: lambda problem: any(
        problem.institution_of(request).country in problem.policy.visa_lead_days
        for request in problem.submitted
    ),
    Rule.MUST_ATTEND: lambda problem: any(request.must_attend for request in problem.submitted),
    Rule.SEPARATION: lambda problem: any(
        starmap(
            _overlap,
            (
                (problem.request[separation.requests[0]], problem.request[separation.requests[1]])
                for separation in problem.separations
            ),
        )
    ),
    Rule.QUOTA: lambda problem: (
        any(quota.max for quota in problem.quotas) and any(quota.min for quota in problem.quotas)
    ),
    Rule.PIN: lambda problem: bool(problem.pins),
    Rule.COLLABORATION: lambda problem: any(
        collaboration.min_overlap_days for collaboration in problem.collaborations
    ),
}


def test_the_table_of_matters_has_every_rule() -> None:
    assert set(MATTERS) == set(Rule)


@pytest.mark.parametrize("rule", Rule)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_hub_sample_has_the_matter_of_every_rule(rule: Rule, seed: int) -> None:
    assert MATTERS[rule](sample(Family.HUB, seed))


def test_some_tiny_samples_have_frozen_and_some_have_movable_published_residencies() -> None:
    problems = [sample(Family.TINY, seed) for seed in range(30)]

    assert {problem.is_frozen(one) for problem in problems for one in problem.published} == {
        True,
        False,
    }


def test_dice_of_one_name_fall_alike_and_their_parts_do_not_shift_them() -> None:
    dice, twin = Dice("a"), Dice("a")
    dice.part("zones").between(1, 6)

    assert [dice.between(1, 6) for _ in range(8)] == [twin.between(1, 6) for _ in range(8)]


def test_weights_of_nought_are_never_drawn() -> None:
    dice = Dice("a")

    assert {dice.weigh({"often": 3, "never": 0, "seldom": 1}) for _ in range(50)} == {
        "often",
        "seldom",
    }


def test_a_random_span_no_shorter_than_the_whole_is_the_whole() -> None:
    whole = Span(day("2026-01-05"), day("2026-01-11"))

    assert random_span(whole, 9, Dice("a")) == whole
