"""Pages of people and space: what there is of each subject, one item's form, and conflicts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scheduler.files.findings import Message
from web.use_cases.data.form_kinds import Field
from web.use_cases.views.programmes import ResidencyRow

SEPARATOR = " — "
"""Stands between a name and its id where both can be searched for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something that can be chosen: its id, what it is called, and what tells it from others."""

    id: str
    name: str
    detail: str = ""

    @property
    def label(self) -> str:
        """Return the name with what tells it from others."""
        return f"{self.name} · {self.detail}" if self.detail else self.name

    @property
    def searched(self) -> str:
        """Return the name with the id, as an input shows it in which one searches."""
        return self.id if self.name == self.id else f"{self.name}{SEPARATOR}{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One field of an item to be read: values with names in place of ids."""

    field: Field
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with what was typed, and at which field; or with another item.

    ``place`` begins with the name of an input; ``elsewhere`` is the subject and key of an item
    that stands in the way.
    """

    place: str
    message: str | Message
    elsewhere: tuple[str, str] | None = None

    @property
    def input(self) -> str:
        """Return the name of the input that it is about."""
        head, dot, rest = self.place.partition("[")[0].partition(".")
        return f"{head}.{rest.partition('.')[0]}" if dot and head.startswith("new_") else head


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """One field of a form: what stands in it, what can be chosen, what is wrong with it."""

    field: Field
    input: str
    own: Mapping[str, list[str]]
    options: tuple[Option, ...] = ()
    is_long: bool = False
    blank_rows: int = 0
    faults: tuple[Fault, ...] = ()

    @property
    def value(self) -> str:
        """Return what stands in it first."""
        return next(iter(self.own.get("", ())), "")

    @property
    def values(self) -> list[str]:
        """Return everything that stands in it."""
        return list(self.own.get("", ()))

    @property
    def rows(self) -> list[dict[str, str]]:
        """Return its rows, those too that are blank yet."""
        count = max((len(values) for values in self.own.values()), default=0)
        rows = [
            {name: values[at] for name, values in self.own.items() if at < len(values)}
            for at in range(count)
        ]
        return rows + [{} for _ in range(self.blank_rows)]

    def option(self, item_id: str) -> Option:
        """Return the option of an id; one that is not there is called by it."""
        found = (each for each in self.options if each.id == item_id)
        return next(found, Option(id=item_id, name=item_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class StayPanel:
    """How a request stands in the draft: its stay, and the rules that it breaks."""

    request: str
    is_submitted: bool
    stay: ResidencyRow | None
    broken: tuple[str, ...]
    pinned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hanging:
    """Something that names an item: what it is, what it is called, and the field that names it."""

    subject: str
    key: str
    name: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """The form of one item, or of one to be added, where ``key`` is None.

    ``was`` is the item as JSON as the form showed it first. ``added`` are the forms of what can
    be added on the way, by subject; ``asked`` those that are open.
    """

    programme_id: str
    programme: str
    form: str
    subject: str
    key: str | None
    title: str
    was: str
    fields: Mapping[str, FieldView]
    added: Mapping[str, Mapping[str, FieldView]] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    used: int = 0
    panel: StayPanel | None = None
    weights: WeightsView | None = None

    @property
    def every_field(self) -> tuple[FieldView, ...]:
        """Return its fields and those of what can be added on the way."""
        added = (view for views in self.added.values() for view in views.values())
        return (*self.fields.values(), *added)

    @property
    def is_refused(self) -> bool:
        """Tell whether something is wrong with what was typed."""
        return bool(self.faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """One item of a list."""

    key: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """Items of one subject, those that were searched for, page by page."""

    programme_id: str
    programme: str
    form: str
    query: str
    count: int
    found: int
    page: int
    pages: int
    columns: tuple[str, ...]
    rows: tuple[ListRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataView:
    """What there is, by subject."""

    programme_id: str
    programme: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureRow:
    """Days on which something is closed or somebody away, and the field in which they stand."""

    subject: str
    key: str
    name: str
    field: str
    reason: str
    first_day: dt.date
    last_day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosuresView:
    """Every closure and absence, by first day."""

    programme_id: str
    programme: str
    rows: tuple[ClosureRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalView:
    """An item that somebody wants to remove, with what hangs on it."""

    programme_id: str
    programme: str
    form: str
    key: str
    title: str
    was: str
    hanging: tuple[Hanging, ...]
    has_stay: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field that two people changed: as it was, as one wants it, as it stands now."""

    field: str
    was: Cell
    mine: Cell
    now: Cell
    is_clash: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictView:
    """An item that somebody else changed or removed while one was typing.

    ``was``, ``mine`` and ``now`` are the item as JSON; ``now`` is "null" where it is gone.
    """

    programme_id: str
    programme: str
    form: str
    key: str
    title: str
    was: str
    mine: str
    now: str
    differences: tuple[Difference, ...]

    @property
    def is_gone(self) -> bool:
        """Tell whether somebody else removed it."""
        return self.now == "null"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightView:
    """What one weight means with the figures of the programme.

    ``example`` are the points of the example that its sentence gives, ``per_request`` how many
    of them weigh as much as placing a request of middle priority; ``term`` is the term of the
    objective that it belongs to, ``points`` what the draft has of it.
    """

    name: str
    example: int
    per_request: float | None
    term: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightsView:
    """Every weight, and what the draft is worth by terms without a weight too."""

    weights: Mapping[str, WeightView]
    others: Mapping[str, int]
    objective: int
    is_empty: bool
