"""What a researcher has said to a stay, for the page that asks and for the office."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from models.answer_store import AnswerKind, AnswerVia


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """The answer that counts; ``is_current`` where the stay is still the one that was answered."""

    kind: AnswerKind
    note: str
    via: AnswerVia
    release: int
    answered_at: dt.datetime
    is_current: bool
