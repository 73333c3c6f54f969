"""Spans of days say what day by day would say, in fewer rows."""

from __future__ import annotations

import numpy as np
import pytest

from scheduler.candidates.resources import Demand
from scheduler.candidates.spans import Intervals, Span, binding_spans

DAYS = 20


def intervals(amount: int, *days: tuple[int, int]) -> Intervals:
    """Return a demand that could be made from a first day up to a stop."""
    demand = Demand(resource=0, request=0, part=None, who=-1, amount=amount)
    first, stop = (np.array(each, dtype=np.int64) for each in zip(*days, strict=True))
    return Intervals(demand=demand, first=first, stop=stop)


def random_intervals(generator: np.random.Generator) -> Intervals:
    """Return a demand of one to four possible times."""
    times = []
    for _ in range(generator.integers(1, 5)):
        first, stop = sorted(generator.choice(DAYS + 1, 2, replace=False).tolist())
        times.append((first, stop))
    return intervals(int(generator.integers(1, 4)), *times)


def taken_on(day: int, users: list[Intervals], chosen: list[int]) -> int:
    """Return what is taken on a day where each user comes at a time, or not at all (-1)."""
    return sum(
        each.demand.amount
        for each, time in zip(users, chosen, strict=True)
        if time >= 0 and each.first[time] <= day < each.stop[time]
    )


@pytest.mark.parametrize("seed", range(150))
def test_who_keeps_to_the_spans_keeps_to_every_day(seed: int) -> None:
    generator = np.random.default_rng(seed)
    users = [random_intervals(generator) for _ in range(4)]
    steps = generator.integers(0, 6, DAYS // 4)
    capacity = np.repeat(steps, 4).astype(np.int64)
    spans = binding_spans(capacity, users)

    for _ in range(60):
        chosen = [int(generator.integers(-1, len(each.first))) for each in users]
        by_day = all(taken_on(day, users, chosen) <= capacity[day] for day in range(DAYS))
        by_span = all(taken_on(span.start, users, chosen) <= span.capacity for span in spans)
        assert by_span == by_day


def test_two_who_share_a_day_need_one_row() -> None:
    capacity = np.ones(7, dtype=np.int64)

    spans = binding_spans(capacity, [intervals(1, (0, 4)), intervals(1, (3, 7))])

    assert spans == [Span(start=3, length=1, capacity=1)]


def test_two_who_never_meet_need_no_row() -> None:
    capacity = np.ones(7, dtype=np.int64)

    assert binding_spans(capacity, [intervals(1, (0, 3)), intervals(1, (3, 7))]) == []


def test_what_nobody_demands_needs_no_row() -> None:
    assert binding_spans(np.zeros(7, dtype=np.int64), []) == []


def test_the_tightest_of_days_that_nobody_separates_stands_for_all() -> None:
    capacity = np.array([3, 3, 1, 3, 2, 2, 3], dtype=np.int64)

    spans = binding_spans(capacity, [intervals(2, (0, 7)), intervals(2, (0, 7))])

    assert [(span.start, span.length, span.capacity) for span in spans] == [(2, 1, 1), (4, 2, 2)]


def test_days_that_a_time_covers_are_found() -> None:
    each = intervals(1, (0, 3), (2, 5))

    assert [each.covering(day).tolist() for day in range(6)] == [[0], [0], [0, 1], [1], [1], []]
