"""What prices say of a search's prospects, while they are still being looked for."""

from __future__ import annotations

import threading

from scheduler.bound.appraisal import Appraisal
from scheduler.bound.layout import Layout
from scheduler.bound.subgradient import Proof
from scheduler.candidates.space import Space


class Prospects:
    """The best prices so far; may be asked from other threads."""

    def __init__(self, space: Space) -> None:
        """Know no prices yet."""
        self.proof: Proof | None = None
        self._space = space
        self._layout: Layout | None = None
        self._ripe = threading.Event()

    def take(self, layout: Layout, proof: Proof) -> None:
        """Take better prices."""
        self._layout, self.proof = layout, proof

    def ripen(self) -> None:
        """Say that prices will hardly get better any more."""
        self._ripe.set()

    def are_ripe_in(self, seconds: float) -> bool:
        """Wait until prices will hardly get better, for some seconds at most; tell whether."""
        return self._ripe.wait(seconds)

    def worth(self) -> Appraisal | None:
        """Return what candidates are worth under the best prices, None before there are any."""
        layout, proof = self._layout, self.proof
        if layout is None or proof is None:
            return None
        return Appraisal(self._space, layout, proof.prices)
