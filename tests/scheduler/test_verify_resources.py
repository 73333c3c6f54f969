"""H7 host and H8 computing, as verified."""

from __future__ import annotations

import pytest

from scheduler.rules import Rule
from scheduler.verify import check_plan
from tests.builders import (
    day,
    make_host,
    make_plan,
    make_pool,
    make_problem,
    make_range,
    make_request,
    make_residency,
    make_track,
)
from tests.verifying import broken_rules, violation


def test_any_host_of_the_track_will_do_where_the_request_names_none() -> None:
    problem = make_problem(
        tracks=(make_track("vision"), make_track("robots")),
        hosts=(make_host("kim", tracks=("robots", "vision")),),
        requests=(make_request("ada", hosts=None),),
    )

    assert broken_rules(problem, make_residency("ada", host="kim")) == []


def test_a_host_of_another_track_breaks_the_host_where_the_request_names_none() -> None:
    problem = make_problem(
        tracks=(make_track("vision"), make_track("robots")),
        hosts=(make_host("kim", tracks=("robots",)),),
        requests=(make_request("ada", hosts=None),),
    )

    assert check_plan(problem, make_plan(make_residency("ada", host="kim"))) == (
        violation(
            Rule.HOST,
            "ada",
            text="Request 'ada' is of track 'vision', which host 'kim' is not.",
        ),
    )


def test_a_host_that_the_request_names_may_be_of_another_track() -> None:
    problem = make_problem(
        tracks=(make_track("vision"), make_track("robots")),
        hosts=(make_host("kim", tracks=("robots",)),),
        requests=(make_request("ada", hosts=("kim",)),),
    )

    assert broken_rules(problem, make_residency("ada", host="kim")) == []


def test_a_host_that_the_request_does_not_name_breaks_the_host() -> None:
    problem = make_problem(
        hosts=(make_host("kim"), make_host("lee")),
        requests=(make_request("ada", hosts=("lee",)),),
    )

    assert broken_rules(problem, make_residency("ada", host="kim")) == [Rule.HOST]


@pytest.mark.parametrize("hosts", [None, ("kim",)])
def test_a_residency_without_a_host_breaks_the_host(hosts: tuple[str, ...] | None) -> None:
    problem = make_problem(requests=(make_request("ada", hosts=hosts),))

    assert check_plan(problem, make_plan(make_residency("ada", host=None))) == (
        violation(Rule.HOST, "ada", text="Request 'ada' has no host."),
    )


def test_a_request_that_needs_no_host_has_none() -> None:
    problem = make_problem(requests=(make_request("ada", hosts=()),))

    assert broken_rules(problem, make_residency("ada", host=None)) == []
    assert broken_rules(problem, make_residency("ada", host="kim")) == [Rule.HOST]


def test_a_host_that_is_not_there_breaks_the_host() -> None:
    assert broken_rules(make_problem(), make_residency("ada", host="nobody")) == [Rule.HOST]


def test_a_host_who_is_absent_on_the_first_day_breaks_the_host() -> None:
    problem = make_problem(
        hosts=(make_host("kim", absences=(make_range("2026-01-01", "2026-01-05"),)),),
        requests=(make_request("ada", hosts=None),),
    )

    residency = make_residency("ada", host="kim", first_day=day("2026-01-05"))

    assert check_plan(problem, make_plan(residency)) == (
        violation(
            Rule.HOST,
            "ada",
            text="Request 'ada' begins on 2026-01-05, "
            "but host 'kim' is absent from 2026-01-01 to 2026-01-05.",
        ),
    )


def test_a_host_may_be_absent_from_the_second_day_on() -> None:
    problem = make_problem(
        hosts=(make_host("kim", absences=(make_range("2026-01-06", "2026-03-29"),)),),
        requests=(make_request("ada", hosts=None),),
    )

    residency = make_residency("ada", host="kim", first_day=day("2026-01-05"))

    assert broken_rules(problem, residency) == []


def test_one_visitor_too_many_on_some_days_breaks_the_host() -> None:
    problem = make_problem(
        hosts=(make_host("kim", capacity=1),),
        requests=(make_request("ada", hosts=None), make_request("bob", hosts=("kim",))),
    )

    ada = make_residency("ada", host="kim", first_day=day("2026-01-05"), days=21)
    bob = make_residency("bob", host="kim", first_day=day("2026-01-19"), days=7)

    assert check_plan(problem, make_plan(ada, bob)) == (
        violation(
            Rule.HOST,
            "ada",
            "bob",
            text="Host 'kim' has 2 visitors from 2026-01-19 to 2026-01-25, of at most 1, "
            "with 'ada' and 'bob'.",
        ),
    )


