"""The chart of desks by week as numbers, for inline SVG that needs no script."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from web.use_cases.views.overview import Series, WeeksView

MOST_LABELS = 10
"""How many months are named below the chart; of more, every third, sixth or twelfth is."""

STEPS = (1, 3, 6, 12)

MOST_LEVELS = 5
"""How many lines are drawn above the ground."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """The area below the upper edge of a layer, which those before it cover in part."""

    series: Series
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A month or a number of desks, and how far along the axis it is, of 100."""

    at: float
    month: dt.date
    desks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeksChart:
    """Paths in a box that is a week wide for each week, and as high as the most desks.

    ``layers`` are in the order in which they are painted, the topmost one first.
    """

    weeks: int
    top: int
    layers: tuple[Layer, ...]
    capacity: str
    months: tuple[Tick, ...]
    levels: tuple[Tick, ...]


def build_weeks_chart(view: WeeksView) -> WeeksChart:
    """Return the chart of desks by week."""
    step, top = _levels(max([1.0, *view.capacity, *view.used]))
    return WeeksChart(
        weeks=len(view.first_days),
        top=top,
        layers=tuple(_layers(view, top))[::-1],
        capacity=_edge(view.capacity, top),
        months=tuple(_months(view.first_days)),
        levels=tuple(
            Tick(at=round(100 - 100 * desks / top, 2), month=view.first_days[0], desks=desks)
            for desks in range(0, top + 1, step)
        ),
    )


def _layers(view: WeeksView, top: int) -> Iterator[Layer]:
    sums = accumulate((each.desks for each in view.layers), _on_top)
    for series, upper in zip(view.layers, sums, strict=True):
        edge = _edge(upper, top).replace("M0 ", f"M0 {top}V", 1)
        yield Layer(series=series, path=f"{edge}V{top}Z")


def _on_top(below: tuple[float, ...], desks: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(one + other for one, other in zip(below, desks, strict=True))


def _edge(values: Sequence[float], top: int) -> str:
    """Return the path along the top of the weeks' columns."""
    parts = [f"V{_short(top - value)}H{week}" for week, value in enumerate(values, start=1)]
    return "M0 " + "".join(parts).removeprefix("V")


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _months(first_days: Sequence[dt.date]) -> Iterator[Tick]:
    begins = [
        (week, day)
        for week, day in enumerate(first_days)
        if week == 0 or day.month != first_days[week - 1].month
    ]
    count = len(begins)
    step = next((each for each in STEPS if count / each <= MOST_LABELS), STEPS[-1])
    for week, day in begins:
        if (day.month - 1) % step == 0:
            at = round(100 * week / len(first_days), 2)
            yield Tick(at=at, month=day.replace(day=1), desks=0)


def _levels(most: float) -> tuple[int, int]:
    """Return how many desks lie between two levels, and how many are at the highest."""
    power = 10 ** max(0, math.floor(math.log10(most / MOST_LEVELS)))
    step = next(power * part for part in (1, 2, 5, 10) if most <= power * part * MOST_LEVELS)
    return step, math.ceil(most / step) * step
