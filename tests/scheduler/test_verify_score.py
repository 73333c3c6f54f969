"""What plans are worth: each term computed by hand, and nothing else scored beside it."""

from __future__ import annotations

import pytest

from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Measure
from scheduler.problem.requests import Cost
from scheduler.rules import Rule, Term
from scheduler.verify import CHECKS, SCORES, score_plan
from tests.builders import (
    day,
    make_collaboration,
    make_event,
    make_floor,
    make_host,
    make_plan,
    make_policy,
    make_pool,
    make_problem,
    make_quota,
    make_request,
    make_residency,
    make_site,
    make_track,
    make_zone,
)


def points(problem: Problem, plan: Plan) -> dict[Term, int]:
    """Return the terms that are not zero, but for the points of being placed."""
    scores = score_plan(problem, plan)
    return {term: value for term, value in scores.items() if value and term is not Term.PLACED}


def test_every_rule_has_a_check_and_every_term_a_score() -> None:
    assert list(CHECKS) == list(Rule)
    assert list(SCORES) == list(Term)


def test_a_plan_without_residencies_is_worth_nothing() -> None:
    assert score_plan(make_problem(), make_plan()) == dict.fromkeys(Term, 0)


def test_a_residency_is_worth_a_thousand_points_by_priority() -> None:
    problem = make_problem(
        requests=(make_request("ada", priority=5), make_request("bob", priority=1)),
    )

    plan = make_plan(make_residency("ada"), make_residency("bob"))

    assert score_plan(problem, plan) == dict.fromkeys(Term, 0) | {Term.PLACED: 6000}


def test_each_day_short_of_the_longest_stay_costs_three() -> None:
    problem = make_problem(requests=(make_request("ada", max_days=28),))

    # 28 - 21 = 7 days at 3 points
    assert points(problem, make_plan(make_residency("ada", days=21))) == {Term.SHORT_STAY: -21}


@pytest.mark.parametrize("preferred", ["2026-01-02", "2026-01-08"])
def test_each_day_of_arrival_before_or_after_the_preferred_costs_one(preferred: str) -> None:
    problem = make_problem(requests=(make_request("ada", preferred_first_day=day(preferred)),))

    # 5 January is three days from either
    assert points(problem, make_plan(make_residency("ada"))) == {Term.ARRIVAL_SHIFT: -3}


def test_a_zone_is_worth_what_the_request_gives_it() -> None:
    problem = make_problem(
        zones=(make_zone("zone-a"), make_zone("zone-b")),
        requests=(make_request("ada", zone_points={"zone-a": 30, "zone-b": -7}),),
    )

    in_a, in_b = make_residency("ada", zone="zone-a"), make_residency("ada", zone="zone-b")

    assert points(problem, make_plan(in_a)) == {Term.ZONE_POINTS: 30}
    assert points(problem, make_plan(in_b)) == {Term.ZONE_POINTS: -7}


def test_each_wished_feature_that_the_zone_has_is_worth_ten() -> None:
    problem = make_problem(
        zones=(make_zone(features=("quiet", "window", "robot")),),
        requests=(make_request("ada", wishes=("window", "quiet", "piano")),),
    )

    # window and quiet
    assert points(problem, make_plan(make_residency("ada"))) == {Term.WISHES: 20}


@pytest.mark.parametrize(("host", "expected"), [("kim", -10), ("lee", -5), ("cho", 0)])
def test_a_host_costs_five_by_place_in_the_request_list(host: str, expected: int) -> None:
    problem = make_problem(
        hosts=(make_host("kim"), make_host("lee"), make_host("cho")),
        requests=(make_request("ada", hosts=("cho", "lee", "kim")),),
    )

    plan = make_plan(make_residency("ada", host=host))

    assert score_plan(problem, plan)[Term.HOST_RANK] == expected


def test_hosts_cost_nothing_where_the_request_names_none() -> None:
    problem = make_problem(
        hosts=(make_host("kim"), make_host("lee")), requests=(make_request("ada", hosts=None),)
    )

    assert points(problem, make_plan(make_residency("ada", host="lee"))) == {}


def test_each_day_together_is_worth_two_up_to_the_target() -> None:
    def overlap_with(target: int) -> dict[Term, int]:
        problem = make_problem(
            requests=(make_request("ada"), make_request("bob")),
            collaborations=(
                make_collaboration("ada", "bob", target_overlap_days=target, same_floor=False),
            ),
        )
        ada = make_residency("ada", first_day=day("2026-01-05"), days=28)
        bob = make_residency("bob", first_day=day("2026-01-19"), days=28)
        return points(problem, make_plan(ada, bob))

    # 19 January to 1 February: 14 days at 2 points
    assert overlap_with(target=28) == {Term.OVERLAP: 28}
    assert overlap_with(target=14) == {Term.OVERLAP: 28}
    assert overlap_with(target=10) == {Term.OVERLAP: 20}


def test_a_pair_is_worth_its_points_in_each_of_its_collaborations() -> None:
    problem = make_problem(
        requests=(make_request("ada"), make_request("bob"), make_request("eve")),
        collaborations=(
            make_collaboration("ada", "bob", "eve", name="paper", target_overlap_days=5),
            make_collaboration("ada", "bob", name="robot", target_overlap_days=9, same_floor=False),
        ),
    )

    plan = make_plan(make_residency("ada"), make_residency("bob"), make_residency("eve"))

    # paper: three pairs of 5 days; robot: one pair of 9 days: (15 + 9) x 2. Same floor: 3 x 20.
    assert points(problem, plan) == {Term.OVERLAP: 48, Term.SAME_FLOOR: 60}


