"""What prices say of a search's prospects, while they are still being looked for."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from scheduler.bound.appraisal import Appraisal
from scheduler.bound.layout import Layout, PriceList
from scheduler.bound.subgradient import Proof
from scheduler.candidates.space import Space
from scheduler.candidates.worth import Floats


class Prospects:
    """The best prices so far, and what a relaxation does under them; for several threads.

    ``shares`` is what share of each request's times a relaxation uses, each (times,), None before
    there is one; ``news`` counts what has been heard.
    """

    def __init__(self, space: Space) -> None:
        """Know no prices yet."""
        self.proof: Proof | None = None
        self.news = 0
        self._space = space
        self._layout: Layout | None = None
        self.shares: Sequence[Floats] | None = None
        self._ripe = threading.Event()

    def take(self, layout: Layout, proof: Proof) -> None:
        """Take better prices."""
        self._layout, self.proof = layout, proof
        self.news += 1

    def use(self, shares: Floats) -> None:
        """Hear what share of each time the best solution of a relaxation uses, (times,)."""
        begins = np.cumsum([each.times for each in self._space.candidates])[:-1]
        self.shares = np.split(shares, begins)
        self.news += 1

    def ripen(self) -> None:
        """Say that prices will hardly get better any more."""
        self._ripe.set()

    def are_ripe_in(self, seconds: float) -> bool:
        """Wait until prices will hardly get better, for some seconds at most; tell whether."""
        return self._ripe.wait(seconds)

    @property
    def priced(self) -> PriceList | None:
        """The best prices with what they are for, None before there are any."""
        layout, proof = self._layout, self.proof
        return None if layout is None or proof is None else PriceList(layout, proof.prices)

    def worth(self) -> Appraisal | None:
        """Return what candidates are worth under the best prices, None before there are any."""
        priced = self.priced
        return None if priced is None else Appraisal(self._space, *priced)
