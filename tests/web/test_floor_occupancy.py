"""Who holds which desk on which days, beside a plain count day by day."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.problem.places import Reservation
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.types import Days, days_of
from tests.builders import (
    FIRST_DAY,
    day,
    make_plan,
    make_problem,
    make_range,
    make_request,
    make_reservation,
    make_residency,
    make_zone,
)
from web.use_cases.floors.curve import draw_curve
from web.use_cases.floors.occupancy import (
    ZoneUse,
    capacity_by_day,
    desks_by_day,
    level_of,
    merged,
    steps_of,
    use_of_zones,
)
from web.use_cases.views.floors import Level, OccupantKind

ONE_DAY = dt.timedelta(days=1)
SPAN = st.tuples(st.integers(0, 40), st.integers(1, 40), st.integers(1, 4), st.booleans())


def use_of(*spans: tuple[int, int, int, bool], desks: int = 8) -> ZoneUse:
    """Return the use of a zone by stays and reservations: first day, days, desks, is a stay."""
    requests, reservations, stays = [], [], []
    for number, (start, days, wanted, is_stay) in enumerate(spans):
        first_day = FIRST_DAY + start * ONE_DAY
        if is_stay:
            requests.append(make_request(f"r{number}", desks=wanted))
            stays.append(make_residency(f"r{number}", first_day=first_day, days=days))
        else:
            last_day = first_day + (days - 1) * ONE_DAY
            reservations.append(
                make_reservation(f"c{number}", desks=wanted, first_day=first_day, last_day=last_day)
            )
    problem = make_problem(
        zones=(make_zone(desks=desks),),
        requests=tuple(requests) or (make_request(),),
        reservations=tuple(reservations),
    )
    return use_of_zones(problem, make_plan(*stays))[make_zone().id]


def plain_count(spans: list[tuple[int, int, int, bool]], at: int) -> tuple[int, int]:
    """Return desks in use and people on the day of a number, counted one by one."""
    here = [span for span in spans if span[0] <= at < span[0] + span[1]]
    return sum(span[2] for span in here), sum(span[3] for span in here)


@given(spans=st.lists(SPAN, max_size=12))
@settings(max_examples=100, deadline=None)
def test_figures_of_every_day_are_those_of_a_plain_count(
    spans: list[tuple[int, int, int, bool]],
) -> None:
    use = use_of(*spans)
    start = FIRST_DAY.toordinal()
    states = [use.state(start + at) for at in range(84)]
    assert [(each.used, each.people) for each in states] == [
        plain_count(spans, at) for at in range(84)
    ]
    assert desks_by_day([use], Days(start, start + 84)) == [each.used for each in states]


@given(spans=st.lists(SPAN, max_size=12))
@settings(max_examples=100, deadline=None)
def test_nobody_shares_a_seat_nor_changes_it_nor_has_one_too_many_while_others_are_free(
    spans: list[tuple[int, int, int, bool]],
) -> None:
    use = use_of(*spans)
    for each in use.holdings:
        assert len(set(each.seats)) == each.desks
        arrived = [seat for other in use.present(each.days.start) for seat in other.seats]
        assert len(set(arrived)) == len(arrived)
        if use.state(each.days.start).used <= use.zone.desks and not _was_over(use, each.days):
            assert max(each.seats) < use.zone.desks


def _was_over(use: ZoneUse, days: Days) -> bool:
    """Tell whether the zone was over-full at any time before."""
    return any(
        use.state(at).used > use.zone.desks for at in range(FIRST_DAY.toordinal(), days.start)
    )


def test_a_zone_is_coloured_by_the_share_of_its_desks() -> None:
    found = {used: level_of(used, 10) for used in (0, 1, 4, 5, 7, 8, 9, 10, 11)}
    assert found == {
        0: Level.EMPTY,
        1: Level.LOW,
        4: Level.LOW,
        5: Level.MEDIUM,
        7: Level.MEDIUM,
        8: Level.HIGH,
        9: Level.HIGH,
        10: Level.FULL,
        11: Level.OVER,
    }


def test_a_zone_without_desks_is_over_full_as_soon_as_somebody_sits_there() -> None:
    assert (level_of(0, 0), level_of(1, 0)) == (Level.NONE, Level.OVER)


def test_square_metres_fill_a_zone_as_well() -> None:
    problem = make_problem(requests=(make_request("ada", area_m2=121),))
    use = use_of_zones(problem, make_plan(make_residency("ada")))[make_zone().id]
    state = use.state(FIRST_DAY.toordinal())
    assert (state.used, state.area_used, state.level) == (1, 121, Level.OVER)


def test_a_reservation_of_square_metres_alone_takes_no_desk() -> None:
    problem = make_problem(reservations=(make_reservation(desks=0, area_m2=40),))
    use = use_of_zones(problem, make_plan())[make_zone().id]
    state = use.state(FIRST_DAY.toordinal())
    assert (state.used, state.area_used, state.level) == (0, 40, Level.EMPTY)


def test_a_zone_is_closed_before_it_opens_in_its_closures_and_after_it_is_given_up() -> None:
    zone = make_zone(
        first_day=day("2026-01-12"),
        last_day=day("2026-03-01"),
        closures=(make_range("2026-02-02", "2026-02-08", name="Paint"),),
    )
    use = use_of_zones(make_problem(zones=(zone,)), make_plan())[zone.id]
    days = ("2026-01-11", "2026-01-12", "2026-02-02", "2026-02-09", "2026-03-01", "2026-03-02")
    assert [use.state(day(each).toordinal()).is_closed for each in days] == [
        True,
        False,
        True,
        False,
        False,
        True,
    ]


def test_open_desks_are_counted_without_closed_zones_once_where_closures_overlap() -> None:
    zone = make_zone(
        desks=5, closures=(make_range("2026-01-06", "2026-01-08"), make_range("2026-01-07"))
    )
    use = use_of_zones(make_problem(zones=(zone,)), make_plan())[zone.id]
    start = FIRST_DAY.toordinal()
    assert capacity_by_day([use], Days(start, start + 6)) == [5, 0, 0, 0, 5, 5]


def test_ranges_that_meet_are_one() -> None:
    assert merged([Days(5, 9), Days(1, 3), Days(3, 4), Days(8, 10)]) == [Days(1, 4), Days(5, 10)]


def test_steps_say_where_values_change() -> None:
    assert steps_of([2, 2, 3, 3, 0]) == [(0, 2), (2, 3), (4, 0)]
    assert steps_of([]) == []


def curve_problem() -> tuple[Problem, tuple[Residency, ...], Reservation]:
    """Return a programme with one stay of ten days and two desks reserved for five."""
    taken = make_reservation(last_day=day("2026-01-09"))
    problem = make_problem(requests=(make_request("ada"),), reservations=(taken,))
    return problem, (make_residency("ada", days=10),), taken


def test_the_curve_says_when_it_is_fullest_and_names_the_months() -> None:
    problem, stays, _ = curve_problem()
    uses = list(use_of_zones(problem, make_plan(*stays)).values())
    curve = draw_curve(uses, days_of(problem.programme), FIRST_DAY.toordinal())
    assert (curve.most, curve.most_day, curve.here) == (3, FIRST_DAY, 0)
    assert [month.day.isoformat() for month in curve.labels] == ["2026-02-01", "2026-03-01"]


def test_the_curve_steps_where_somebody_leaves() -> None:
    problem, stays, _ = curve_problem()
    uses = list(use_of_zones(problem, make_plan(*stays)).values())
    span = days_of(problem.programme)
    # 8 desks stand 94 high; 84 days are 1000 wide: 3 desks for 5 days, 1 for 5 more, then none.
    curve = draw_curve(uses, span, span.start)
    assert curve.used == "M0 100V64.75H59.524V88.25H119.05V100H1000V100Z"
    assert curve.reserved == "M0 100V76.5H59.524V100H1000V100Z"
    assert curve.capacity == "M0 6V6H1000"


def test_stays_and_reservations_are_told_apart() -> None:
    problem, stays, _ = curve_problem()
    (use,) = use_of_zones(problem, make_plan(*stays)).values()
    assert [(each.kind, each.id, each.seats) for each in use.holdings] == [
        (OccupantKind.RESERVATION, "company", (0, 1)),
        (OccupantKind.STAY, "ada", (2,)),
    ]
