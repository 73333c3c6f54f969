"""What places have in common: a capacity on every day, and days on which they are open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Protocol

from scheduler.problem.types import DayRange, Days, Ranged, days_of
from scheduler.rules import Rule
from scheduler.verify.stays import ByDay, Stay, spells
from scheduler.verify.violation import Violation, spell_days, spell_ids, spell_opening


def check_capacity(
    rule: Rule,
    *,
    place: str,
    unit: str,
    by_day: ByDay,
    capacity: int,
    load_of: Callable[[Stay], int],
    taken: Mapping[int, int] = MappingProxyType({}),
) -> Iterator[Violation]:
    """Yield a violation for every spell of days on which the load is above the capacity.

    ``taken`` is what is there on some days besides the stays.
    """
    overfull = {}
    summed: list[Stay] = []
    load = 0
    for day, present in by_day.items():
        if present is not summed:
            summed, load = present, sum(map(load_of, present))
        whole = load + taken.get(day, 0)
        if whole > capacity:
            overfull[day] = whole, tuple(stay.id for stay in present)
    for days, (load, requests) in spells(overfull):
        text = (
            f"{place} has {load} {unit} {spell_days(days)}, of at most {capacity}, "
            f"with {spell_ids(requests)}."
        )
        yield Violation(rule=rule, requests=requests, text=text)


class Place(Ranged, Protocol):
    """Whatever is open between two days, either of which may be unknown, but for closures."""

    @property
    def closures(self) -> tuple[DayRange, ...]:
        """Days on which it is closed."""


def closed_days(place: Place, days: Days) -> Iterator[str]:
    """Yield in words when a place is open or closed, where it is not open on all of the days."""
    if not days_of(place).covers(days):
        yield spell_opening(place)
    for closure in place.closures:
        if days.common(days_of(closure)):
            yield f"closed {spell_days(days_of(closure))}"


def common_days(one: Days, other: Days) -> Days | None:
    """Return the days that two ranges share, or None if there is none."""
    if not one.common(other):
        return None
    return Days(max(one.start, other.start), min(one.stop, other.stop))
