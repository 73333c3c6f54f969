"""The pages of an import: a file chosen, its columns, and what it would change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from web.use_cases.requests.importing.faults import Fault
from web.use_cases.requests.importing.proposal import Outcome
from web.use_cases.views.parts import TrackView
from web.use_cases.views.requests import Choice

Shown = str | dt.date
"""A value as it is shown: a text, or a day to be said in the reader's language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingUpload:
    """A file that was read and not imported yet."""

    id: UUID
    name: str
    created_at: dt.datetime
    by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartView:
    """Where a file is chosen; ``waiting`` are those chosen before, ``refused`` why one was not."""

    programme_id: str
    programme: str
    timezone: str
    refused: str
    waiting: tuple[WaitingUpload, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceColumn:
    """A column of the file: its header, some of its cells, and what it is taken for."""

    index: int
    header: str
    samples: tuple[str, ...]
    key: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnsView:
    """Which column of a file fills what; ``missing`` are needed by new requests."""

    programme_id: str
    programme: str
    upload_id: UUID
    name: str
    facts: Mapping[str, str]
    rows: int
    columns: tuple[SourceColumn, ...]
    targets: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """A field of a request or of its researcher, before and after."""

    column: str
    was: Shown
    now: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongCell:
    """A cell that has to be mended; ``list`` names the suggestions for it."""

    column: str
    list: str
    value: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """What importing a row would do."""

    number: int
    outcome: Outcome
    request: str
    researcher: str
    institution: str
    track: TrackView | None
    first_day: dt.date | None
    last_day: dt.date | None
    changes: tuple[ChangeView, ...]
    wrong: tuple[WrongCell, ...]
    adds_researcher: bool
    adds_institution: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewView:
    """What an import would do, and a page of the rows with one outcome."""

    programme_id: str
    programme: str
    upload_id: UUID
    name: str
    revision: int
    digest: str
    counts: Mapping[Outcome, int]
    shown: Outcome
    rows: tuple[PreviewRow, ...]
    page: int
    pages: int
    wrong_rows: int
    wrong_cells: int
    elsewhere: tuple[str, ...]
    new_institutions: tuple[str, ...]
    new_researchers: int
    leaves_out_wrong: bool
    can_apply: bool
    suggestions: Mapping[str, tuple[Choice, ...]]
