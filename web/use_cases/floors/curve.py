"""Desks in use over the whole programme, as a thin picture above the date slider."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from scheduler.problem.types import Days, day_of
from web.use_cases.floors.occupancy import ZoneUse, capacity_by_day, desks_by_day, steps_of
from web.use_cases.months import days_of_month, first_of_month
from web.use_cases.views.floors import CurvePoint, CurveView, OccupantKind

WIDTH, HEIGHT, HEAD = 1000, 100, 6
MOST_LABELS = 8


def draw_curve(uses: Sequence[ZoneUse], span: Days, day: int) -> CurveView:
    """Return the curve of some zones over a span, and where a day lies on it."""
    used, capacity = desks_by_day(uses, span), capacity_by_day(uses, span)
    reserved = desks_by_day(uses, span, (OccupantKind.RESERVATION,))
    top = max(1, *used, *capacity)
    most = max(used)
    months = _months(span)
    every = -(-len(months) // MOST_LABELS)
    return CurveView(
        used=f"M0 {HEIGHT}{_path(used, top)}V{HEIGHT}Z",
        reserved=f"M0 {HEIGHT}{_path(reserved, top)}V{HEIGHT}Z",
        capacity=f"M0 {_height(capacity[0], top)}{_path(capacity, top)}",
        most=most,
        most_day=day_of(span.start + used.index(most)),
        months=tuple(months),
        labels=tuple(months[::every]),
        here=_share(span, day),
    )


def _path(values: Sequence[int], top: int) -> str:
    """Return steps to the right: up or down where a value changes, else on."""
    steps = steps_of(values)
    stops = [at for at, _ in steps[1:]] + [len(values)]
    return "".join(
        f"V{_height(value, top)}H{WIDTH * stop / len(values):.5g}"
        for (_, value), stop in zip(steps, stops, strict=True)
    )


def _height(value: int, top: int) -> str:
    return f"{HEIGHT - (HEIGHT - HEAD) * value / top:.4g}"


def _months(span: Days) -> list[CurvePoint]:
    """Return the months that begin within a span."""
    found = []
    month: dt.date = first_of_month(day_of(span.start))
    while month.toordinal() < span.stop:
        if month.toordinal() >= span.start:
            found.append(CurvePoint(day=month, share=_share(span, month.toordinal())))
        month = day_of(days_of_month(month).stop)
    return found


def _share(span: Days, day: int) -> float:
    """Return where a day lies on the slider, whose ends are the first and the last day."""
    return round((day - span.start) / max(1, span.stop - 1 - span.start), 5)
