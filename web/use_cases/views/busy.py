"""Days found in a researcher's own calendar, to be confirmed before they are kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from web.use_cases.views.wishes import WishesOf, WishesView, WishWarning


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundView:
    """Something of the calendar: its title, seen by its owner alone, and its days in a window.

    ``others`` counts the titles that stand together here; ``value`` is what a form sends back.
    """

    title: str
    days: tuple[tuple[dt.date, dt.date], ...]
    count: int
    others: int
    value: str
    is_known: bool
    is_in_stay: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyView:
    """What a calendar file says of the days that matter, by how it takes them."""

    page: WishesView
    whole: tuple[FoundView, ...]
    part: tuple[FoundView, ...]
    free: tuple[FoundView, ...]
    unread: tuple[str, ...]
    unread_count: int

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was found in the windows."""
        return not (self.whole or self.part or self.free)


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyWarnings:
    """What should be known of one stay before days are kept."""

    own: WishesOf
    warnings: tuple[WishWarning, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmView:
    """Days that somebody has chosen, and what has to be read before they are kept."""

    page: WishesView
    warned: tuple[BusyWarnings, ...]
    days: tuple[str, ...]
    requests: tuple[str, ...]
    replaces: bool

    @property
    def confirmation(self) -> str:
        """What is sent back by somebody who has read the warnings."""
        return " ".join(f"{each.own.request}:{','.join(each.warnings)}" for each in self.warned)
