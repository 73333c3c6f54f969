"""Pairs of requests that work together: their common days, as variables made when asked for."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from scheduler.cpsat.visits import Literal, Visits


class Pairs:
    """Common days of pairs; each pair's variables are made once."""

    def __init__(self, model: cp_model.CpModel, visits: Visits) -> None:
        """Keep the model and the visits that pairs are made of."""
        self._model = model
        self._visits = visits
        self._spans: dict[tuple[int, int], list[tuple[Literal, int]]] = {}

    def common_days(self, one: int, other: int) -> cp_model.LinearExpr:
        """Return at most the number of days on which both are present."""
        spans = self._common(one, other)
        return cp_model.LinearExpr.weighted_sum(
            [literal for literal, _ in spans], [length for _, length in spans]
        )

    def meet(self, one: int, other: int) -> cp_model.LinearExpr:
        """Return at most the number of spans on which both are present: 0 where they never meet."""
        return cp_model.LinearExpr.sum([literal for literal, _ in self._common(one, other)])

    def _common(self, one: int, other: int) -> list[tuple[Literal, int]]:
        """Return literals that may be true only while both are present, with the days of each."""
        key = (min(one, other), max(one, other))
        if key not in self._spans:
            self._spans[key] = self._build(*key)
        return self._spans[key]

    def _build(self, one: int, other: int) -> list[tuple[Literal, int]]:
        first, second = (self._visits.space.candidates[request] for request in (one, other))
        if not first.size or not second.size:
            return []
        start = max(first.first.min(), second.first.min())
        stop = min(first.stop.max(), second.stop.max())
        cuts = np.unique(np.concatenate([first.first, first.stop, second.first, second.stop]))
        cuts = cuts[(cuts >= start) & (cuts <= stop)]
        spans = []
        for begin, end in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True):
            both = self._model.new_bool_var("")
            self._model.add(both <= self._visits.present(one, begin))
            self._model.add(both <= self._visits.present(other, begin))
            spans.append((both, end - begin))
        return spans
