"""Folding of content lines, which icalendar does but for the escape of a backslash."""

from __future__ import annotations

import re

from icalendar.cal.component import Component

MOST_OCTETS = 75

_UNIT = re.compile(r"\\.|.", re.DOTALL)


def folded_bytes(component: Component) -> bytes:
    """Return a component's bytes in lines of at most 75 octets.

    Neither a character nor an escape is cut in two: Google drops an event where one is.
    """
    lines = [fold(line) for line in component.content_lines() if line]
    return "".join(f"{line}\r\n" for line in lines).encode()


def fold(line: str) -> str:
    """Return a content line with a line break and a space wherever it would get too long."""
    if len(line.encode()) <= MOST_OCTETS:
        return line
    folded: list[str] = []
    octets = 0
    for unit in _UNIT.findall(line):
        size = len(unit.encode())
        if octets + size > MOST_OCTETS:
            folded.append("\r\n ")
            octets = 1
        folded.append(unit)
        octets += size
    return "".join(folded)
