"""Where there are prices: in the cells of a row in which the row could be exceeded."""

from __future__ import annotations

import numpy as np

from scheduler.candidates.days import Bools, Ints
from scheduler.candidates.worth import Floats


class Grid:
    """Entries of rows x cells, flat, row by row: elsewhere a price could only be zero.

    ``before`` is how many entries stand before each row's cell, (rows, cells + 1): those of a row
    from one cell to another lie between what it says of the two. ``length`` (days) and
    ``capacity`` (units x days of the group) are (entries,).
    """

    def __init__(self, is_entry: Bools, length: Ints, group_of_row: Ints, capacity: Floats) -> None:
        """Lay out the entries of (rows, cells); ``capacity`` is (groups, cells)."""
        rows, cells = is_entry.shape
        self.before = np.zeros((rows, cells + 1), dtype=np.int32)
        up_to = np.cumsum(is_entry, dtype=np.int32).reshape(rows, cells)
        self.before[:, 1:] = up_to
        self.before[1:, 0] = up_to[:-1, -1]
        row, cell = np.nonzero(is_entry)
        group = group_of_row[row]
        self.length = length[cell].astype(np.float64)
        self.capacity = capacity[group, cell]
        is_shared = np.bincount(group_of_row, minlength=len(capacity))[group] > 1
        own = np.flatnonzero(is_shared)
        key = group[own] * cells + cell[own]
        order = np.argsort(key, kind="stable")
        self._shared = own[order]
        self._begins = np.flatnonzero(np.diff(key[order], prepend=-1))
        self._rivals = np.diff(self._begins, append=len(own))

    @property
    def size(self) -> int:
        """Number of entries."""
        return len(self.length)

    def expand(self, row: Ints, cell: Ints, values: Floats) -> Floats:
        """Return values for some rows and cells as entries, zero elsewhere."""
        at = self.before[row, cell]
        known = self.before[row, cell + 1] > at
        entries = np.zeros(self.size)
        entries[at[known]] = values[known]
        return entries

    def total(self, prices: Floats) -> Floats:
        """Return what a unit on all days before each entry costs, (entries + 1,)."""
        total = np.zeros(self.size + 1)
        np.cumsum(prices * self.length, out=total[1:])
        return total

    def capacity_points(self, prices: Floats) -> float:
        """Return what the capacities are worth; of one resource's rows the dearest counts."""
        worth = prices * self.capacity
        own = worth[self._shared]
        dearest = np.maximum.reduceat(own, self._begins) if len(own) else own
        return float(worth.sum() - own.sum() + dearest.sum())

    def capacity_slopes(self, prices: Floats) -> Floats:
        """Return the slopes of that, shared by the rows that are as dear as the dearest."""
        slopes = self.capacity.copy()
        own = prices[self._shared]
        if len(own):
            dearest = np.repeat(np.maximum.reduceat(own, self._begins), self._rivals)
            is_dearest = own == dearest
            ties = np.add.reduceat(is_dearest, self._begins, dtype=np.int64)
            slopes[self._shared] *= is_dearest / np.repeat(ties, self._rivals)
        return slopes
