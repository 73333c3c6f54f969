"""Desks by week: how many visitors use, by track or by site, and how many are open to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request, Residency
from scheduler.problem.types import Days, day_of, days_of, text_in
from web.use_cases.names import Names
from web.use_cases.views.overview import Series, StackBy, WeeksView

WEEK = 7

MOST_LAYERS = 7
"""How many tracks or sites are told apart; the rest is one layer."""

OTHERS = "others"
"""The layer that is neither a track nor a site."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Weeks:
    """Desks in use in the middle of each week, (weeks,), by track's and by site's id.

    ``capacity`` is what is open and not reserved.
    """

    starts: tuple[int, ...]
    stops: tuple[int, ...]
    by: dict[StackBy, dict[str, Floats]]
    capacity: Floats


def count_weeks(problem: Problem, plan: Plan) -> Weeks:
    """Count desks by week, from the Monday of the programme's first one on."""
    span = days_of(problem.programme)
    cuts = [span.start, *range(_next_monday(span.start), span.stop, WEEK)]
    count = _Counter(span, cuts)
    site_of = problem.site_of_zone
    return Weeks(
        starts=tuple(cuts),
        stops=(*cuts[1:], span.stop),
        by={
            StackBy.TRACK: count.grouped(problem, plan, lambda request, _: request.track),
            StackBy.SITE: count.grouped(problem, plan, lambda _, stay: site_of[stay.zone]),
        },
        capacity=np.maximum(count.weekly(_free_desks(problem, span)), 0),
    )


def view_weeks(names: Names, weeks: Weeks, by: StackBy, today: dt.date) -> WeeksView:
    """Return what the chart shows, the fullest layers below."""
    grouped = sorted(weeks.by[by].items(), key=lambda each: (-float(each[1].sum()), each[0]))
    layers = [_series(names, by, at, *each) for at, each in enumerate(grouped[:MOST_LAYERS])]
    if grouped[MOST_LAYERS:]:
        rest = np.sum([each for _, each in grouped[MOST_LAYERS:]], axis=0)
        layers.append(_layer(OTHERS, MOST_LAYERS, rest))
    used = np.sum([np.zeros_like(weeks.capacity), *weeks.by[by].values()], axis=0)
    now = today.toordinal()
    at_now = [at for at, week in enumerate(_spans(weeks)) if now in week]
    return WeeksView(
        by=by,
        first_days=tuple(day_of(start) for start in weeks.starts),
        last_days=tuple(day_of(stop - 1) for stop in weeks.stops),
        layers=tuple(layers),
        capacity=tuple(weeks.capacity.tolist()),
        used=tuple(used.tolist()),
        today=at_now[0] if at_now else None,
    )


class _Counter:
    """Sums amounts over days, and takes the mean of each week."""

    def __init__(self, span: Days, cuts: Sequence[int]) -> None:
        self._span = span
        self._cuts = np.array(cuts) - span.start

    def weekly(self, amounts: Iterable[tuple[Days, int]]) -> Floats:
        """Return the mean of each week of what is there on its days, (weeks,)."""
        span, size = self._span, self._span.stop - self._span.start
        rows = [(each.start, each.stop, amount) for each, amount in amounts]
        first, stop, amount = np.array(rows, dtype=np.int64).reshape(len(rows), 3).T
        change = np.zeros(size + 1)
        np.add.at(change, np.clip(first - span.start, 0, size), amount)
        np.subtract.at(change, np.clip(stop - span.start, 0, size), amount)
        by_day = np.cumsum(change)[:-1]
        lengths = np.diff(self._cuts, append=size)
        return np.asarray(np.add.reduceat(by_day, self._cuts) / lengths)

    def grouped(
        self, problem: Problem, plan: Plan, key: Callable[[Request, Residency], str]
    ) -> dict[str, Floats]:
        """Return the same for the stays of each group."""
        groups: dict[str, list[tuple[Days, int]]] = {}
        for stay in plan.residencies:
            request = problem.request[stay.request]
            groups.setdefault(key(request, stay), []).append((stay.days, request.desks))
        return {name: self.weekly(stays) for name, stays in groups.items()}


def _free_desks(problem: Problem, span: Days) -> Iterable[tuple[Days, int]]:
    """Yield the desks of each zone through its own days, and less while it is closed or taken."""
    yield from ((days_of(each), -each.desks) for each in problem.reservations)
    for zone in problem.zones:
        own = days_of(zone)
        yield own, zone.desks
        closed: set[int] = set()
        for closure in zone.closures:
            days = days_of(closure)
            begin, end = max(days.start, own.start, span.start), min(days.stop, own.stop, span.stop)
            closed.update(range(begin, end))
        for day in closed:
            yield Days(day, day + 1), -zone.desks


def _spans(weeks: Weeks) -> Iterable[Days]:
    return (Days(*each) for each in zip(weeks.starts, weeks.stops, strict=True))


def _next_monday(day: int) -> int:
    return day + WEEK - day_of(day).weekday()


def _series(names: Names, by: StackBy, position: int, key: str, desks: Floats) -> Series:
    if by is StackBy.TRACK:
        track = next(each for each in names.problem.tracks if each.id == key)
        name, colour = text_in(track.name, names.language), track.colour
    else:
        site = next(each for each in names.problem.sites if each.id == key)
        name, colour = text_in(site.name, names.language), None
    return Series(name=name, position=position, colour=colour, desks=tuple(desks.tolist()))


def _layer(name: str, position: int, desks: Floats) -> Series:
    return Series(name=name, position=position, colour=None, desks=tuple(desks.tolist()))
