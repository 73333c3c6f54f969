"""What samples say together: how much survives, at what loss, and who is fragile."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.types import RequestId
from scheduler.replan.difference import TOUCHED, Fate
from scheduler.replan.disruptions import Happening
from scheduler.replan.robustness import Sample, SampleStatus
from scheduler.verify import score_plan

WORST = 0.05
"""Share of the samples that count as the worst ones; one at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Residencies over all samples, by what became of them."""

    untouched: int
    moved: int
    lost: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.untouched + self.moved + self.lost

    def of(self, number: int) -> float:
        """Return the share that a number of them is; 0 where there are none."""
        return number / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragile:
    """A residency that others' troubles move or drop: in how many of how many samples."""

    request: RequestId
    touched: int
    samples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Survival:
    """A report on samples.

    ``standing`` counts residencies that are still asked for, ``bystanders`` those of them to
    which nothing happened. Means are None where no sample was re-planned; shares of the objective
    also where the plan was worth nothing.
    """

    samples: int
    statuses: Mapping[SampleStatus, int]
    happenings: Mapping[Happening, int]
    standing: Shares
    bystanders: Shares
    objective: int
    mean_objective: float | None
    worst_objective: float | None
    fragile: tuple[Fragile, ...]

    def kept(self, objective: float | None) -> float | None:
        """Return an objective as a share of the plan's own."""
        return None if objective is None or self.objective <= 0 else objective / self.objective


def survival_of(problem: Problem, samples: Sequence[Sample]) -> Survival:
    """Return what samples say of a problem's published plan."""
    replanned = [sample for sample in samples if sample.status is SampleStatus.REPLANNED]
    objectives = sorted(each.objective for each in replanned if each.objective is not None)
    worst = objectives[: max(1, math.ceil(WORST * len(objectives)))]
    plan = Plan(residencies=problem.published)
    return Survival(
        samples=len(samples),
        statuses=Counter(sample.status for sample in samples),
        happenings=Counter(each.happening for sample in samples for each in sample.disruptions),
        standing=_shares(fate for sample in replanned for _, fate, _ in _fates(problem, sample)),
        bystanders=_shares(
            fate
            for sample in replanned
            for _, fate, is_struck in _fates(problem, sample)
            if not is_struck
        ),
        objective=sum(score_plan(problem, plan).values()),
        mean_objective=_mean(objectives),
        worst_objective=_mean(worst),
        fragile=_fragile(problem, replanned),
    )


def _fates(problem: Problem, sample: Sample) -> Iterator[tuple[RequestId, Fate | None, bool]]:
    """Yield who still asks, what becomes of the residency, and whether something hit it."""
    happened = {each.request: each.happening for each in sample.disruptions}
    for name in problem.told:
        if happened.get(name) is not Happening.WITHDRAWAL:
            yield name, (sample.fates or {}).get(name), name in happened


def _shares(fates: Iterator[Fate | None]) -> Shares:
    counts = Counter(fates)
    moved, lost = counts[Fate.CHANGED], counts[Fate.DROPPED]
    return Shares(untouched=counts.total() - moved - lost, moved=moved, lost=lost)


def _mean(values: Sequence[int]) -> float | None:
    return sum(values) / len(values) if values else None


def _fragile(problem: Problem, replanned: Sequence[Sample]) -> tuple[Fragile, ...]:
    """Return who is touched by what happens to others, the most often first."""
    touched: Counter[RequestId] = Counter()
    samples: Counter[RequestId] = Counter()
    for sample in replanned:
        for name, fate, is_struck in _fates(problem, sample):
            samples[name] += not is_struck
            touched[name] += fate in TOUCHED and not is_struck
    fragile = [
        Fragile(request=name, touched=touched[name], samples=samples[name])
        for name in problem.told
        if touched[name]
    ]
    return tuple(sorted(fragile, key=lambda each: -each.touched / each.samples))
