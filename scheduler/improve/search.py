"""Large-neighbourhood search: free a few requests that meet, and place them anew exactly.

The search itself only chooses parts and settles what came of them; workers of an executor solve
the parts. It tracks what its plan is worth by the differences that parts make, and offers the
plan to the run, where it is verified, now and then and at the end.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from scheduler.bound.beside import bound_beside
from scheduler.candidates.candidates import Way
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import Space, Ways
from scheduler.candidates.worth import Worth
from scheduler.cpsat.search import Effort
from scheduler.executors.inline import InlineExecutor
from scheduler.executors.processes import ProcessPool
from scheduler.improve.freed import Freed, free, solve_part
from scheduler.improve.neighbourhoods import Neighbourhood, Neighbourhoods
from scheduler.improve.offers import Offers
from scheduler.improve.priced import start_by_prices
from scheduler.run import Run
from scheduler.stopping import POLL_SECONDS

STEP_SECONDS = 2.0

LEAST_SECONDS = 0.1

SETTLE_SECONDS = 0.2
"""Before the end the last parts are to be done, so that they can still be settled."""

TRIED = 3
"""Neighbourhoods of which the one that touches the parts in flight the least is taken."""

MOST_LOST = 3
"""Parts a worker that may be lost in a row until the search goes on without the executor."""


def improve(space: Space, run: Run, executor: Executor | None = None) -> None:
    """Improve the run's plan step by step until the run ends; bounds are proven beside it.

    Parts are solved on the executor, else in as many processes as the run has workers; in this
    thread where that is one, or where the run has to be reproducible.
    """
    with bound_beside(space, run) as prospects, _working(run, executor) as working:
        start_by_prices(space, run, prospects)
        Search(space, run, working, prospects.worth()).work()


@contextmanager
def _working(run: Run, executor: Executor | None) -> Iterator[Executor]:
    """Give the executor that parts are solved on; processes end with the block."""
    if run.limits.reproducible or (executor is None and run.workers == 1):
        yield InlineExecutor()
    elif executor is not None:
        yield executor
    else:
        pool = ProcessPool(run.workers, preload=(solve_part.__module__,))
        try:
            yield pool
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """A part that is being solved."""

    kind: str
    freed: Freed
    began: float


class Search:
    """Steps on one plan: parts in flight at the same time share no request.

    What a part finds goes into the plan only where it still fits beside what others have done
    meanwhile, and where the plan is worth no less for it.
    """

    def __init__(
        self, space: Space, run: Run, executor: Executor, worth: Sequence[Worth] | None = None
    ) -> None:
        """Begin with the run's plan; ``worth`` is what prices leave of candidates."""
        self._space = space
        self._run = run
        self._executor = executor
        self._generator = np.random.default_rng(run.limits.seed)
        self._neighbourhoods = Neighbourhoods(space, worth)
        self._in_flight: dict[Future[Ways | None], _Step] = {}
        self._spent = 0.0
        self._lost = 0
        self._offers = Offers(run)
        self._required = [i for i, each in enumerate(space.candidates) if each.required]
        self._occupancy = Occupancy(space)
        for request, way in (run.ways or {}).items():
            self._occupancy.place(request, way)

    def work(self) -> None:
        """Step until the run ends; parts that are in flight then are given up."""
        try:
            while not self._is_over():
                self._fill()
                if not self._in_flight and self._run.limits.reproducible:
                    break
                self._settle_done(POLL_SECONDS)
                self._offer()
            self._settle_done(0.0)
        finally:
            for future in self._in_flight:
                future.cancel()
        self._offer(is_last=True)

    def _offer(self, *, is_last: bool = False) -> None:
        if all(request in self._occupancy.ways for request in self._required):
            self._offers.make(self._occupancy, is_last=is_last)

    def _is_over(self) -> bool:
        run = self._run
        return run.seconds_left <= self._spent or run.is_done or run.must_stop()

    def _must_end(self) -> bool:
        """Tell whether a part is to end although it has time left."""
        run = self._run
        return run.must_stop() or (run.is_done and not run.limits.reproducible)

    @property
    def _workers(self) -> int:
        """Parts that the executor can solve side by side, as far as it says so."""
        return int(getattr(self._executor, "workers", self._run.workers))

    def _fill(self) -> None:
        """Give every worker something to do."""
        while len(self._in_flight) < self._workers and not self._is_over():
            chosen = self._choose()
            if chosen is None:
                return
            self._submit(chosen)

    def _choose(self) -> Neighbourhood | None:
        """Choose a neighbourhood that touches little of what parts in flight may use."""
        busy = {request for step in self._in_flight.values() for request in step.freed.before}
        rows = self._rows(busy)
        tried = [
            self._neighbourhoods.choose(self._occupancy, busy, self._generator)
            for _ in range(TRIED if busy else 1)
        ]
        found = [each for each in tried if each is not None]
        return min(found, key=lambda each: self._touch(each, rows), default=None)

    def _touch(self, neighbourhood: Neighbourhood, rows: set[int]) -> float:
        own = self._rows(set(neighbourhood.requests))
        return len(own & rows) / max(len(own), 1)

    def _rows(self, requests: set[int]) -> set[int]:
        """Return the shared resources that some requests may use."""
        own = self._space.index.own
        return {row for request in requests for row in own[request].row.tolist()}

    def _submit(self, chosen: Neighbourhood) -> None:
        run = self._run
        freed = free(self._occupancy, chosen.requests, chosen.keep)
        left = run.seconds_left - self._spent - SETTLE_SECONDS
        seconds = min(STEP_SECONDS, max(left, LEAST_SECONDS))
        effort = Effort(
            seconds=seconds,
            seed=int(self._generator.integers(2**31 - 1)),
            reproducible=run.limits.reproducible,
        )
        self._spent += seconds if run.limits.reproducible else 0.0
        step = _Step(kind=chosen.kind, freed=freed, began=run.seconds)
        # What runs in this very process can be told to stop; the rest is left behind.
        inline = (self._must_end,) if isinstance(self._executor, InlineExecutor) else ()
        try:
            future = self._executor.submit(solve_part, freed.part, effort, *inline)
        except BrokenExecutor:
            self._lose()
        else:
            self._in_flight[future] = step

    def _settle_done(self, seconds: float) -> None:
        """Wait so long at most for a part in flight, and settle those that are done."""
        if not self._in_flight:
            time.sleep(seconds)
        done, _ = wait(self._in_flight, timeout=seconds, return_when=FIRST_COMPLETED)
        for future in [each for each in self._in_flight if each in done]:
            step = self._in_flight.pop(future)
            if future.cancelled() or isinstance(future.exception(), BrokenExecutor):
                self._lose()
            else:
                self._lost = 0
                self._learn(step, future.result())

    def _lose(self) -> None:
        """Give up a part whose worker is gone, and an executor that does nothing but lose them."""
        self._lost += 1
        if self._lost >= MOST_LOST * self._workers:
            self._executor = InlineExecutor()

    def _learn(self, step: _Step, found: Ways | None) -> None:
        """Settle what a part has come to, and tell the neighbourhoods what their choice gained."""
        worth = self._occupancy.worth
        if found is not None:
            self._settle(step.freed, step.freed.whole(found))
        is_timed = not self._run.limits.reproducible
        seconds = self._run.seconds - step.began if is_timed else STEP_SECONDS
        self._neighbourhoods.learn(step.kind, self._occupancy.worth - worth, seconds)

    def _settle(self, freed: Freed, after: Mapping[int, Way | None]) -> None:
        """Keep what was found where it still fits and the plan is no worse for it."""
        before = self._rank(freed)
        self._remove(freed.before)
        if not self._place(after) or self._rank(freed) < before or self._exceeds_changes():
            self._remove(after)
            self._place(freed.before)

    def _rank(self, freed: Freed) -> tuple[int, int]:
        """Return how many of the freed requests that have to be placed are, and the worth."""
        ways, candidates = self._occupancy.ways, self._space.candidates
        placed = sum(request in ways and candidates[request].required for request in freed.before)
        return placed, self._occupancy.worth

    def _exceeds_changes(self) -> bool:
        return self._space.exceeds_changes(self._occupancy.ways)

    def _remove(self, requests: Iterable[int]) -> None:
        for request in requests:
            if request in self._occupancy.ways:
                self._occupancy.remove(request)

    def _place(self, ways: Mapping[int, Way | None]) -> bool:
        """Place ways one after another; tell whether all of them fitted."""
        for request, way in ways.items():
            if way is not None:
                if not self._occupancy.fits(request, way):
                    return False
                self._occupancy.place(request, way)
        return True
