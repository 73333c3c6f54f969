"""The small forms of what-ifs: fields with their limits and choices, and what is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from web.use_cases.views.branches import AdjustmentView, Value


class FieldKind(StrEnum):
    """How a field is filled in."""

    CHOICE = "choice"
    SEVERAL = "several"
    NUMBER = "number"
    DAY = "day"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something to choose, by name; ``note`` says how it is now."""

    value: str
    name: str
    note: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A field of a small form: its limits, what was put in, and what is wrong with it."""

    name: str
    kind: FieldKind
    choices: tuple[Choice, ...] = ()
    is_required: bool = True
    least: int | None = None
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    given: tuple[str, ...] = ()
    fault: str = ""

    @property
    def text(self) -> str:
        """What was put in."""
        return self.given[0] if self.given else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposeView:
    """The form of one adjustment; ``faults`` are about the whole of it."""

    kind: str
    fields: tuple[FieldView, ...]
    faults: tuple[str, ...] = ()

    @property
    def is_possible(self) -> bool:
        """Tell whether the programme has what such an adjustment is about."""
        return all(
            each.choices
            for each in self.fields
            if each.is_required and each.kind in (FieldKind.CHOICE, FieldKind.SEVERAL)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBranchView:
    """A what-if that is being begun, or one more adjustment of one."""

    programme_id: str
    programme: str
    branch_id: int | None
    revision: int
    name: str
    name_fault: str
    tried: tuple[AdjustmentView, ...]
    form: ComposeView | None
    file_faults: tuple[tuple[str, str], ...] = ()

    @property
    def is_new(self) -> bool:
        """Tell whether the what-if is being begun."""
        return self.branch_id is None
