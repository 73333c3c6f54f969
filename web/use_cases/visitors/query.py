"""What somebody asks of the list of stays and answers: words, a state, an order, which page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PAGE_SIZE = 50


class VisitorState(StrEnum):
    """How a told stay stands with its researcher; an old calendar may be beside any answer."""

    NONE = "none"
    OUTDATED = "outdated"
    DECLINED = "declined"
    TENTATIVE = "tentative"
    ACCEPTED = "accepted"
    OLD_CALENDAR = "old_calendar"


class VisitorOrder(StrEnum):
    """By what stays are sorted; by default what is to be decided comes first."""

    DECISION = "decision"
    NAME = "name"
    STAY = "stay"
    ANSWER = "answer"
    PREPARED = "prepared"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorQuery:
    """Which stays, in which order; the empty query is all of them."""

    words: str = ""
    state: VisitorState | None = None
    order: VisitorOrder = VisitorOrder.DECISION
    is_descending: bool = False
    page: int = 1

    @property
    def is_narrow(self) -> bool:
        """Tell whether some stays may be left out."""
        return bool(self.words.strip() or self.state)
