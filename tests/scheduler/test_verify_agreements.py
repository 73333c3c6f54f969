"""H13 quotas and H15 collaborations, as verified."""

from __future__ import annotations

import pytest

from scheduler.problem.programme import Measure, QuotaBy
from scheduler.problem.requests import Cost
from scheduler.rules import Rule
from scheduler.verify import check_plan
from tests.builders import (
    day,
    make_collaboration,
    make_institution,
    make_plan,
    make_problem,
    make_quota,
    make_request,
    make_researcher,
    make_residency,
    make_site,
    make_slot,
    make_track,
)
from tests.verifying import broken_rules, violation

ADA_AND_BOB = (make_request("ada"), make_request("bob"))


def test_as_many_residencies_as_the_quota_allows_may_be_there() -> None:
    problem = make_problem(quotas=(make_quota(max=2),), requests=ADA_AND_BOB)

    assert broken_rules(problem, make_residency("ada"), make_residency("bob")) == []


def test_one_residency_more_than_the_quota_allows_breaks_the_quota() -> None:
    problem = make_problem(quotas=(make_quota("few", max=1),), requests=ADA_AND_BOB)

    plan = make_plan(make_residency("ada"), make_residency("bob"))

    assert check_plan(problem, plan) == (
        violation(
            Rule.QUOTA,
            "ada",
            "bob",
            text="Quota 'few' allows 1 residencies, but 2 are counted.",
        ),
    )


def test_a_residency_counts_in_the_period_that_holds_its_first_day() -> None:
    from_the_second_day = make_quota(first_day=day("2026-01-06"), max=0)
    until_the_first_day = make_quota(last_day=day("2026-01-05"), max=0)

    residency = make_residency("ada", first_day=day("2026-01-05"))

    assert broken_rules(make_problem(quotas=(from_the_second_day,)), residency) == []
    assert broken_rules(make_problem(quotas=(until_the_first_day,)), residency) == [Rule.QUOTA]


def test_person_days_are_days_in_the_period_times_desks() -> None:
    # Of 28 days from 5 January to 1 February, 27 are in January: 27 x 3 desks = 81.
    def broken_with(most: int) -> list[Rule]:
        quota = make_quota(measure=Measure.PERSON_DAYS, last_day=day("2026-01-31"), max=most)
        problem = make_problem(quotas=(quota,), requests=(make_request("ada", desks=3),))
        return broken_rules(problem, make_residency("ada", first_day=day("2026-01-05"), days=28))

    assert broken_with(most=81) == []
    assert broken_with(most=80) == [Rule.QUOTA]


def test_cost_is_fixed_on_the_first_day_and_by_day_in_the_period() -> None:
    # In January 1000 + 27 x 10 = 1270, and in February, where it does not begin, 1 x 10 = 10.
    request = make_request("ada", desks=2, cost=Cost(fixed=1000, per_day=10))

    def broken_with(first_day: str, last_day: str, most: int) -> list[Rule]:
        quota = make_quota(
            measure=Measure.COST, first_day=day(first_day), last_day=day(last_day), max=most
        )
        problem = make_problem(quotas=(quota,), requests=(request,))
        return broken_rules(problem, make_residency("ada", first_day=day("2026-01-05"), days=28))

    assert broken_with("2026-01-01", "2026-01-31", most=1270) == []
    assert broken_with("2026-01-01", "2026-01-31", most=1269) == [Rule.QUOTA]
    assert broken_with("2026-02-01", "2026-02-28", most=10) == []
    assert broken_with("2026-02-01", "2026-02-28", most=9) == [Rule.QUOTA]


