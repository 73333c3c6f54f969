"""Parts in flight: they are solved on an executor, of which workers may be lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass

from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import Ways
from scheduler.cpsat.search import Effort
from scheduler.executors.inline import InlineExecutor
from scheduler.executors.processes import ProcessPool
from scheduler.improve.freed import Freed, solve_part
from scheduler.run import Run

MOST_LOST = 3
"""Parts a worker that may be lost in a row until the search goes on without the executor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A part that is being solved; ``beside`` is the plan that it is of, if not the present one."""

    kind: str
    freed: Freed
    began: float
    beside: Occupancy | None = None


@contextmanager
def working(run: Run, executor: Executor | None) -> Iterator[Executor]:
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


class Crew:
    """Workers with a part each, as far as there are parts for them."""

    def __init__(self, run: Run, executor: Executor) -> None:
        """Have nothing in flight yet."""
        self._run = run
        self._executor = executor
        self._in_flight: dict[Future[Ways | None], Step] = {}
        self._lost = 0

    @property
    def workers(self) -> int:
        """Parts that the executor can solve side by side, as far as it says so."""
        return int(getattr(self._executor, "workers", self._run.workers))

    @property
    def steps(self) -> list[Step]:
        """The parts in flight."""
        return list(self._in_flight.values())

    def submit(self, step: Step, effort: Effort) -> None:
        """Begin to solve a part."""
        # What runs in this very process can be told to stop; the rest is left behind.
        inline = (self._must_end,) if isinstance(self._executor, InlineExecutor) else ()
        try:
            future = self._executor.submit(solve_part, step.freed.part, effort, *inline)
        except BrokenExecutor:
            self._lose()
        else:
            self._in_flight[future] = step

    def done(self, seconds: float) -> Iterator[tuple[Step, Ways | None]]:
        """Wait so long at most for a part, and yield those that are done with what they found."""
        if not self._in_flight:
            time.sleep(seconds)
        done, _ = wait(self._in_flight, timeout=seconds, return_when=FIRST_COMPLETED)
        for future in [each for each in self._in_flight if each in done]:
            step = self._in_flight.pop(future)
            if future.cancelled() or isinstance(future.exception(), BrokenExecutor):
                self._lose()
            else:
                self._lost = 0
                yield step, future.result()

    def give_up(self) -> None:
        """Forget the parts in flight."""
        for future in self._in_flight:
            future.cancel()

    def _must_end(self) -> bool:
        """Tell whether a part is to end although it has time left."""
        run = self._run
        return run.must_stop() or (run.is_done and not run.limits.reproducible)

    def _lose(self) -> None:
        """Give up a part whose worker is gone, and an executor that does nothing but lose them."""
        self._lost += 1
        if self._lost >= MOST_LOST * self.workers:
            self._executor = InlineExecutor()
