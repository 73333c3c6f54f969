"""Who pays which row of prices for what, as columns: a large problem has a million charges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from scheduler.candidates.candidates import Part
from scheduler.candidates.days import Ints
from scheduler.candidates.resources import COLUMN, PARTS, Demands


class Own(NamedTuple):
    """What one request pays for one part: who serves, the row and the units, each (charges,)."""

    who: Ints
    row: Ints
    amount: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Charges:
    """Charges in the order of request, part and who serves, each (charges,).

    ``begins`` is where those of each request and part begin, (requests x parts + 1,).
    """

    who: Ints
    row: Ints
    amount: Ints
    begins: Ints

    def of(self, request: int, part: Part | None) -> Own:
        """Return what a request pays for a part; without a part, for being there."""
        at = request * len(PARTS) + COLUMN[part]
        own = slice(int(self.begins[at]), int(self.begins[at + 1]))
        return Own(self.who[own], self.row[own], self.amount[own])


def build_charges(demands: Demands, row: Ints, requests: int) -> Charges:
    """Return the charges of demands for the rows given, (demands,); -1 is none."""
    paid = np.flatnonzero(row >= 0)
    key = demands.request[paid] * len(PARTS) + demands.column[paid]
    order = np.lexsort((demands.resource[paid], demands.who[paid], key))
    charged = paid[order]
    return Charges(
        who=demands.who[charged],
        row=row[charged],
        amount=demands.amount[charged],
        begins=np.searchsorted(key[order], np.arange(requests * len(PARTS) + 1)),
    )
