"""What the office sets for its researchers' pages, as its form has it, and how it will look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedDocument:
    """Something that researchers are asked for, as it was typed; ``texts`` are by language."""

    id: str
    texts: Mapping[str, str]
    days_before: str
    countries: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedSettings:
    """The settings as they were typed; ``mark`` is that of those which the form began with."""

    wishes_until: str
    documents: tuple[TypedDocument, ...]
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A field that cannot be kept: of a document by its number, or of the form itself."""

    number: int | None
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewTask:
    """A line of the list as a researcher reads it; ``countries`` where not all are asked."""

    text: str
    due: dt.date
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The list in one language."""

    language: str
    tasks: tuple[PreviewTask, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsView:
    """The form of settings: what stands in it, what is wrong, and how the list will look.

    ``first_day`` is that of the stay for which the preview is made. ``is_default`` where the
    list is the product's, ``is_moved`` where a colleague has kept others meanwhile.
    """

    programme_id: str
    programme: str
    typed: TypedSettings
    wrongs: frozenset[Wrong]
    is_default: bool
    is_moved: bool
    is_over: bool
    first_day: dt.date
    previews: tuple[Preview, ...]
