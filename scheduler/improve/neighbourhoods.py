"""Neighbourhoods of a plan: requests to free together, and the times that they may choose among."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from scheduler.candidates.candidates import Candidates, Part, Way
from scheduler.candidates.days import Bools, Ints
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import Space
from scheduler.candidates.worth import Floats, Worth
from scheduler.improve.chooser import USED, Chooser, Kind

FREED = 16
"""Requests that a step frees at first; quick steps make it more and slow ones fewer."""

MOST, FEWEST = 96, 8

FREED_BY_RELAXATION, MOST_BY_RELAXATION = 96, 600
"""The same where the few times that a relaxation uses are all the choice there is."""

TIMES = 30
"""Times that a freed request may choose among in one step."""

QUICK, SLOW = 0.1, 0.3
"""Seconds within which a step is quick, and after which it is slow, while plans get better."""

STALE, MOST_PATIENT = 25, 6.0
"""Steps in vain that make it worth to wait that much longer for a step, and how much at most."""

LARGER, SMALLER = 1.05, 0.85

MEMORY = 0.9
"""Share of what a kind has gained that still counts after one more step of it."""

LEAST = 0.08
"""Share of steps that every kind gets at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """Requests to free, and the times that each may choose among, (times,); and of which kind."""

    kind: str
    requests: Sequence[int]
    keep: Sequence[Bools]


class Neighbourhoods:
    """Chooses what to free, of the kinds that have gained the most a second more often."""

    def __init__(self, space: Space, worth: Sequence[Worth] | None = None) -> None:
        """Find out who has any choice; ``worth`` says what candidates are worth under prices."""
        self._space = space
        self._worth = worth
        self._shares: Sequence[Floats] | None = None
        self._whole: dict[int, Floats] = {}
        self._movable = np.array([_has_choice(each) for each in space.candidates], dtype=np.bool_)
        self._rate = dict.fromkeys(self._kinds(), 0.0)
        self._size = dict.fromkeys(self._rate, float(FREED))
        self._in_vain = 0

    @property
    def movable(self) -> list[int]:
        """Requests that could be anywhere else, or left out."""
        return [int(each) for each in np.flatnonzero(self._movable)]

    def heed(self, worth: Sequence[Worth] | None, shares: Sequence[Floats] | None) -> None:
        """Take better prices, and what share of each time the best solution of a relaxation uses.

        A new solution is worth a try.
        """
        self._worth = worth
        self._whole.clear()
        if shares is not None and shares is not self._shares:
            self._shares = shares
            self._rate[Kind.RELAXATION] = max(self._rate.values())
            self._size.setdefault(Kind.RELAXATION, FREED_BY_RELAXATION)

    def choose(
        self, occupancy: Occupancy, busy: Collection[int], generator: Generator
    ) -> Neighbourhood | None:
        """Return requests to free that are not busy, None where there are none."""
        free = self._movable.copy()
        free[list(busy)] = False
        if not free.any():
            return None
        kind = self._kind(generator)
        chooser = Chooser(occupancy, free, round(self._size[kind]), generator, self._shares)
        requests = chooser.of_kind(kind)
        if len(requests) <= 1:
            kind, requests = Kind.DAYS, chooser.of_kind(Kind.DAYS)
        keep = [
            self._times(kind, request, occupancy.ways.get(request), generator)
            for request in requests
        ]
        return Neighbourhood(kind=kind, requests=requests, keep=keep)

    def learn(self, kind: str, gain: int, seconds: float) -> None:
        """Take what a step of some kind has gained, and how long it took."""
        known = Kind(kind)
        self._rate[known] *= MEMORY
        self._rate[known] += (1 - MEMORY) * gain / max(seconds, 1e-3)
        self._in_vain = 0 if gain > 0 else self._in_vain + 1
        patience = min(1 + self._in_vain / STALE, MOST_PATIENT)
        if seconds <= QUICK * patience:
            most = MOST_BY_RELAXATION if known is Kind.RELAXATION else MOST
            self._size[known] = min(self._size[known] * LARGER, most)
        elif seconds >= SLOW * patience:
            self._size[known] = max(self._size[known] * SMALLER, FEWEST)

    def _kinds(self) -> list[Kind]:
        """Return the kinds that a problem has."""
        parts = {part for each in self._space.candidates for part in each.options}
        without = {
            Kind.HOST: Part.HOST not in parts,
            Kind.POOL: Part.POOL not in parts,
            Kind.COLLABORATION: not self._space.problem.collaborations,
            Kind.RELAXATION: True,
        }
        return [kind for kind in Kind if not without.get(kind, False)]

    def _kind(self, generator: Generator) -> Kind:
        kinds = list(self._rate)
        rates = np.array([self._rate[kind] for kind in kinds]) + 1e-9
        shares = LEAST + (1 - LEAST * len(kinds)) * rates / rates.sum()
        return kinds[int(generator.choice(len(kinds), p=shares / shares.sum()))]

    def _times(self, kind: Kind, request: int, way: Way | None, generator: Generator) -> Bools:
        """Return which times a request may choose among, always the present one, (times,)."""
        if kind is Kind.RELAXATION and self._shares is not None:
            keep = self._shares[request] > USED
        else:
            keep = self._good_times(request, generator)
        if way is not None:
            keep[way.time] = True
        return keep

    def _good_times(self, request: int, generator: Generator) -> Bools:
        """Choose times at random, better ones more often, (times,).

        What is better differs: more points, fewer days, less loss under prices.
        """
        each = self._space.candidates[request]
        if each.times <= TIMES:
            return np.ones(each.times, dtype=np.bool_)
        sides: list[Ints | Floats] = [each.points, each.first - each.stop]
        if self._worth is not None:
            sides.append(self._priced(request, self._worth[request]))
        worth = sides[int(generator.integers(len(sides)))]
        rank = np.argsort(np.argsort(-worth)) / each.times
        keep = np.zeros(each.times, dtype=np.bool_)
        keep[np.argsort(rank + generator.random(each.times))[:TIMES]] = True
        return keep

    def _priced(self, request: int, worth: Worth) -> Floats:
        """Return what a request's times are worth under prices, (times,); worked out once."""
        if request not in self._whole:
            self._whole[request] = worth.whole(self._space.candidates[request])
        return self._whole[request]


def _has_choice(each: Candidates) -> bool:
    """Tell whether a request could be anywhere else, or left out."""
    is_decided = each.required and each.size == 1 + len(each.options)
    return each.times > 0 and not is_decided
