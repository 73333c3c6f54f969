"""When a search shows its plan to the run: seldom enough that verifying it costs little."""

from __future__ import annotations

import time

from scheduler.candidates.occupancy import Occupancy
from scheduler.outcome import gap_of
from scheduler.run import Run

SHARE = 0.1
"""Share of the time that offering plans may take."""

STEPS = 8
"""Steps after which a better plan is offered where the clock must not matter."""


class Offers:
    """Offers a plan as it gets better; each is verified, and scored against what was tracked.

    ``seconds`` is what that took the last time.
    """

    def __init__(self, run: Run) -> None:
        """Know of no offer yet."""
        self._run = run
        self.seconds = 0.0
        self._ended = float("-inf")
        self._steps = 0

    def make(self, occupancy: Occupancy, *, is_last: bool = False) -> None:
        """Offer the plan where it is better than the run's, and where it is time to."""
        run = self._run
        self._steps += 1
        if run.objective is not None and occupancy.worth <= run.objective:
            return
        if is_last or self._is_due(occupancy.worth):
            began = time.monotonic()
            run.offer(occupancy.space, occupancy.ways, expected=occupancy.worth)
            self._ended = time.monotonic()
            self.seconds = self._ended - began
            self._steps = 0

    def _is_due(self, worth: int) -> bool:
        run = self._run
        if run.objective is None or self._would_end(worth):
            return True
        if run.limits.reproducible:
            return self._steps >= STEPS
        return SHARE * (time.monotonic() - self._ended) >= self.seconds

    def _would_end(self, worth: int) -> bool:
        """Tell whether the run ends with a plan worth that much."""
        bound, gap = self._run.bound, self._run.limits.gap
        return bound is not None and gap_of(worth, bound) <= gap
