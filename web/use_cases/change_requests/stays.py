"""Stays as forms send them, as people read them, and what a request has to give way for one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from models.subjects import adapter_of
from scheduler.problem.requests import Request, Residency
from scheduler.problem.types import text_in
from web.use_cases.names import Names
from web.use_cases.views.change_requests import StayShown, Widening
from web.use_cases.views.parts import PlaceView

_FIELDS = ("slot", "zone", "host", "pool", "first_day", "last_day")
_MARK = "~"
"""Stands in no id and in no day."""


def spell_stay(stay: Residency | None) -> str:
    """Return a stay as a form sends it back; nothing for none."""
    if stay is None:
        return ""
    return _MARK.join(str(getattr(stay, field) or "") for field in _FIELDS)


def read_stay(text: str, request: str) -> Residency | None:
    """Return the stay that a form sends of a request; None where it is none."""
    parts = text.split(_MARK)
    if len(parts) != len(_FIELDS):
        return None
    values = {field: part or None for field, part in zip(_FIELDS, parts, strict=True)}
    return stay_of({"request": request, **values})


def stay_of(document: Mapping[str, Any] | None) -> Residency | None:
    """Return the stay of a document; None where there is none, or what is there is none."""
    if document is None:
        return None
    try:
        stay: Residency = adapter_of(Residency).validate_python(dict(document))
    except ValidationError:
        return None
    return stay if stay.first_day <= stay.last_day else None


def widened(request: Request, stay: Residency) -> Request:
    """Return a request that asks for as little more as a stay needs of its days and lengths."""
    days = stay.days.stop - stay.days.start
    return replace(
        request,
        first_day=min(request.first_day, stay.first_day),
        last_day=max(request.last_day, stay.last_day),
        min_days=min(request.min_days, days),
        max_days=max(request.max_days, days),
    )


def widenings(request: Request, stay: Residency) -> Iterator[Widening]:
    """Yield what a request would have to give way for a stay."""
    wide = widened(request, stay)
    for field in ("first_day", "last_day", "min_days", "max_days"):
        was, now = getattr(request, field), getattr(wide, field)
        if was != now:
            yield Widening(field=field, was=was, now=now)


def show_any(names: Names, stay: Residency | None) -> StayShown | None:
    """Return a stay as people read it, None for none."""
    return None if stay is None else show_stay(names, stay)


def show_stay(names: Names, stay: Residency) -> StayShown:
    """Return a stay as people read it."""
    problem, language = names.problem, names.language

    def called(things: Mapping[Any, Any], name: str | None) -> str | None:
        known = None if name is None else things.get(name)
        return name if known is None else text_in(known.name, language)

    return StayShown(
        first_day=stay.first_day,
        last_day=stay.last_day,
        days=stay.days.stop - stay.days.start,
        place=names.place(stay.zone) if stay.zone in problem.zone else _lost(stay.zone),
        slot=called(problem.slot, stay.slot) or "",
        host=called(problem.host, stay.host),
        pool=called(problem.pool, stay.pool),
    )


def days_later(one: dt.date, other: dt.date) -> int:
    """Return by how many days the second is later than the first."""
    return (other - one).days


def _lost(zone: str) -> PlaceView:
    return PlaceView(zone=zone, floor="", building="", site="", address="")
