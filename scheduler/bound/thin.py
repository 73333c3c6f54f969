"""Some of a huge space's candidates: enough to find prices with, which all then appraise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from scheduler.candidates.candidates import Candidates, Options, Part
from scheduler.candidates.days import Bools, Ints
from scheduler.candidates.quotas import QuotaCount
from scheduler.candidates.space import Space
from scheduler.candidates.worth import Floats, Worth

TIMES = 32
"""Times of each request at first."""

SERVING = 12
"""Of each part, how many could serve at first."""

MORE = 8
"""Times with their best options that a request gains with each appraisal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Which times of a request are kept, and which could serve, as positions, of each part."""

    times: Bools
    serving: Mapping[Part, frozenset[int]]


def keep_some(each: Candidates, generator: Generator) -> Kept:
    """Keep times of all lengths, better ones more often, and some of each part."""
    kept = np.zeros(each.times, dtype=np.bool_)
    rank = np.argsort(np.argsort(-each.points)) / max(each.times, 1)
    kept[np.argsort(rank + generator.random(each.times))[:TIMES]] = True
    serving = {}
    for part, options in each.options.items():
        who = np.unique(options.who)
        serving[part] = frozenset(generator.permutation(who)[:SERVING].tolist())
    return Kept(times=kept, serving=serving)


def keep_more(each: Candidates, kept: Kept, worth: Worth) -> Kept:
    """Keep also the times that are worth the most, and who serves them best."""
    whole = worth.whole(each)
    best = np.argsort(-whole)[:MORE]
    times = kept.times.copy()
    times[best] = True
    rank = np.full(each.times, -1)
    rank[best] = np.arange(len(best))
    serving = {
        part: kept.serving[part] | _best_serving(options, rank, worth.options[part])
        for part, options in each.options.items()
    }
    return Kept(times=times, serving=serving)


def _best_serving(options: Options, rank: Ints, worth: Floats) -> frozenset[int]:
    """Return who serves some times best, one each; ``rank`` numbers these times, -1 elsewhere."""
    number = rank[options.time]
    own = np.flatnonzero(number >= 0)
    number = number[own]
    most = np.full(int(rank.max()) + 1, -np.inf)
    np.maximum.at(most, number, worth[own])
    equal = np.flatnonzero(worth[own] == most[number])
    chosen = np.empty(len(most), dtype=np.int32)
    chosen[number[equal]] = options.who[own[equal]]
    return frozenset(chosen.tolist())


def thin_space(space: Space, kept: Sequence[Kept]) -> Space:
    """Return a space with what is kept; times that a part could not serve any more are left out."""
    candidates, times = [], []
    for each, own in zip(space.candidates, kept, strict=True):
        smaller, left = _thin(each, own)
        candidates.append(smaller)
        times.append(left)
    return replace(
        space,
        candidates=tuple(candidates),
        quotas=tuple(
            (
                quota,
                tuple(
                    QuotaCount(request=count.request, amount=count.amount[times[count.request]])
                    for count in counts
                ),
            )
            for quota, counts in space.quotas
        ),
    )


def _thin(each: Candidates, kept: Kept) -> tuple[Candidates, Ints]:
    times = kept.times.copy()
    masks = {}
    for part, options in each.options.items():
        is_able = np.zeros(int(options.who.max(initial=0)) + 1, dtype=np.bool_)
        is_able[list(kept.serving[part])] = True
        able = is_able[options.who]
        served = np.zeros(each.times, dtype=np.bool_)
        served[options.time[able]] = True
        times &= served
        masks[part] = able
    renumber = np.cumsum(times) - 1
    smaller = replace(
        each,
        site=each.site[times],
        first=each.first[times],
        stop=each.stop[times],
        points=each.points[times],
        options={
            part: replace(
                options,
                who=options.who[mask],
                time=options.time[mask],
                points=options.points[mask],
            ).keep(times, renumber)
            for part, options in each.options.items()
            for mask in (masks[part],)
        },
    )
    return smaller, np.flatnonzero(times)