def test_a_pair_on_one_floor_in_two_zones_is_worth_twenty() -> None:
    problem = make_problem(
        zones=(make_zone("zone-a"), make_zone("zone-b")),
        requests=(make_request("ada"), make_request("bob")),
        collaborations=(make_collaboration("ada", "bob", target_overlap_days=0),),
    )

    together = make_plan(make_residency("ada"), make_residency("bob", zone="zone-b"))

    assert points(problem, together) == {Term.SAME_FLOOR: 20}


def test_a_pair_on_two_floors_or_without_a_common_day_is_worth_nothing() -> None:
    problem = make_problem(
        floors=(make_floor("floor-1"), make_floor("floor-2", level=2)),
        zones=(make_zone("zone-a"), make_zone("zone-c", floor="floor-2")),
        requests=(make_request("ada"), make_request("bob")),
        collaborations=(make_collaboration("ada", "bob", target_overlap_days=0),),
    )

    ada = make_residency("ada", first_day=day("2026-01-05"), days=28)
    upstairs = make_residency("bob", zone="zone-c")
    later = make_residency("bob", first_day=day("2026-02-02"))

    assert points(problem, make_plan(ada, upstairs)) == {}
    assert points(problem, make_plan(ada, later)) == {}


def test_each_event_that_invites_the_track_and_lies_within_the_stay_is_worth_fifteen() -> None:
    problem = make_problem(
        sites=(make_site("seoul"), make_site("busan")),
        tracks=(make_track("vision"), make_track("robots")),
        events=(
            make_event("first-day", "2026-01-05"),
            make_event("own", "2026-01-31", "2026-02-01", tracks=("robots", "vision")),
            make_event("too-long", "2026-02-01", "2026-02-02"),
            make_event("not-invited", "2026-01-12", tracks=("robots",)),
            make_event("elsewhere", "2026-01-12", site="busan"),
        ),
    )

    plan = make_plan(make_residency("ada", first_day=day("2026-01-05"), days=28))

    # first-day and own
    assert points(problem, plan) == {Term.EVENTS: 30}


def test_a_quota_below_its_minimum_costs_by_each_one_missing() -> None:
    problem = make_problem(quotas=(make_quota(min=3),))

    assert points(problem, make_plan()) == {Term.QUOTA_MISSING: -1500}
    assert points(problem, make_plan(make_residency("ada"))) == {Term.QUOTA_MISSING: -1000}


def test_a_begun_unit_of_what_a_quota_misses_costs_as_a_whole_one() -> None:
    def missing_with(least: int) -> dict[Term, int]:
        quota = make_quota(measure=Measure.COST, min=least, unit=100, points_per_missing=7)
        request = make_request("ada", cost=Cost(fixed=20, per_day=10))
        problem = make_problem(quotas=(quota,), requests=(request,))
        return points(problem, make_plan(make_residency("ada", days=28)))

    # 20 + 28 x 10 = 300 are counted
    assert missing_with(least=300) == {}
    assert missing_with(least=301) == {Term.QUOTA_MISSING: -7}
    assert missing_with(least=400) == {Term.QUOTA_MISSING: -7}
    assert missing_with(least=401) == {Term.QUOTA_MISSING: -14}


def test_a_published_request_that_is_dropped_costs_two_thousand() -> None:
    problem = make_problem(
        requests=(make_request("ada"), make_request("bob"), make_request("eve", withdrawn=True)),
        published=(make_residency("ada"), make_residency("bob"), make_residency("eve")),
    )

    # bob, but not eve, who has withdrawn
    assert points(problem, make_plan(make_residency("ada"))) == {Term.DROPPED: -2000}


def test_a_change_of_published_dates_costs_fifty_and_two_a_day_at_either_end() -> None:
    problem = make_problem(
        requests=(make_request("ada", max_days=28),),
        published=(make_residency("ada", first_day=day("2026-01-12"), days=28),),
    )

    earlier = make_residency("ada", first_day=day("2026-01-05"), days=28)
    shorter = make_residency("ada", first_day=day("2026-01-12"), days=21)

    # 50 + 2 x (7 + 7), and 50 + 2 x (0 + 7), the latter 7 days short at 3 points
    assert points(problem, make_plan(earlier)) == {Term.REDATED: -78}
    assert points(problem, make_plan(shorter)) == {Term.REDATED: -64, Term.SHORT_STAY: -21}


def test_a_change_of_the_published_zone_costs_a_hundred() -> None:
    problem = make_problem(
        zones=(make_zone("zone-a"), make_zone("zone-b")), published=(make_residency("ada"),)
    )

    plan = make_plan(make_residency("ada", zone="zone-b"))

    assert points(problem, plan) == {Term.REZONED: -100}


def test_a_change_of_the_published_host_costs_a_hundred_and_of_the_pool_nothing() -> None:
    problem = make_problem(
        hosts=(make_host("kim"), make_host("lee")),
        pools=(make_pool("cluster"), make_pool("cloud")),
        requests=(make_request("ada", hosts=None, gpus=1),),
        published=(make_residency("ada", host="kim", pool="cloud"),),
    )

    plan = make_plan(make_residency("ada", host="lee", pool="cluster"))

    assert points(problem, plan) == {Term.REHOSTED: -100}


def test_weights_may_be_overridden() -> None:
    weights = {"placed": 10, "short_day": 2, "dropped": 5}
    problem = make_problem(
        policy=make_policy(weights=weights),
        requests=(make_request("ada", priority=4, max_days=28), make_request("bob")),
        published=(make_residency("bob"),),
    )

    plan = make_plan(make_residency("ada", days=14))

    # 4 x 10, 14 days short at 2, and bob dropped
    assert score_plan(problem, plan) == dict.fromkeys(Term, 0) | {
        Term.PLACED: 40,
        Term.SHORT_STAY: -28,
        Term.DROPPED: -5,
    }
