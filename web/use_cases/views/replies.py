"""What became of somebody's answer that came as a file or by mail."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from models.answer_store import AnswerKind
from web.calendars.replies import Fault


class Outcome(StrEnum):
    """What became of an answer that could be read."""

    TAKEN = "taken"
    PROPOSED = "proposed"
    TAKEN_BEFORE = "taken_before"
    OLD_STATE = "old_state"
    OVERTAKEN = "overtaken"
    NOT_OURS = "not_ours"
    NOT_YOURS = "not_yours"
    ELSEWHERE = "elsewhere"
    STRANGER = "stranger"
    CANCELLED = "cancelled"
    UNTOLD = "untold"


SETTLED = frozenset(
    {
        Outcome.TAKEN,
        Outcome.PROPOSED,
        Outcome.TAKEN_BEFORE,
        Outcome.OLD_STATE,
        Outcome.OVERTAKEN,
        Fault.AUTOMATIC,
    }
)
"""After which nobody has to do anything about the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredStay:
    """Whose stay was answered, and how."""

    programme_id: str
    request: str
    name: str
    answer: AnswerKind
    first_day: dt.date
    last_day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyView:
    """What became of one file; ``stay`` is None where it is not told whose it is."""

    outcome: Outcome | Fault
    stay: AnsweredStay | None = None

    @property
    def is_settled(self) -> bool:
        """Tell whether nobody has to do anything about the file."""
        return self.outcome in SETTLED


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyFile:
    """A file that somebody sent, and what became of it."""

    name: str
    reply: ReplyView


@dataclass(frozen=True, slots=True, kw_only=True)
class RepliesView:
    """The page on which the office reads answers that came by mail.

    ``address`` is where calendar programs send answers to, None without a mail server.
    """

    programme_id: str
    programme: str
    address: str | None
    invited: int
    files: tuple[ReplyFile, ...] = ()
