"""Large-neighbourhood search: free a few requests that meet, and place them anew exactly.

The search itself only chooses parts and settles what came of them; workers of an executor solve
the parts. It tracks what its plan is worth by the differences that parts make, and offers the
plan to the run, where it is verified, now and then and at the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor

import numpy as np

from scheduler.bound.beside import bound_beside
from scheduler.bound.prospects import Prospects
from scheduler.candidates.candidates import Way
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import Space, Ways
from scheduler.candidates.worth import Floats
from scheduler.cpsat.search import Effort
from scheduler.improve.chooser import Kind
from scheduler.improve.crew import Crew, Step, working
from scheduler.improve.freed import Freed, free
from scheduler.improve.neighbourhoods import Neighbourhood, Neighbourhoods
from scheduler.improve.offers import Offers
from scheduler.improve.parts import occupied_by, put_in, take_out
from scheduler.improve.priced import pinned_ways, start_by_prices
from scheduler.improve.rounded import free_all, rounded_plan
from scheduler.run import Run
from scheduler.stopping import POLL_SECONDS

STEP_SECONDS = 2.0

ROUNDED_SECONDS = 5.0
"""Seconds for placing everybody anew near the best solution of a relaxation."""

LEAST_SECONDS = 0.1

SETTLE_SECONDS = 0.2
"""Before the end the last parts are to be done, so that they can still be settled."""

TRIED = 3
"""Neighbourhoods of which the one that touches the parts in flight the least is taken."""


def improve(space: Space, run: Run, executor: Executor | None = None) -> None:
    """Improve the run's plan step by step until the run ends; bounds are proven beside it.

    Parts are solved on the executor, else in as many processes as the run has workers; in this
    thread where that is one, or where the run has to be reproducible.
    """
    with bound_beside(space, run) as prospects, working(run, executor) as acting:
        start_by_prices(space, run, prospects)
        search = Search(space, run, acting, prospects)
        search.work()
    run.priced = prospects.priced
    search.offer_last()


class Search:
    """Steps on one plan: parts in flight at the same time share no request.

    What a part finds goes into the plan only where it still fits beside what others have done
    meanwhile, and where the plan is worth no less for it.
    """

    def __init__(
        self, space: Space, run: Run, executor: Executor, prospects: Prospects | None = None
    ) -> None:
        """Begin with the run's plan; ``prospects`` say what candidates are worth."""
        self._space = space
        self._run = run
        self._crew = Crew(run, executor)
        self._generator = np.random.default_rng(run.limits.seed)
        self._prospects = prospects
        self._heard = 0
        self._rounded: Sequence[Floats] | None = None
        self._neighbourhoods = Neighbourhoods(space)
        self._spent = 0.0
        self._offers = Offers(run)
        self._required = [i for i, each in enumerate(space.candidates) if each.required]
        self._occupancy = occupied_by(Occupancy(space), run.ways or {})

    def work(self) -> None:
        """Step until the run ends; parts that are in flight then are given up."""
        try:
            while not self._is_over():
                self._hear()
                self._fill()
                if not self._crew.steps and self._run.limits.reproducible:
                    break
                self._settle_done(POLL_SECONDS)
                self._offer()
            self._settle_done(0.0)
        finally:
            self._crew.give_up()

    def offer_last(self) -> None:
        """Offer the plan as it is at the end; sooner done when nothing else runs any more."""
        self._offer(is_last=True)

    def _offer(self, *, is_last: bool = False) -> None:
        if all(request in self._occupancy.ways for request in self._required):
            self._offers.make(self._occupancy, is_last=is_last)

    def _is_over(self) -> bool:
        run = self._run
        needed = self._spent if run.limits.reproducible else self._offers.seconds
        return run.seconds_left <= needed or run.is_done or run.must_stop()

    def _hear(self) -> None:
        """Take what prospects have to say that is new."""
        prospects = self._prospects
        if prospects is None or prospects.news == self._heard:
            return
        self._heard = prospects.news
        self._neighbourhoods.heed(prospects.worth(), prospects.shares)
        if prospects.shares is not self._rounded and len(self._crew.steps) < self._crew.workers:
            self._rounded = prospects.shares
            self._round(prospects)

    def _round(self, prospects: Prospects) -> None:
        """Begin to place everybody anew near the best solution of a relaxation."""
        worth, shares = prospects.worth(), prospects.shares
        if worth is None or shares is None or self._space.change_limit is not None:
            return
        ways = rounded_plan(self._space, worth, shares, pinned_ways(self._space, self._run))
        if ways is None:
            return
        occupancy = occupied_by(Occupancy(self._space), ways)
        freed = free_all(occupancy, shares, self._occupancy.ways, self._neighbourhoods.movable)
        if freed is not None:
            self._submit(Kind.RELAXATION, freed, ROUNDED_SECONDS, occupancy)

    def _fill(self) -> None:
        """Give every worker something to do."""
        while len(self._crew.steps) < self._crew.workers and not self._is_over():
            chosen = self._choose()
            if chosen is None:
                return
            freed = free(self._occupancy, chosen.requests, chosen.keep)
            self._submit(chosen.kind, freed, STEP_SECONDS)

    def _choose(self) -> Neighbourhood | None:
        """Choose a neighbourhood that touches little of what parts in flight may use."""
        here = [step for step in self._crew.steps if step.beside is None]
        busy = {request for step in here for request in step.freed.before}
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

    def _submit(
        self, kind: str, freed: Freed, most: float, beside: Occupancy | None = None
    ) -> None:
        run = self._run
        left = run.seconds_left - self._spent - SETTLE_SECONDS
        seconds = min(most, max(left, LEAST_SECONDS))
        self._spent += seconds if run.limits.reproducible else 0.0
        effort = Effort(
            seconds=seconds,
            seed=int(self._generator.integers(2**31 - 1)),
            reproducible=run.limits.reproducible,
        )
        self._crew.submit(Step(kind=kind, freed=freed, began=run.seconds, beside=beside), effort)

    def _settle_done(self, seconds: float) -> None:
        """Wait so long at most for a part in flight, and settle those that are done."""
        for step, found in self._crew.done(seconds):
            if step.beside is None:
                self._learn(step, found)
            else:
                self._adopt(step.beside, step.freed, found)

    def _adopt(self, occupancy: Occupancy, freed: Freed, found: Ways | None) -> None:
        """Go on with another plan where it is worth more."""
        if found is not None:
            take_out(occupancy, freed.before)
            put_in(occupancy, freed.whole(found))
        if occupancy.worth > self._occupancy.worth:
            self._occupancy = occupancy

    def _learn(self, step: Step, found: Ways | None) -> None:
        """Settle what a part has come to, and tell the neighbourhoods what their choice gained."""
        worth = self._occupancy.worth
        if found is not None:
            self._settle(step.freed.whole(found))
        is_timed = not self._run.limits.reproducible
        seconds = self._run.seconds - step.began if is_timed else STEP_SECONDS
        self._neighbourhoods.learn(step.kind, self._occupancy.worth - worth, seconds)

    def _settle(self, after: Mapping[int, Way | None]) -> None:
        """Keep what was found where it still fits and the plan is no worse for it."""
        rank = self._rank(after)
        before = take_out(self._occupancy, after)
        if not self._place(after) or self._rank(after) < rank or self._exceeds_changes():
            take_out(self._occupancy, after)
            put_in(self._occupancy, before)

    def _rank(self, requests: Mapping[int, Way | None]) -> tuple[int, int]:
        """Return how many requests that have to be placed are, and what the plan is worth."""
        ways, candidates = self._occupancy.ways, self._space.candidates
        placed = sum(request in ways and candidates[request].required for request in requests)
        return placed, self._occupancy.worth

    def _exceeds_changes(self) -> bool:
        return self._space.exceeds_changes(self._occupancy.ways)

    def _place(self, ways: Mapping[int, Way | None]) -> bool:
        """Place ways one after another; tell whether all of them fitted."""
        for request, way in ways.items():
            if way is not None:
                if not self._occupancy.fits(request, way):
                    return False
                self._occupancy.place(request, way)
        return True