@pytest.mark.parametrize(
    ("by", "own", "other"),
    [
        (QuotaBy.COUNTRY, "CA", "KR"),
        (QuotaBy.TRACK, "vision", "robots"),
        (QuotaBy.INSTITUTION, "waterloo", "kaist"),
        (QuotaBy.SITE, "seoul", "busan"),
    ],
)
def test_a_quota_counts_by_its_value_or_everybody(by: QuotaBy, own: str, other: str) -> None:
    def broken_with(value: str | None) -> list[Rule]:
        quota = make_quota(by=by, value=value, max=0)
        problem = make_problem(
            sites=(make_site("seoul"), make_site("busan")),
            tracks=(make_track("vision"), make_track("robots")),
            institutions=(make_institution("waterloo"), make_institution("kaist", country="KR")),
            quotas=(quota,),
        )
        return broken_rules(problem, make_residency("ada"))

    assert broken_with(own) == [Rule.QUOTA]
    assert broken_with(other) == []
    assert broken_with(None) == [Rule.QUOTA]


def test_a_quota_by_country_counts_all_institutions_of_the_country_together() -> None:
    problem = make_problem(
        institutions=(make_institution("waterloo"), make_institution("vector", country="CA")),
        researchers=(make_researcher("bob", institution="vector"),),
        requests=ADA_AND_BOB,
        quotas=(make_quota(by=QuotaBy.COUNTRY, value="CA", max=1),),
    )

    assert broken_rules(problem, make_residency("ada"), make_residency("bob")) == [Rule.QUOTA]


def test_a_minimum_that_is_not_reached_breaks_nothing() -> None:
    assert broken_rules(make_problem(quotas=(make_quota(min=5),)), make_residency("ada")) == []


def test_members_of_a_collaboration_who_overlap_long_enough_are_allowed() -> None:
    problem = make_problem(
        requests=ADA_AND_BOB,
        collaborations=(make_collaboration("ada", "bob", min_overlap_days=14),),
    )

    ada = make_residency("ada", first_day=day("2026-01-05"), days=28)
    bob = make_residency("bob", first_day=day("2026-01-19"), days=21)  # 19 Jan to 1 Feb: 14 days

    assert broken_rules(problem, ada, bob) == []


def test_members_who_overlap_too_little_break_the_collaboration() -> None:
    problem = make_problem(
        requests=ADA_AND_BOB,
        collaborations=(make_collaboration("ada", "bob", name="team", min_overlap_days=15),),
    )

    ada = make_residency("ada", first_day=day("2026-01-05"), days=28)
    bob = make_residency("bob", first_day=day("2026-01-19"), days=21)  # 19 Jan to 1 Feb: 14 days

    assert check_plan(problem, make_plan(ada, bob)) == (
        violation(
            Rule.COLLABORATION,
            "ada",
            "bob",
            text="Requests 'ada' and 'bob' of collaboration 'team' share 14 days, fewer than 15: "
            "one stays from 2026-01-05 to 2026-02-01, the other from 2026-01-19 to 2026-02-08.",
        ),
    )


def test_each_two_placed_members_overlap() -> None:
    problem = make_problem(
        requests=(*ADA_AND_BOB, make_request("eve")),
        collaborations=(make_collaboration("ada", "bob", "eve", min_overlap_days=1),),
    )

    ada = make_residency("ada", first_day=day("2026-01-05"), days=14)
    bob = make_residency("bob", first_day=day("2026-01-12"), days=14)
    eve = make_residency("eve", first_day=day("2026-01-19"), days=14)

    assert broken_rules(problem, ada, bob) == []
    assert broken_rules(problem, bob, eve) == []
    assert broken_rules(problem, ada, bob, eve) == [Rule.COLLABORATION]


def test_a_member_may_be_there_while_the_others_are_not_placed() -> None:
    problem = make_problem(
        requests=ADA_AND_BOB,
        collaborations=(make_collaboration("ada", "bob", min_overlap_days=14),),
    )

    assert broken_rules(problem, make_residency("ada")) == []


def test_a_quota_by_track_counts_the_tracks_of_requests() -> None:
    problem = make_problem(
        tracks=(make_track("vision"), make_track("robots")),
        slots=(make_slot(tracks=("vision", "robots")),),
        requests=(make_request("ada", track="vision"), make_request("bob", track="robots")),
        quotas=(make_quota(by=QuotaBy.TRACK, value="robots", max=0),),
    )

    plan = make_plan(make_residency("ada"), make_residency("bob"))

    assert [breach.requests for breach in check_plan(problem, plan)] == [("bob",)]
