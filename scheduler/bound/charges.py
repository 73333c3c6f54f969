"""Who pays which row of prices for what, as columns: a large problem has a million charges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from scheduler.candidates.candidates import Part
from scheduler.candidates.days import Ints, Positions
from scheduler.candidates.resources import COLUMN, PARTS, Demands


class Own(NamedTuple):
    """What one request pays for one part: who serves, the row and the units, each (charges,)."""

    who: Positions
    row: Ints
    amount: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Charges:
    """Charges in the order of request, part and who serves, each (charges,).

    ``left`` is how many charges the same request pays for the same from this one on. ``begins``
    is where those of each request and part begin, (requests x parts + 1,).
    """

    who: Positions
    row: Ints
    amount: Ints
    left: Ints
    begins: Ints

    def of(self, request: int, part: Part | None) -> Own:
        """Return what a request pays for a part; without a part, for being there."""
        at = request * len(PARTS) + COLUMN[part]
        own = slice(int(self.begins[at]), int(self.begins[at + 1]))
        return Own(self.who[own], self.row[own], self.amount[own])

    def requests(self) -> Ints:
        """Return which request pays each charge, (charges,)."""
        each = np.diff(self.begins[:: len(PARTS)])
        return np.repeat(np.arange(len(each)), each)

    def first_of(self, request: int, part: Part | None, who: Positions) -> Positions:
        """Return the first charge for a part, by who serves; -1 where there is none, (...,)."""
        own = self.of(request, part).who
        if not len(own):
            return np.full(len(who), -1, dtype=np.int32)
        at = np.minimum(np.searchsorted(own, who), len(own) - 1)
        begin = self.begins[request * len(PARTS) + COLUMN[part]]
        return np.where(own[at] == who, at + begin, -1).astype(np.int32)


def build_charges(demands: Demands, row: Ints, requests: int) -> Charges:
    """Return the charges of demands for the rows given, (demands,); -1 is none."""
    paid = np.flatnonzero(row >= 0)
    key = demands.request[paid] * len(PARTS) + demands.column[paid]
    order = np.lexsort((demands.resource[paid], demands.who[paid], key))
    charged = paid[order]
    payer = np.stack([key[order], demands.who[charged]])
    begin = np.flatnonzero((np.diff(payer, prepend=-2) != 0).any(axis=0))
    each = np.diff(begin, append=len(charged))
    return Charges(
        who=demands.who[charged].astype(np.int32),
        row=row[charged],
        amount=demands.amount[charged],
        left=np.repeat(begin + each, each) - np.arange(len(charged)),
        begins=np.searchsorted(key[order], np.arange(requests * len(PARTS) + 1)),
    )
