"""What can be wrong with an upload, a row or a cell; said in the reader's language elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from web.use_cases.errors import UseCaseError


class Unreadable(StrEnum):
    """Why a file as a whole is refused."""

    EMPTY = "empty"
    NO_ROWS = "no_rows"
    NO_KIND = "no_kind"
    ENCODING = "encoding"
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    NO_REQUESTS = "no_requests"


class UploadRefused(UseCaseError):
    """A file that cannot be read as a table of requests."""

    def __init__(self, why: Unreadable, **facts: Any) -> None:
        """Keep why, and what to say about it."""
        self.why = why
        self.facts = facts
        super().__init__(f"{why.value} {facts or ''}".strip())


class ImportMoved(UseCaseError):
    """The import would do something else than what was looked at."""


class Wrong(StrEnum):
    """What is wrong with a cell, beside what the rules of a scenario say themselves."""

    NO_DAY = "no_day"
    AMBIGUOUS_DAY = "ambiguous_day"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    NO_RANGE = "no_range"
    NO_POINTS = "no_points"
    NO_COUNTRY = "no_country"
    NO_ADDRESS = "no_address"
    NEEDED = "needed"
    NOT_CLEARED = "not_cleared"
    TWICE = "twice"
    CONTRADICTS = "contradicts"
    OTHER_COUNTRY = "other_country"
    NEW_COUNTRY = "new_country"
    NO_ID = "no_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong: in which column, what stands there, why, and facts for the sentence.

    Without a ``wrong`` the rules' own ``message`` says why; without a column it is the row.
    """

    column: str = ""
    value: str = ""
    wrong: Wrong | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    message: str = ""


class CellError(ValueError):
    """A cell that cannot be read."""

    def __init__(self, wrong: Wrong, **facts: Any) -> None:
        """Keep what is wrong."""
        self.wrong = wrong
        self.facts = facts
        super().__init__(wrong.value)
