"""The stability curve as a picture: numbers for inline SVG, and its points in words."""

from __future__ import annotations

import math
from dataclasses import dataclass

from flask_babel import format_decimal, ngettext, pgettext
from flask_babel import gettext as _

from web.use_cases.views.branch_curve import CurvePointView, CurveView

WIDTH, HEIGHT, LEFT, TOP, BOTTOM, RIGHT = 720, 300, 84, 16, 34, 40
MOST_TICKS = 5
MOST_OF_IT = 0.8
"""The share of the whole gain from which on a number of changes is worth naming."""

FLAT = 50
"""Points above and below a curve that is flat."""

STEPS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A point of the curve on the picture."""

    point: CurvePointView
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A line across the picture at a number of points."""

    value: int
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePicture:
    """The curve: the line of best plans, and the band up to what is proven impossible."""

    width: int
    height: int
    left: int
    ticks: tuple[Tick, ...]
    dots: tuple[Dot, ...]
    line: str
    band: str


def draw_curve(view: CurveView) -> CurvePicture:
    """Return the picture of a curve; points without a plan are left out."""
    points = [point for point in view.points if point.objective is not None]
    tops = [max(point.bound or 0, point.objective or 0) for point in points]
    low = min((point.objective or 0 for point in points), default=0)
    high = max(tops, default=1)
    if high == low:
        low, high = low - FLAT, high + FLAT
    step = _step(max(high - low, 1))
    floor, ceiling = math.floor(low / step) * step, math.ceil(high / step) * step or step
    ceiling = max(ceiling, floor + step)

    def down(value: int) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (ceiling - value) / (ceiling - floor), 1)

    gap = (WIDTH - LEFT - 2 * RIGHT) / max(1, len(points) - 1)
    across = [round(LEFT + RIGHT + number * gap, 1) for number in range(len(points))]
    dots = tuple(
        Dot(point=point, x=x, y=down(point.objective or 0))
        for point, x in zip(points, across, strict=True)
    )
    above = [f"{x},{down(top)}" for x, top in zip(across, tops, strict=True)]
    below = [f"{dot.x},{dot.y}" for dot in dots]
    return CurvePicture(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        ticks=tuple(Tick(value=at, y=down(at)) for at in range(floor, ceiling + 1, step)),
        dots=dots,
        line=" ".join(below),
        band=" ".join([*above, *reversed(below)]),
    )


def say_changes(point: CurvePointView) -> str:
    """Say how many changes a point allows."""
    if point.changes is None:
        return str(pgettext("changes", "any number"))
    if point.changes == 0:
        return str(pgettext("changes", "none"))
    return str(format_decimal(point.changes))


def say_point(point: CurvePointView) -> str:
    """Say a point of the curve."""
    said = {"changes": say_changes(point), "points": format_decimal(point.objective or 0)}
    return str(_("Changes allowed: %(changes)s; points: %(points)s", **said))


def name_point(point: CurvePointView) -> str:
    """Return a name for the what-if of a point."""
    if point.changes is None:
        return str(_("Any number of changes"))
    if point.changes == 0:
        return str(_("No change"))
    return str(ngettext("At most %(num)s change", "At most %(num)s changes", point.changes))


def say_curve(view: CurveView) -> str:
    """Say in a sentence what changes bring."""
    known = [point for point in view.points if point.objective is not None]
    if not known:
        return str(_("No plan was found in time."))
    first, last = known[0], known[-1]
    gain = (last.objective or 0) - (first.objective or 0)
    if gain <= 0:
        return str(_("More changes bring nothing: the plan is as good with hardly any."))
    worth = next(
        point
        for point in known
        if (point.objective or 0) - (first.objective or 0) >= MOST_OF_IT * gain
    )
    if worth.changes is None:
        said = {"points": format_decimal(gain)}
        return str(_("Only many changes bring something: %(points)s points at most.", **said))
    part = format_decimal((worth.objective or 0) - (first.objective or 0))
    return str(
        ngettext(
            "%(num)s change brings %(part)s of the %(points)s points that are possible.",
            "%(num)s changes bring %(part)s of the %(points)s points that are possible.",
            worth.changes,
            part=part,
            points=format_decimal(gain),
        )
    )


def _step(span: int) -> int:
    """Return a round distance between ticks."""
    power = int(10 ** max(0, math.floor(math.log10(span)) - 1))
    steps = (factor * power * scale for scale in (1, 10) for factor in STEPS)
    return next(step for step in steps if span / step <= MOST_TICKS)
