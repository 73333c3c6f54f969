"""The lists of a scenario, each with its table and its dataclass; their fields are its columns."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from types import GenericAlias
from typing import Any

from pydantic import TypeAdapter

from models.tables import (
    Base,
    BuildingRow,
    CollaborationRow,
    EventRow,
    FloorRow,
    HostRow,
    InstitutionRow,
    PinRow,
    PoolRow,
    PublishedRow,
    QuotaRow,
    RequestRow,
    ResearcherRow,
    ReservationRow,
    SeparationRow,
    SiteRow,
    SlotRow,
    TrackRow,
    ZoneRow,
)
from scheduler.problem.people import Host, Institution, Researcher
from scheduler.problem.places import Building, Floor, Reservation, Site, Zone
from scheduler.problem.programme import Event, Pool, Quota, Slot, Track
from scheduler.problem.requests import Collaboration, Pin, Request, Residency, Separation


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One list of a scenario: the problem's field, its table, and what its items are."""

    field: str
    table: type[Base]
    item: Any


def _subject(field: str, table: type[Base], item: Any) -> Subject:
    return Subject(field=field, table=table, item=item)


SUBJECTS = (
    _subject("sites", SiteRow, Site),
    _subject("buildings", BuildingRow, Building),
    _subject("floors", FloorRow, Floor),
    _subject("zones", ZoneRow, Zone),
    _subject("tracks", TrackRow, Track),
    _subject("slots", SlotRow, Slot),
    _subject("institutions", InstitutionRow, Institution),
    _subject("hosts", HostRow, Host),
    _subject("pools", PoolRow, Pool),
    _subject("reservations", ReservationRow, Reservation),
    _subject("researchers", ResearcherRow, Researcher),
    _subject("requests", RequestRow, Request),
    _subject("collaborations", CollaborationRow, Collaboration),
    _subject("separations", SeparationRow, Separation),
    _subject("events", EventRow, Event),
    _subject("quotas", QuotaRow, Quota),
    _subject("pins", PinRow, Pin),
    _subject("published", PublishedRow, Residency),
)
"""Every list, in the file's order, in which each one names only lists before it."""


def row_of(item: Any) -> dict[str, Any]:
    """Return a dataclass's fields as columns: its own days stay days, the rest is plain JSON."""
    document = document_of(item)
    values = ((name, getattr(item, name)) for name in document)
    return document | {name: value for name, value in values if isinstance(value, dt.date)}


def document_of(item: Any) -> dict[str, Any]:
    """Return a dataclass as plain JSON, as a scenario file has it."""
    made: Any = type(item)
    document: dict[str, Any] = adapter_of(made).dump_python(item, mode="json")
    return document


@cache
def adapter_of(item: Any) -> TypeAdapter[Any]:
    """Return what turns a dataclass into columns."""
    return TypeAdapter(item)


@cache
def list_adapter_of(item: Any) -> TypeAdapter[list[Any]]:
    """Return what turns rows of columns into dataclasses, and checks their types on the way."""
    made: Any = GenericAlias(list, (item,))
    return TypeAdapter(made)
