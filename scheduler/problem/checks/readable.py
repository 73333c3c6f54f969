"""The part of a document that can be read although others are broken, for the later checks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.files.findings import Finding, Message

_ITEM = re.compile(r"\A(\w+)\[(\d+)\]")
_ROOT = re.compile(r"\w+(\[\d+\])?")
_STAND_IN = {
    "id": "unread",
    "name": "unread",
    "timezone": "UTC",
    "first_day": "2000-01-01",
    "last_day": "2000-01-01",
    "today": "2000-01-01",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Readable:
    """A document without what is broken in it, and where the items of its lists came from."""

    document: Mapping[str, Any]
    numbers: Mapping[str, Sequence[int]]

    def located(self, finding: Finding) -> Finding:
        """Return a finding with the places of the whole document."""
        place, message = finding
        if isinstance(message, Message):
            return Finding(self._located(place), message.mapped(self._located))
        return Finding(self._located(place), self._located(message))

    def _located(self, text: str) -> str:
        return _ITEM.sub(self._number, text)

    def _number(self, match: re.Match[str]) -> str:
        key, number = match[1], int(match[2])
        numbers = self.numbers.get(key, ())
        return f"{key}[{numbers[number]}]" if number < len(numbers) else match[0]


def readable_part(document: Mapping[str, Any], findings: Iterable[Finding]) -> Readable:
    """Return a document without the items and keys in which something was found."""
    roots = (_ROOT.match(finding.place) for finding in findings)
    broken = {root[0] for root in roots if root}
    part: dict[str, Any] = {}
    numbers: dict[str, Sequence[int]] = {}
    for key, value in document.items():
        if key not in broken and isinstance(value, list):
            numbers[key] = [n for n in range(len(value)) if f"{key}[{n}]" not in broken]
            part[key] = [value[number] for number in numbers[key]]
        elif key not in broken:
            part[key] = value
    return Readable(document={"programme": _STAND_IN, **part}, numbers=numbers)
