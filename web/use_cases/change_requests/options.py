"""What a researcher could have instead of the published stay: few, different, near to the wish."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from scheduler.candidates.candidates import Part
from scheduler.candidates.days import Bools
from scheduler.candidates.times import Times
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.types import Days, ZoneId
from web.use_cases.change_requests.kinds import Kind
from web.use_cases.change_requests.published import Answers, Asking, Offered

MOST = 3
"""So many options are shown of a kind."""

MOST_PLACES = 6
"""So many floors are shown, which is what somebody chooses from."""

TARGETS = (7, 14, 28)
"""By so many days stays are wished earlier, later, shorter or longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """Days that somebody picked: the stay then, or what is nearest to them."""

    stay: Residency | None
    nearest: tuple[Residency, ...]


def find_options(problem: Problem, asking: Asking, *, today: dt.date) -> Offered:
    """Return what a published stay could be instead, all verified; a stay never begins in the past.

    A kind without options has none as the published plan stands.
    """
    told, length = asking.told.days, asking.length

    def wanted(times: Times) -> Bools:
        like_it = (times.stop - times.first == length) | (times.first == told.start)
        return np.asarray((like_it | (times.stop == told.stop)) & _to_come(times, today))

    answers = asking.look(wanted)
    possible = sorted(answers.days)
    as_long = [days for days in possible if days.stop - days.start == length]
    others = [days for days in possible if days.stop - days.start != length]
    found = {
        Kind.LATER: _chosen(answers, as_long, lambda days: days.start - told.start),
        Kind.EARLIER: _chosen(answers, as_long, lambda days: told.start - days.start),
        Kind.SHORTER: _chosen(answers, others, lambda days: length - (days.stop - days.start)),
        Kind.LONGER: _chosen(answers, others, lambda days: days.stop - days.start - length),
        Kind.PLACE: tuple(islice(_places(problem, answers), MOST_PLACES)),
        Kind.HOST: tuple(islice(_hosts(answers), MOST)),
    }
    if asking.told.host is None:
        del found[Kind.HOST]
    return found


def pick_days(asking: Asking, days: Days, *, today: dt.date) -> Picked:
    """Return the stay on some days, and what is nearest to them where there is none."""
    length, told = days.stop - days.start, asking.told

    def wanted(times: Times) -> Bools:
        like_it = (times.stop - times.first == length) | (times.first == days.start)
        return np.asarray(like_it & _to_come(times, today))

    answers = asking.look(wanted)
    stay = answers.find(days)
    if stay is not None or days == told.days:
        return Picked(stay=stay, nearest=())
    possible = answers.days - {told.days}
    as_long = [each for each in possible if each.stop - each.start == length]
    as_soon = [each for each in possible if each.start == days.start]
    before = [each for each in as_long if each.start < days.start]
    after = [each for each in as_long if each.start > days.start]

    def how_far(each: Days) -> tuple[int, int]:
        return abs(each.start - days.start) + abs(each.stop - days.stop), each.start

    ranked = (sorted(some, key=how_far) for some in (before, after, as_soon))
    found = {_first_found(answers, some) for some in ranked} - {None}
    nearest = sorted((one for one in found if one is not None), key=lambda one: how_far(one.days))
    return Picked(stay=None, nearest=tuple(nearest))


def _to_come(times: Times, today: dt.date) -> Bools:
    return np.asarray(times.first > today.toordinal())


def _chosen(
    answers: Answers, possible: Iterable[Days], more: Callable[[Days], int]
) -> tuple[Residency, ...]:
    """Return stays by about as many days more as are usually wished, and the nearest others.

    ``more`` says by how many days some days are more of what is wished; no two stays are more by
    the same. Those that begin when the published stay does are preferred.
    """
    begins = answers.asking.told.days.start
    of_kind = [days for days in possible if more(days) > 0]
    chosen: dict[int, Residency] = {}

    def take(days: Days) -> bool:
        """Take days if they are new and verified, and tell whether that is done."""
        amount = more(days)
        stay = None if amount in chosen else answers.find(days)
        if stay is not None:
            chosen[amount] = stay
        return amount in chosen

    for target in TARGETS:
        near = sorted(of_kind, key=lambda days: (abs(more(days) - target), days.start != begins))
        next(filter(take, near), None)
    for days in sorted(of_kind, key=lambda days: (more(days), days.start != begins)):
        if len(chosen) == MOST:
            break
        take(days)
    return tuple(chosen[amount] for amount in sorted(chosen))


def _places(problem: Problem, answers: Answers) -> Iterator[Residency]:
    """Yield the best place of each other floor on exactly these days, then others of its own."""
    told = answers.asking.told
    seen: set[str] = set()
    near: list[str] = []
    for zone in answers.others(Part.ZONE, told.days):
        floor = problem.zone[ZoneId(zone)].floor
        if floor == problem.zone[told.zone].floor:
            near.append(zone)
        elif floor not in seen:
            stay = answers.find(told.days, zone=zone)
            if stay is not None:
                seen.add(floor)
                yield stay
    found = (answers.find(told.days, zone=zone) for zone in near)
    yield from (stay for stay in found if stay is not None)


def _hosts(answers: Answers) -> Iterator[Residency]:
    """Yield stays on exactly these days with other hosts, those preferred first."""
    days = answers.asking.told.days
    found = (answers.find(days, host=host) for host in answers.others(Part.HOST, days))
    yield from (stay for stay in found if stay is not None)


def _first_found(answers: Answers, ranked: Iterable[Days]) -> Residency | None:
    found = map(answers.find, ranked)
    return next((stay for stay in found if stay is not None), None)
