"""What prices say of a search's prospects, while they are still being looked for."""

from __future__ import annotations

import threading

from scheduler.bound.market import Market
from scheduler.bound.subgradient import Proof
from scheduler.candidates.worth import Worth


class Prospects:
    """The best prices so far; may be asked from other threads."""

    def __init__(self) -> None:
        """Know no prices yet."""
        self.proof: Proof | None = None
        self._market: Market | None = None
        self._ripe = threading.Event()

    def take(self, market: Market, proof: Proof) -> None:
        """Take better prices."""
        self._market, self.proof = market, proof

    def ripen(self) -> None:
        """Say that prices will hardly get better any more."""
        self._ripe.set()

    def are_ripe_in(self, seconds: float) -> bool:
        """Wait until prices will hardly get better, for some seconds at most; tell whether."""
        return self._ripe.wait(seconds)

    def worth(self) -> list[Worth] | None:
        """Return what candidates are worth under the best prices, None before there are any."""
        market, proof = self._market, self.proof
        return None if market is None or proof is None else market.worth(proof.prices)
