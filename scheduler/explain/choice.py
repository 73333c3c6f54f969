"""The best way of a request, among those that lack nothing or only what may be lacking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from scheduler.candidates.candidates import Candidates, Options, Part
from scheduler.candidates.days import Bools, Ints
from scheduler.explain.lacks import Lack, Others, find_lacks
from scheduler.explain.setting import Setting
from scheduler.explain.worth import near_partners, towards_quotas
from scheduler.problem.requests import Residency
from scheduler.problem.types import day_of
from scheduler.rules import Rule

MayLack = Callable[[Lack], bool]
"""Tells of what is lacking whether a way may do without."""


def nothing(_: Lack) -> bool:
    """Let nothing be lacking."""
    return False


def anything(_: Lack) -> bool:
    """Let anything be lacking."""
    return True


def only(rule: Rule) -> MayLack:
    """Let only that be lacking which one rule asks for."""
    return lambda lack: lack.rule is rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """Some of a request's candidates: times, (times,), and options of parts, (options,).

    Of a part that is not named every option is meant.
    """

    times: Bools
    options: Mapping[Part, Bools]


def everything(each: Candidates) -> Mask:
    """Return the mask of all candidates."""
    return Mask(times=np.ones(each.times, dtype=np.bool_), options={})


def kept(each: Candidates, mask: Mask) -> Candidates:
    """Return the candidates of a mask alone."""
    options = {
        part: own if part not in mask.options else _chosen(own, mask.options[part])
        for part, own in each.options.items()
    }
    times = mask.times.copy()
    for own in options.values():
        times &= np.isin(np.arange(each.times), own.time)
    renumber = np.cumsum(times) - 1
    return replace(
        each,
        site=each.site[times],
        first=each.first[times],
        stop=each.stop[times],
        points=each.points[times],
        options={part: own.keep(times, renumber) for part, own in options.items()},
    )


def _chosen(options: Options, mask: Bools) -> Options:
    return Options(who=options.who[mask], time=options.time[mask], points=options.points[mask])


def is_open(each: Candidates, mask: Mask) -> bool:
    """Tell whether a mask leaves any way."""
    return kept(each, mask).times > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A way to place a request, its points beside the others, and what it lacks."""

    time: int
    residency: Residency
    points: int
    lacking: tuple[Lack, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Best:
    """By time: the best option of a part, with how much it lacks; -1 where there is none."""

    option: Ints
    lacking: Ints
    amount: Ints
    points: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class _Totals:
    """By time: whether it is open, how much it lacks, its points, and the options chosen."""

    is_open: Bools
    lacking: Ints
    amount: Ints
    points: Ints
    options: Mapping[Part, Ints]


class Beside:
    """One request's candidates beside the residencies of all others but some."""

    def __init__(self, setting: Setting, each: Candidates, without: Others = ()) -> None:
        """Work out what the candidates lack and what they are worth."""
        self.setting = setting
        self.each = near_partners(setting, each, without)
        self.points = self.each.points + towards_quotas(setting, each, without)
        self.lacks = find_lacks(setting, each, without)

    def choose(self, mask: Mask | None = None, may_lack: MayLack = nothing) -> Choice | None:
        """Return the best way: the fewest things lacking, then the least of them, then by points.

        What it lacks is of the rules named; None where every way lacks something else.
        """
        totals = self._totals(mask or everything(self.each), may_lack)
        times = np.flatnonzero(totals.is_open)
        if not len(times):
            return None
        order = np.lexsort((-totals.points[times], totals.amount[times], totals.lacking[times]))
        time = int(times[order[0]])
        options = {part: int(option[time]) for part, option in totals.options.items()}
        return self._choice(time, int(totals.points[time]), options)

    def lacking_at(self, mask: Mask) -> Ints:
        """Return how many things are lacking at each time, wherever it is best, (times,)."""
        return self._totals(mask, anything).lacking

    def blocked(self, lack: Lack, mask: Mask) -> Bools:
        """Return the times of a mask at which some way lacks a thing, (times,)."""
        times = mask.times & (lack.missing > 0)
        if lack.part is None:
            return times
        options = self.each.options[lack.part]
        own = (options.who == lack.who) & mask.options.get(lack.part, np.True_)
        return np.asarray(times & np.isin(np.arange(len(times)), options.time[own]))

    def fitting(self, mask: Mask | None = None, may_lack: MayLack = nothing) -> Mask:
        """Return the candidates of a mask that lack nothing but what may be lacking."""
        each, mask = self.each, mask or everything(self.each)
        _, _, times = self._of_times(mask, may_lack)
        options = {}
        for part, own in each.options.items():
            options[part] = self._of_options(part, own, mask, may_lack)[2]
            times &= np.isin(np.arange(each.times), own.time[options[part]])
        return Mask(times=times, options=options)

    def mask_of(self, choice: Choice) -> Mask:
        """Return the very way that was chosen."""
        positions = self.setting.tables.positions
        options = {
            part: own.who == positions[part][getattr(choice.residency, part.value)]
            for part, own in self.each.options.items()
        }
        return Mask(times=np.arange(self.each.times) == choice.time, options=options)

    def points_of(self, residency: Residency) -> int:
        """Return what a residency of the request is worth beside the others."""
        each, problem = self.each, self.setting.problem
        days = residency.days
        site = problem.slot[residency.slot].site
        sites = np.array([item.id == site for item in problem.sites], dtype=np.bool_)
        times = np.flatnonzero(
            (each.first == days.start) & (each.stop == days.stop) & sites[each.site]
        )
        points = int(self.points[times[0]])
        for part, options in each.options.items():
            who = self.setting.tables.positions[part][getattr(residency, part.value)]
            points += options.points_at(who, int(times[0]))
        return points

    def _totals(self, mask: Mask, may_lack: MayLack) -> _Totals:
        """Return what each time lacks and is worth with the best option of every part."""
        lacking, amount, is_open = self._of_times(mask, may_lack)
        points = self.points.copy()
        chosen: dict[Part, Ints] = {}
        for part, options in self.each.options.items():
            best = self._best_options(part, options, mask, may_lack)
            is_open &= best.option >= 0
            lacking += best.lacking
            amount += best.amount
            points += best.points
            chosen[part] = best.option
        return _Totals(
            is_open=is_open, lacking=lacking, amount=amount, points=points, options=chosen
        )

    def _of_times(self, mask: Mask, may_lack: MayLack) -> tuple[Ints, Ints, Bools]:
        """Return how many things each time lacks, how much of them, and which times are open."""
        lacking = np.zeros(self.each.times, dtype=np.int64)
        amount, open_times = lacking.copy(), mask.times.copy()
        for lack in self.lacks:
            if lack.part is None and may_lack(lack):
                lacking += lack.missing > 0
                amount += lack.missing
            elif lack.part is None:
                open_times &= lack.missing == 0
        return lacking, amount, open_times

    def _best_options(self, part: Part, options: Options, mask: Mask, may_lack: MayLack) -> _Best:
        lacking, amount, offered = self._of_options(part, options, mask, may_lack)
        members = np.flatnonzero(offered)
        # Worst first: of those written to one time the last one stays.
        order = np.lexsort((-options.points[members], amount[members], lacking[members]))[::-1]
        members = members[order]
        best = np.full(self.each.times, -1)
        best[options.time[members]] = members
        return _Best(
            option=best,
            lacking=_at(lacking, best),
            amount=_at(amount, best),
            points=_at(options.points, best),
        )

    def _of_options(
        self, part: Part, options: Options, mask: Mask, may_lack: MayLack
    ) -> tuple[Ints, Ints, Bools]:
        """Return how many things each option lacks, how much of them, and which are offered."""
        lacking = np.zeros(len(options.time), dtype=np.int64)
        amount = lacking.copy()
        offered = mask.options.get(part, np.ones(len(options.time), dtype=np.bool_)).copy()
        for lack in self.lacks:
            if lack.part is part:
                missing = np.where(options.who == lack.who, lack.missing[options.time], 0)
                lacking += missing > 0
                amount += missing
                if not may_lack(lack):
                    offered &= missing == 0
        return lacking, amount, offered

    def _choice(self, time: int, points: int, options: Mapping[Part, int]) -> Choice:
        each, problem = self.each, self.setting.problem
        who = {part: int(each.options[part].who[at]) for part, at in options.items()}
        residency = Residency(
            request=each.request.id,
            slot=problem.slots[who[Part.SLOT]].id,
            zone=problem.zones[who[Part.ZONE]].id,
            host=problem.hosts[who[Part.HOST]].id if Part.HOST in who else None,
            pool=problem.pools[who[Part.POOL]].id if Part.POOL in who else None,
            first_day=day_of(int(each.first[time])),
            last_day=day_of(int(each.stop[time]) - 1),
        )
        lacking = tuple(
            lack
            for lack in self.lacks
            if lack.missing[time] and (lack.part is None or who[lack.part] == lack.who)
        )
        return Choice(time=time, residency=residency, points=points, lacking=lacking)


def _at(values: Ints, best: Ints) -> Ints:
    """Return the value of each best option, 0 where there is none."""
    return np.concatenate([values, [0]])[best]
