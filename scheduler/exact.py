"""Small problems: one exact model, searched until its plan is proven optimal.

The linear relaxation comes first. It is close to the best plan, so that the best plan, or almost,
is found among the few candidates that take next to nothing off its bound; and what takes more off
it than such a plan lacks is in no better one. The proof searches the rest.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace

from ortools.sat.python import cp_model
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.bound.fixing import Restriction, demand, restrict
from scheduler.bound.linear import Relaxation, linear_model, relax
from scheduler.candidates.candidates import Way
from scheduler.candidates.space import Space
from scheduler.cpsat.search import Effort, Found, Listener, build_model, search
from scheduler.run import Run
from scheduler.stopping import stopping

SMALL = 60_000
"""Times and options up to which one model of the whole problem is searched."""

RELAXING = 0.4
"""Share of a run's seconds that the linear relaxation is given at most."""

TRYING = 0.15
"""Share of the seconds left that a search which cannot prove anything yet is given at most."""

FIRST = 1e-4
"""Share of the bound that the first search's candidates may take off it."""

WIDER = 8
"""How many times as much the next search's candidates may take off the bound."""

NEAR = 0.05
"""Share of the bound that a plan may lack for the proof to be searched at once."""


def is_small(space: Space) -> bool:
    """Tell whether a problem is small enough for one exact model."""
    return space.size <= SMALL


def prove_exactly(space: Space, run: Run) -> None:
    """Search the exact model; its plans and bounds go to the run."""
    _Proof(space, run).work()


class _Proof:
    """Searches of one model, each among more of its plans, the last among all better ones."""

    def __init__(self, space: Space, run: Run) -> None:
        self._space = space
        self._run = run
        self._work = 0.0
        self._model, self._visits = build_model(space)

    def work(self) -> None:
        """Search until the best plan is proven, or the run ends."""
        relaxation = self._relax()
        if relaxation is None:
            self._hint()
            self._search(Restriction(model=self._model, worth=0, is_whole=True), 1.0)
            return
        lack = max(1, round(FIRST * abs(relaxation.bound)))
        while self._goes_on():
            part = self._part(relaxation, relaxation.bound - lack)
            if part.worth == self._run.objective:
                # Told what a better plan is worth, the solver proves sooner that there is none.
                part = demand(self._model, relaxation, part.worth + 1)
                self._race(part)
                return
            if part.is_whole:
                self._search(part, 1.0)
                return
            self._search(part, TRYING)
            lack = self._wider(lack, relaxation.bound)

    def _goes_on(self) -> bool:
        return not (self._run.is_done or self._run.must_stop()) and self._seconds > 0

    @property
    def _seconds(self) -> float:
        """Seconds left; of work, where that is counted."""
        return self._run.seconds_left - (self._work if self._run.limits.reproducible else 0.0)

    def _relax(self) -> Relaxation | None:
        run = self._run
        interrupter = SolveInterrupter()
        with stopping(run.must_stop, interrupter.interrupt):
            relaxation = relax(
                linear_model(self._model),
                RELAXING * run.seconds_left,
                interrupter,
                reproducible=run.limits.reproducible,
            )
        if relaxation is not None:
            run.prove(relaxation.bound)
        return relaxation

    def _part(self, relaxation: Relaxation, worth: int) -> Restriction:
        """Return the part with all plans worth so much that are no worse than the best known."""
        self._hint()
        best = self._run.objective
        return restrict(self._model, relaxation, worth if best is None else max(worth, best))

    def _hint(self) -> None:
        if self._run.ways is not None:
            self._visits.hint(self._run.ways)

    def _wider(self, lack: int, bound: int) -> int:
        """Return how much the plans of the next part may lack."""
        best = self._run.objective
        if best is not None and bound - best <= NEAR * abs(bound):
            return bound - best
        return lack * WIDER

    def _search(self, part: Restriction, share: float) -> None:
        """Search a part for a share of the seconds left; its plans and bounds go to the run."""
        with _Watch(self._space, self._run) as watch:
            self._settle(part, self._found(part, share, watch, self._run.limits.seed))

    def _race(self, part: Restriction) -> None:
        """Search a part twice at once, until either search is done.

        How long a proof takes is much a matter of luck; who has no hint is lucky at other times.
        """
        if self._run.workers == 1:
            self._search(part, 1.0)
            return
        seed = self._run.limits.seed
        other = replace(part, model=part.model.clone())
        other.model.clear_hints()  # type: ignore[no-untyped-call]  # OR-Tools leaves it untyped
        with _Watch(self._space, self._run) as watch, ThreadPoolExecutor(2) as threads:

            def found(each: Restriction, seed: int) -> Found:
                found = self._found(each, 1.0, watch, seed)
                watch.stop_all()
                return found

            racing = [threads.submit(found, part, seed), threads.submit(found, other, seed + 1)]
            for each in racing:
                self._settle(part, each.result())

    def _found(self, part: Restriction, share: float, watch: _Watch, seed: int) -> Found:
        run = self._run
        effort = Effort(
            seconds=share * self._seconds, seed=seed, reproducible=run.limits.reproducible
        )
        listener = Listener(
            on_ways=watch.take,
            on_bound=lambda bound: self._prove(part, bound),
            on_solver=watch.follow,
        )
        return search(part.model, self._visits, effort, listener)

    def _settle(self, part: Restriction, found: Found) -> None:
        self._work += found.work
        if found.ways is not None:
            self._run.offer(self._space, found.ways)
        if found.bound is not None or found.complete:
            self._prove(part, found.bound)

    def _prove(self, part: Restriction, inside: int | None) -> None:
        bound = part.bound(inside)
        if bound is not None:
            self._run.prove(bound)


class _Watch(ExitStack):
    """Stops solvers as soon as the run is done or asked to stop, or one of them is done."""

    def __init__(self, space: Space, run: Run) -> None:
        super().__init__()
        self._space = space
        self._run = run
        self._lock = threading.Lock()
        self._is_over = False
        self._solvers: list[cp_model.CpSolver] = []

    def follow(self, solver: cp_model.CpSolver) -> None:
        """Look after a solver."""
        with self._lock:
            self._solvers.append(solver)
            self.enter_context(stopping(self._must_stop, solver.stop_search))

    def take(self, ways: dict[int, Way]) -> None:
        """Take a plan; where it is good enough, stop at once and not when the clock says."""
        self._run.offer(self._space, ways)
        if self._run.is_done:
            self.stop_all()

    def stop_all(self) -> None:
        """Stop all that is followed, and what will be."""
        with self._lock:
            self._is_over = True
            for solver in self._solvers:
                solver.stop_search()

    def _must_stop(self) -> bool:
        run = self._run
        return self._is_over or run.must_stop() or (run.is_done and not run.limits.reproducible)
