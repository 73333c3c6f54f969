"""What somebody asks of the table of requests: words, filters, order, and which page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

SIZES = (25, 50, 100, 200)
"""Rows a page that can be chosen."""


class State(StrEnum):
    """How a request stands; several can be true of one."""

    PLACED = "placed"
    UNPLACED = "unplaced"
    WITHDRAWN = "withdrawn"
    PINNED = "pinned"
    MOVED = "moved"


class Order(StrEnum):
    """By what rows are sorted."""

    NAME = "name"
    COUNTRY = "country"
    TRACK = "track"
    ASKED = "asked"
    LENGTH = "length"
    PRIORITY = "priority"
    STAY = "stay"
    STATE = "state"
    ID = "id"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestQuery:
    """Which requests, in which order; the empty query is all of them by name.

    Days narrow to stays that touch them, and to requests without a stay that ask for them.
    """

    words: str = ""
    track: str = ""
    country: str = ""
    host: str = ""
    institution: str = ""
    state: State | None = None
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    order: Order = Order.NAME
    is_descending: bool = False
    page: int = 1
    size: int = 50

    @property
    def is_narrow(self) -> bool:
        """Tell whether some requests may be left out."""
        return bool(
            self.words.strip()
            or self.track
            or self.country
            or self.host
            or self.institution
            or self.state
            or self.first_day
            or self.last_day
        )
