"""A mixed-integer program while it grows: columns with points, rows with limits, entries."""

from __future__ import annotations

import math

import highspy
import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Sheet:
    """Columns and rows by number; their points are to be as many as possible."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.width = self.height = 0
        nothing, none = np.zeros(0), np.zeros(0, dtype=np.int64)
        self._points: list[Floats] = [nothing]
        self._uppers: list[Floats] = [nothing]
        self._integers: list[NDArray[np.bool_]] = [nothing.astype(bool)]
        self._limits: list[tuple[Floats, Floats]] = [(nothing, nothing)]
        self._entries: list[tuple[Ints, Ints, Floats]] = [(none, none, nothing)]

    def add_columns(
        self, points: Floats | Ints | list[int], *, upper: float = 1, integer: bool = True
    ) -> Ints:
        """Return the numbers of new columns from 0 to an upper limit, with their points."""
        count = len(points)
        self._points.append(np.asarray(points, dtype=np.float64))
        self._uppers.append(np.full(count, float(upper)))
        self._integers.append(np.full(count, integer))
        self.width += count
        return np.arange(self.width - count, self.width)

    def add_rows(
        self, count: int, *, lower: float = -math.inf, upper: float | Floats = math.inf
    ) -> Ints:
        """Return the numbers of new rows whose sums lie between limits."""
        uppers = np.broadcast_to(np.asarray(upper, dtype=np.float64), (count,))
        self._limits.append((np.full(count, lower), uppers))
        self.height += count
        return np.arange(self.height - count, self.height)

    def put(self, rows: Ints | int, columns: Ints, values: float | Floats | Ints) -> None:
        """Put columns into rows, all of them in one row or one in each."""
        shape = (len(columns),)
        self._entries.append(
            (
                np.broadcast_to(np.asarray(rows, dtype=np.int64), shape),
                columns,
                np.broadcast_to(np.asarray(values, dtype=np.float64), shape),
            )
        )

    def add_row(
        self,
        *parts: tuple[Ints, float | Floats | Ints],
        lower: float = -math.inf,
        upper: float = math.inf,
    ) -> None:
        """Add one row of several columns with their values."""
        row = self.add_rows(1, lower=lower, upper=upper)
        for columns, values in parts:
            self.put(int(row[0]), columns, values)

    def to_highs(self) -> highspy.HighsLp:
        """Return the program as HiGHS reads it."""
        rows, columns, values = (np.concatenate(each) for each in zip(*self._entries, strict=True))
        order = np.argsort(rows, kind="stable")
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = self.width, self.height
        program.sense_ = highspy.ObjSense.kMaximize
        program.col_cost_ = np.concatenate(self._points)
        program.col_lower_ = np.zeros(self.width)
        program.col_upper_ = np.concatenate(self._uppers)
        program.row_lower_ = np.concatenate([lower for lower, _ in self._limits])
        program.row_upper_ = np.concatenate([upper for _, upper in self._limits])
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        program.integrality_ = [kinds[each] for each in np.concatenate(self._integers).tolist()]
        matrix = program.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.num_col_, matrix.num_row_ = self.width, self.height
        starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=self.height))])
        matrix.start_, matrix.index_ = starts, columns[order]
        matrix.value_ = values[order]
        return program
