"""Desks in a room: a grid of them, as large as fits, in pairs that face each other."""

from __future__ import annotations

from web.use_cases.floors.geometry import Box
from web.use_cases.views.floor_drawing import SeatDrawing

SIDES = tuple(62.0 * 0.94**number for number in range(60))
"""Units of the square that a desk with its chair takes, the largest first."""

PAD = 8.0


def place_seats(box: Box, seats: int, desks: int) -> tuple[SeatDrawing, ...]:
    """Return so many seats in a box, numbered row by row; those past ``desks`` are extra.

    They get smaller until they fit; in a box without room they lie over each other.
    """
    if not seats:
        return ()
    room = box.shrunk(min(PAD, box.width / 8, box.height / 8))
    side, across = _fitting(room, seats)
    rows = -(-seats // across)
    # Pairs of rows share their tables; what is left over goes between pairs.
    gap = min(side, max(0.0, (room.height - rows * side) / max(1, (rows + 1) // 2)))
    spread = min(1.35 * side, room.width / across)
    left = room.x + (room.width - across * spread) / 2
    return tuple(
        SeatDrawing(
            number=number,
            x=round(left + (number % across + 0.5) * spread, 1),
            y=round(room.y + (number // across + 0.5) * side + number // across // 2 * gap, 1),
            size=round(side, 1),
            side=-1 if number // across % 2 == 0 else 1,
            is_extra=number >= desks,
        )
        for number in range(seats)
    )


def _fitting(room: Box, seats: int) -> tuple[float, int]:
    """Return the side of a seat's square, the largest that fits, and how many stand in a row."""
    fits = (side for side in SIDES if int(room.width / side) * int(room.height / side) >= seats)
    side = next(fits, SIDES[-1])
    return side, min(max(1, int(room.width / side)), seats)
