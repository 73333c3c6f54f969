"""Adjustments change one thing each, leave the problem as it was, and say what they cannot do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scheduler.problem.adjustments import (
    AddDesks,
    AddPin,
    AddRequest,
    AddResearcher,
    Adjustment,
    AdjustmentError,
    AllowHosts,
    CannotAdjust,
    ChangeLength,
    ChangeWindow,
    CloseZone,
    MoveToday,
    RaiseQuota,
    ReleasePin,
    WaiveNeed,
    WidenWindow,
    Withdraw,
    apply,
)
from scheduler.problem.problem import Problem
from scheduler.problem.types import (
    HostId,
    QuotaId,
    SlotId,
    ZoneId,
)
from tests.adjusting import (
    ADA,
    BOB,
    CLOSED_ZONE,
    EVE,
    HIGHER_QUOTA,
    LATER_TODAY,
    LESS_NOTICE,
    MORE_CAPACITY,
    MORE_DESKS,
    MORE_GPUS,
    MORE_HOSTS,
    MORE_PLACES,
    NEW_PIN,
    NEW_REQUEST,
    NEW_RESEARCHER,
    ONE_OF_EACH,
    OTHER_WINDOW,
    RELEASED_PIN,
    SHORTER_OVERLAP,
    WAIVED_NEED,
    house,
)
from tests.builders import (
    day,
    make_collaboration,
    make_host,
    make_pin,
    make_policy,
    make_pool,
    make_problem,
    make_programme,
    make_quota,
    make_range,
    make_request,
    make_researcher,
    make_slot,
    make_zone,
)


def refusals(problem: Problem, *adjustments: Adjustment) -> list[str]:
    """Return why adjustments cannot be made."""
    with pytest.raises(AdjustmentError) as raised:
        apply(problem, adjustments)
    return [str(finding) for finding in raised.value.findings]


def test_no_adjustment_leaves_the_problem_as_it_is() -> None:
    assert apply(house(), ()) == house()


def test_the_problem_itself_never_changes() -> None:
    problem = house()

    apply(problem, ONE_OF_EACH)

    assert problem == house()


@pytest.mark.parametrize(
    ("adjustment", "changed"),
    [
        (
            CLOSED_ZONE,
            {
                "zones": (
                    make_zone(closures=(make_range("2026-02-02", "2026-02-08", name="paint"),)),
                )
            },
        ),
        (MORE_DESKS, {"zones": (make_zone(desks=10),)}),
        (MORE_PLACES, {"slots": (make_slot(places=13),)}),
        (MORE_CAPACITY, {"hosts": (make_host("kim", capacity=3), make_host("lee"))}),
        (MORE_GPUS, {"pools": (make_pool(gpus=72),)}),
        (HIGHER_QUOTA, {"quotas": (make_quota(max=4),)}),
        (RaiseQuota(quota=QuotaId("quota"), max=None), {"quotas": (make_quota(),)}),
        (NEW_PIN, {"pins": (make_pin("ada"), make_pin("bob", zone=ZoneId("zone-a")))}),
        (RELEASED_PIN, {"pins": ()}),
        (LESS_NOTICE, {"policy": make_policy(frozen_days=7)}),
        (LATER_TODAY, {"programme": make_programme(today=day("2025-12-08"))}),
        (
            SHORTER_OVERLAP,
            {"collaborations": (make_collaboration("ada", "bob", min_overlap_days=7),)},
        ),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_an_adjustment_changes_what_its_name_says(
    adjustment: Adjustment, changed: dict[str, Any]
) -> None:
    assert apply(house(), [adjustment]) == replace(house(), **changed)


@pytest.mark.parametrize(
    ("adjustment", "changed"),
    [
        (
            WidenWindow(request=ADA, first_day=day("2026-01-01"), last_day=day("2026-04-30")),
            {"first_day": day("2026-01-01"), "last_day": day("2026-04-30")},
        ),
        (WidenWindow(request=ADA, first_day=day("2026-02-01")), {}),
        (WidenWindow(request=ADA), {}),
        (OTHER_WINDOW, {"first_day": day("2026-02-02"), "last_day": day("2026-04-05")}),
        (ChangeWindow(request=ADA, last_day=day("2026-03-01")), {"last_day": day("2026-03-01")}),
        (ChangeLength(request=ADA, min_days=5), {"min_days": 5}),
        (ChangeLength(request=ADA, max_days=40), {"max_days": 40}),
    ],
)
def test_a_wish_changes_as_its_adjustment_says(
    adjustment: Adjustment, changed: dict[str, Any]
) -> None:
    adjusted = apply(house(), [adjustment])

    assert adjusted.request[ADA] == make_request("ada", **changed)


def test_more_hosts_come_after_those_who_are_preferred() -> None:
    adjusted = apply(house(), [MORE_HOSTS])

    assert adjusted.request[BOB].hosts == ("kim", "lee")


def test_a_need_is_waived_alone() -> None:
    assert apply(house(), [WAIVED_NEED]).request[BOB].needs == ("robot",)


def test_a_request_is_withdrawn_together_with_its_pins() -> None:
    adjusted = apply(house(), [Withdraw(request=ADA)])

    assert adjusted.request[ADA] == make_request("ada", withdrawn=True)
    assert adjusted.pins == ()


def test_a_late_request_may_come_from_somebody_new_and_be_pinned_at_once() -> None:
    pin = make_pin("late", zone=ZoneId("zone-a"))

    adjusted = apply(house(), [NEW_RESEARCHER, NEW_REQUEST, AddPin(pin=pin)])

    assert adjusted == replace(
        house(),
        researchers=(*house().researchers, EVE),
        requests=(*house().requests, make_request("late", researcher="eve")),
        pins=(make_pin("ada"), pin),
    )


def test_what_is_there_already_is_not_added() -> None:
    assert refusals(house(), AddResearcher(researcher=make_researcher("ada"))) == [
        "adjustments[0]: there is a researcher 'ada' already; choose another id"
    ]
    assert refusals(house(), AddRequest(request=make_request("bob"))) == [
        "adjustments[0]: there is a request 'bob' already; choose another id"
    ]


def test_a_late_request_from_nobody_known_is_refused() -> None:
    assert refusals(house(), NEW_REQUEST) == [
        "adjustments[0].request.researcher: no researcher 'eve'"
    ]


def test_a_window_may_not_end_before_it_begins() -> None:
    refused = refusals(house(), ChangeWindow(request=ADA, last_day=day("2026-01-01")))

    assert refused == [
        (
            "adjustments[0]: would give requests[0].last_day: 2026-01-01 is before first_day "
            "2026-01-05; mend one of them"
        )
    ]


def test_adjustments_are_made_one_after_the_other() -> None:
    desks = AddDesks(zone=ZoneId("zone-a"), desks=2)

    assert apply(house(), [desks, desks]).zone[ZoneId("zone-a")].desks == 12


def test_every_name_that_does_not_exist_is_found_at_once() -> None:
    assert refusals(
        house(),
        AddDesks(zone=ZoneId("attic"), desks=2),
        AddPin(pin=make_pin("cleo", slot=SlotId("summer"))),
        AllowHosts(request=ADA, hosts=(HostId("park"),)),
    ) == [
        "adjustments[0].zone: no zone 'attic'",
        "adjustments[1].pin.request: no request 'cleo'",
        "adjustments[1].pin.slot: no slot 'summer'",
        "adjustments[2].hosts[0]: no host 'park'",
    ]


def test_a_reversed_closure_is_refused() -> None:
    closed = CloseZone(
        zone=ZoneId("zone-a"), first_day=day("2026-02-08"), last_day=day("2026-02-02")
    )

    assert refusals(house(), closed) == [
        "adjustments[0].last_day: 2026-02-02 is before first_day 2026-02-08; mend one of them"
    ]


@pytest.mark.parametrize(
    ("adjustment", "why"),
    [
        (ReleasePin(request=BOB), "no pin is on request 'bob'"),
        (WaiveNeed(request=ADA, feature="quiet"), "request 'ada' does not need 'quiet'"),
        (AllowHosts(request=ADA, hosts=(HostId("kim"),)), "request 'ada' needs no host"),
        (
            RaiseQuota(quota=QuotaId("quota"), max=1),
            "quota 'quota' is not raised by a maximum of 1",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_reason(adjustment: Adjustment, why: str) -> None:
    assert refusals(house(), MoveToday(today=day("2025-12-02")), adjustment) == [
        f"adjustments[1]: {why}"
    ]


def test_hosts_are_not_added_where_any_host_may_receive() -> None:
    problem = make_problem(requests=(make_request("ada", hosts=None),))

    assert refusals(problem, AllowHosts(request=ADA, hosts=(HostId("kim"),))) == [
        "adjustments[0]: request 'ada' allows any host of its track"
    ]


def test_the_adjustment_that_spoils_the_problem_is_named() -> None:
    assert refusals(
        house(),
        AddDesks(zone=ZoneId("zone-a"), desks=2),
        ChangeLength(request=ADA, min_days=60),
        MoveToday(today=day("2025-12-02")),
    ) == [
        (
            "adjustments[1]: would give requests[0].max_days: 28 is less than min_days 60; "
            "mend one of them"
        )
    ]


def test_a_problem_that_was_spoilt_before_is_refused_as_it_is() -> None:
    problem = make_problem(requests=(make_request("ada", min_days=60),))

    assert refusals(problem) == [
        "requests[0].max_days: 28 is less than min_days 60; mend one of them"
    ]


def test_an_adjustment_alone_refuses_what_is_not_there() -> None:
    with pytest.raises(CannotAdjust, match="there is no 'attic' to change"):
        AddDesks(zone=ZoneId("attic"), desks=1).applied_to(house())
