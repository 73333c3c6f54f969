"""Words in a room: its name in as many lines as fit, its figures, and room for a badge."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from web.use_cases.floors.geometry import Box
from web.use_cases.views.floor_drawing import TextDrawing

SIZES = (17.0, 15.0, 13.0, 11.5)
SMALL_SIZES = (34.0, 28.0, 23.0)
"""Sizes of a name, the first that fits."""

LINE = 1.22
"""From one line to the next, in sizes."""

PAD, BADGE = 10.0, 18.0
MOST_LINES = 3
LEAST = 26.0
"""A room that is less wide or high has no words."""

SHARE = 0.46
"""So much of a room's height its words take at most, where desks come below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """A room's name, figures and badge, and where they end."""

    name: TextDrawing | None
    figures: TextDrawing | None
    badge: TextDrawing | None
    bottom: float


def label_room(name: str, box: Box, *, has_desks: bool, has_badge: bool, small: bool) -> Labels:
    """Return where a room's words stand in its largest box, the name cut off if need be."""
    if min(box.width, box.height) < LEAST:
        return Labels(name=None, figures=None, badge=None, bottom=box.y)
    if small:
        return _figures_only(box)
    pad = min(PAD, box.width / 12)
    share = SHARE if has_desks else 1.0
    across = box.width - 2 * pad - (BADGE if has_badge else 0.0)
    room = Box(x=box.x + pad, y=box.y + pad, width=across, height=box.height * share - pad)
    size, lines = _fitted(name, room, SIZES)
    high = len(lines) * size * LINE
    below = size - 1
    figures = _text(room.x, room.y + high + below, below, ("",))
    label = _text(room.x, room.y + size, size, lines)
    corner = _text(box.right - pad, room.y + size, size, ()) if has_badge else None
    bottom = min(box.top, room.y + high + below * LINE + 4)
    return Labels(name=label if lines else None, figures=figures, badge=corner, bottom=bottom)


def width_of(text: str, size: float) -> float:
    """Return about how wide a text is: signs of East Asia are square, others narrower."""
    return sum(size if unicodedata.east_asian_width(each) in "WF" else 0.6 * size for each in text)


def initials_of(name: str) -> str:
    """Return one or two signs by which a name is known on a seat."""
    words = name.replace("-", " ").replace(".", " ").split()
    if not words:
        return "?"
    if unicodedata.east_asian_width(words[0][0]) == "W":
        whole = "".join(words)
        return whole[-2:] if len(whole) > 1 else whole
    return (words[0][0] + (words[-1][0] if len(words) > 1 else words[0][1:2])).upper()


def _figures_only(box: Box) -> Labels:
    """Return large figures in the middle, and no name."""
    wanted = min(box.width / 3.4, box.height / 1.8)
    size = next((size for size in SMALL_SIZES if size <= wanted), None)
    if size is None:
        return Labels(name=None, figures=None, badge=None, bottom=box.y)
    across, along = box.x + box.width / 2, box.y + box.height / 2 + 0.36 * size
    middle = _text(across, along, size, ("",), is_centred=True)
    return Labels(name=None, figures=middle, badge=None, bottom=box.y)


def _text(
    x: float, y: float, size: float, lines: tuple[str, ...], *, is_centred: bool = False
) -> TextDrawing:
    return TextDrawing(x=round(x, 1), y=round(y, 1), size=size, lines=lines, is_centred=is_centred)


def _fitted(name: str, room: Box, sizes: tuple[float, ...]) -> tuple[float, tuple[str, ...]]:
    """Return the largest size in which a name fits with its figures, else what fits of it."""
    for size in sizes:
        lines = _wrapped(name, room.width, size)
        most = min(MOST_LINES, int((room.height - size) / (size * LINE)))
        if len(lines) <= most and all(width_of(line, size) <= room.width for line in lines):
            return size, lines
    size = sizes[-1]
    most = max(1, min(MOST_LINES, int((room.height - size) / (size * LINE))))
    lines = _wrapped(name, room.width, size)[:most]
    cut = [_cut(line, room.width, size) for line in lines]
    if len(lines) == most and "".join(lines).replace(" ", "") != name.replace(" ", ""):
        cut[-1] = _cut(cut[-1].rstrip("…") + "…", room.width, size)
    return size, tuple(cut)


def _wrapped(name: str, width: float, size: float) -> tuple[str, ...]:
    lines: list[str] = []
    for word in name.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _cut(line: str, width: float, size: float) -> str:
    if width_of(line, size) <= width:
        return line
    kept = line.rstrip("…")
    while len(kept) > 1 and width_of(f"{kept}…", size) > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"