def test_a_host_may_receive_one_visitor_after_the_other() -> None:
    problem = make_problem(
        hosts=(make_host("kim", capacity=1),),
        requests=(make_request("ada", hosts=None), make_request("bob", hosts=None)),
    )

    ada = make_residency("ada", host="kim", first_day=day("2026-01-05"), days=14)
    bob = make_residency("bob", host="kim", first_day=day("2026-01-19"), days=7)

    assert broken_rules(problem, ada, bob) == []


def test_any_pool_will_do_where_the_request_names_none() -> None:
    problem = make_problem(requests=(make_request("ada", gpus=64, pools=None),))

    assert broken_rules(problem, make_residency("ada", pool="cluster")) == []


@pytest.mark.parametrize(
    ("gpus", "pool", "text"),
    [
        (8, None, "Request 'ada' asks for 8 GPUs, but has no pool."),
        (8, "cloud", "Request 'ada' does not name pool 'cloud'."),
        (0, "cluster", "Request 'ada' asks for no GPUs, but has pool 'cluster'."),
    ],
)
def test_a_pool_that_the_request_does_not_ask_for_breaks_computing(
    gpus: int, pool: str | None, text: str
) -> None:
    problem = make_problem(
        pools=(make_pool("cluster"), make_pool("cloud")),
        requests=(make_request("ada", gpus=gpus, pools=("cluster",)),),
    )

    assert check_plan(problem, make_plan(make_residency("ada", pool=pool))) == (
        violation(Rule.COMPUTING, "ada", text=text),
    )


def test_a_pool_that_is_not_there_breaks_computing() -> None:
    assert broken_rules(make_problem(), make_residency("ada", pool="abacus")) == [Rule.COMPUTING]


def test_a_stay_may_fill_the_days_on_which_its_pool_is_open() -> None:
    pool = make_pool(
        first_day=day("2026-01-05"),
        last_day=day("2026-02-02"),
        closures=(make_range("2026-02-02"),),
    )
    problem = make_problem(pools=(pool,), requests=(make_request("ada", gpus=1),))

    residency = make_residency(
        "ada", pool="cluster", first_day=day("2026-01-05"), last_day=day("2026-02-01")
    )

    assert broken_rules(problem, residency) == []


def test_a_pool_that_is_shut_on_some_days_breaks_computing() -> None:
    pool = make_pool(last_day=day("2026-01-31"), closures=(make_range("2026-01-10"),))
    problem = make_problem(pools=(pool,), requests=(make_request("ada", gpus=1),))

    assert check_plan(problem, make_plan(make_residency("ada", pool="cluster"))) == (
        violation(
            Rule.COMPUTING,
            "ada",
            text="Request 'ada' stays from 2026-01-05 to 2026-02-01, "
            "but pool 'cluster' is open to 2026-01-31.",
        ),
        violation(
            Rule.COMPUTING,
            "ada",
            text="Request 'ada' stays from 2026-01-05 to 2026-02-01, "
            "but pool 'cluster' is closed on 2026-01-10.",
        ),
    )


def test_more_gpus_on_some_days_than_there_are_break_computing() -> None:
    problem = make_problem(
        pools=(make_pool(gpus=10),),
        requests=(make_request("ada", gpus=6), make_request("bob", gpus=5)),
    )

    ada = make_residency("ada", pool="cluster", first_day=day("2026-01-05"), days=21)
    bob = make_residency("bob", pool="cluster", first_day=day("2026-01-19"), days=7)

    assert check_plan(problem, make_plan(ada, bob)) == (
        violation(
            Rule.COMPUTING,
            "ada",
            "bob",
            text="Pool 'cluster' has 11 GPUs taken from 2026-01-19 to 2026-01-25, of at most 10, "
            "with 'ada' and 'bob'.",
        ),
    )


def test_all_gpus_of_a_pool_may_be_taken() -> None:
    problem = make_problem(
        pools=(make_pool(gpus=10),),
        requests=(make_request("ada", gpus=6), make_request("bob", gpus=4)),
    )

    ada = make_residency("ada", pool="cluster")
    bob = make_residency("bob", pool="cluster")

    assert broken_rules(problem, ada, bob) == []
