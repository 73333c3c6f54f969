"""A solve while it runs: the clock, the best plan, the proven bound, and who is told."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

from scheduler.bound.layout import PriceList
from scheduler.candidates.space import Space, Ways
from scheduler.outcome import Progress, SolveLimits, gap_of
from scheduler.verify import check_plan, score_plan

OnProgress = Callable[[Progress], None]
ShouldStop = Callable[[], bool]


class UnverifiedPlan(Exception):
    """The search made a plan that the verifier rejects: a defect, never shown to anyone."""


class MiscountedPlan(Exception):
    """A plan is not worth what the search that made it has counted: a defect, never shown."""


class ContradictedBound(Exception):
    """A plan is worth more than a bound that was thought proven: a defect, never shown."""


class Run:
    """State of one solve; its methods may be called from several threads."""

    def __init__(
        self,
        limits: SolveLimits,
        on_progress: OnProgress | None = None,
        should_stop: ShouldStop | None = None,
    ) -> None:
        """Start the clock."""
        self.limits = limits
        self.ways: Ways | None = None
        self.objective: int | None = None
        self.bound: int | None = None
        self.incumbents: list[Progress] = []
        self.stopped = False
        self.priced: PriceList | None = None
        self._began = self._news = time.monotonic()
        self._on_progress = on_progress
        self._should_stop = should_stop
        self._lock = threading.Lock()

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._began

    @property
    def seconds_left(self) -> float:
        """Seconds until the limit; all of them, always, where the run has to be reproducible."""
        if self.limits.reproducible:
            return self.limits.seconds
        return max(0.0, self.limits.seconds - self.seconds)

    @property
    def workers(self) -> int:
        """Workers to search with; one where the run has to be reproducible."""
        return 1 if self.limits.reproducible else self.limits.workers or os.cpu_count() or 1

    @property
    def is_optimal(self) -> bool:
        """Tell whether the best plan is proven to be one of the best."""
        return self.objective is not None and self.objective == self.bound

    @property
    def is_done(self) -> bool:
        """Tell whether the plan is good enough, or has not got better for too long."""
        limits, objective, bound = self.limits, self.objective, self.bound
        if objective is not None and bound is not None and gap_of(objective, bound) <= limits.gap:
            return True
        return limits.patience is not None and time.monotonic() - self._news >= limits.patience

    def proven_bound(self) -> int:
        """Return the lowest bound.

        Raises:
            ContradictedBound: The best plan is worth more.
        """
        if self.bound is None or (self.objective is not None and self.bound < self.objective):
            raise ContradictedBound(f"bound {self.bound}, objective {self.objective}")
        return self.bound

    @property
    def first_plan_seconds(self) -> float | None:
        """Seconds until the first plan, None where there is none."""
        plans = (each.seconds for each in self.incumbents if each.objective is not None)
        return next(plans, None)

    def must_stop(self) -> bool:
        """Tell whether somebody asked to stop."""
        if not self.stopped and self._should_stop is not None and self._should_stop():
            self.stopped = True
        return self.stopped

    def offer(self, space: Space, ways: Ways, *, expected: int | None = None) -> bool:
        """Take a plan unless it is worse than the best, and tell; it is verified and scored anew.

        One that changes more of what was published than the space allows is not taken.
        ``expected`` is what it is worth as the search has counted.

        Raises:
            UnverifiedPlan: The verifier found a violation.
            MiscountedPlan: It is not worth what was expected.
        """
        if space.exceeds_changes(ways):
            return False
        plan = space.plan(ways)
        objective = sum(score_plan(space.problem, plan).values())
        if expected not in (None, objective):
            raise MiscountedPlan(f"expected {expected}, worth {objective}")
        with self._lock:
            if self.objective is not None and objective < self.objective:
                return False
            violations = check_plan(space.problem, plan)
            if violations:
                raise UnverifiedPlan("; ".join(str(violation) for violation in violations[:5]))
            is_better = objective != self.objective
            self.ways, self.objective = dict(ways), objective
            if is_better:
                self._news = time.monotonic()
                self._tell()
        return True

    def prove(self, bound: int) -> None:
        """Take a proven bound where it is lower than the lowest."""
        with self._lock:
            if self.bound is None or bound < self.bound:
                self.bound = bound
                self._news = time.monotonic()
                self._tell()

    def _tell(self) -> None:
        if self.bound is None:
            return
        progress = Progress(seconds=self.seconds, objective=self.objective, bound=self.bound)
        self.incumbents.append(progress)
        if self._on_progress is not None:
            self._on_progress(progress)
