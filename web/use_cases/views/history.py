"""The history: who did what when, before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.history_store import ChangeKind, Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow:
    """A field before a change and after, in plain values: names for ids, days for their texts."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One item of a change: what it is called, and its fields that differ.

    ``is_new`` and ``is_gone`` tell whether it came or went; ``before`` and ``after`` are a
    stay's own facts where it is one.
    """

    subject: str
    key: str
    name: str
    is_new: bool
    is_gone: bool
    fields: tuple[FieldRow, ...]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many items of a list a change added, changed and removed."""

    subject: str
    new: int
    changed: int
    gone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """One change; ``by`` is None for the machine, and for a researcher, whose name then stands.

    ``branch`` is the name of the what-if that it is of, and ``draft_id`` its draft if it is of
    any. ``steps`` are the first of ``count``. It may be taken back or made again where
    ``may_undo`` or ``may_redo`` says so; ``undone`` where that was done.
    """

    id: int
    kind: ChangeKind
    direction: Direction
    by: str | None
    researcher: str
    at: dt.datetime
    draft_id: int | None
    branch: str | None
    facts: Mapping[str, Any]
    count: int
    tallies: tuple[Tally, ...]
    steps: tuple[StepRow, ...]
    is_undone: bool
    may_undo: bool
    may_redo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryFilter:
    """What the list is narrowed to, as its form has it."""

    kind: str = ""
    by: str = ""
    subject: str = ""
    key: str = ""
    item: str = ""
    first_day: dt.date | None = None
    last_day: dt.date | None = None

    @property
    def is_set(self) -> bool:
        """Tell whether anything is narrowed."""
        return any((self.kind, self.by, self.key, self.first_day, self.last_day))


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryView:
    """A page of the history, the newest first; ``older`` is where the next page begins."""

    programme_id: str
    programme: str
    timezone: str
    changes: tuple[ChangeView, ...]
    older: int | None
    is_first: bool
    people: tuple[tuple[str, str], ...]
    filter: HistoryFilter
