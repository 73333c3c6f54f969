"""Wishes as they are typed: spelled, read back, and everything that is wrong with them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from models.steps import Document
from scheduler.problem.problem import Problem
from scheduler.problem.types import text_in
from web.use_cases.views.wishes import Fault, TypedWishes, WishFault
from web.use_cases.whole_numbers import whole_number

MOST_RANGES = 300
LONGEST_REASON = 120
LONGEST_STAY = 3660
YEARS = range(1900, 3000)

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


def spell_wishes(document: Mapping[str, Any], language: str) -> TypedWishes:
    """Return wishes as a form shows them."""
    return TypedWishes(
        first_day=document["first_day"],
        last_day=document["last_day"],
        min_days=str(document["min_days"]),
        max_days=str(document["max_days"]),
        preferred_first_day=document["preferred_first_day"] or "",
        wishes=tuple(sorted(document["wishes"])),
        away=tuple(
            (each["first_day"], each["last_day"], text_in(each["name"], language))
            for each in sorted(document["unavailable"], key=lambda each: str(each["first_day"]))
        ),
    )


def tidied(typed: TypedWishes) -> TypedWishes:
    """Return what was typed without blanks around it and blank rows; one day needs no last one."""
    rows = (tuple(_plain(text) for text in row) for row in typed.away)
    return TypedWishes(
        first_day=typed.first_day.strip(),
        last_day=typed.last_day.strip(),
        min_days=typed.min_days.strip(),
        max_days=typed.max_days.strip(),
        preferred_first_day=typed.preferred_first_day.strip(),
        wishes=tuple(sorted(set(typed.wishes))),
        away=tuple((first, last or first, reason) for first, last, reason in rows if first or last),
    )


def read_typed(typed: TypedWishes, was: Document, language: str) -> Document:
    """Return wishes as they were typed; what says what it said stays as it was."""
    then = spell_wishes(was, language)
    known = {
        (each["first_day"], each["last_day"], text_in(each["name"], language)): each
        for each in was["unavailable"]
    }
    read: Document = {
        "first_day": typed.first_day,
        "last_day": typed.last_day,
        "min_days": whole_number(typed.min_days),
        "max_days": whole_number(typed.max_days),
        "preferred_first_day": typed.preferred_first_day or None,
        "wishes": list(typed.wishes),
        "unavailable": [
            known.get(row, {"first_day": row[0], "last_day": row[1], "name": row[2]})
            for row in typed.away
        ],
    }
    for field, name in (("wishes", "wishes"), ("unavailable", "away")):
        if getattr(typed, name) == getattr(then, name):
            read[field] = was[field]
    return read


def check_typed(
    read: Document, typed: TypedWishes, problem: Problem, offered: Collection[str]
) -> tuple[Fault, ...]:
    """Return everything that is wrong with wishes, each at its field."""
    faults = [
        *_day_faults("first_day", typed.first_day),
        *_day_faults("last_day", typed.last_day),
        *_number_faults("min_days", typed.min_days),
        *_number_faults("max_days", typed.max_days),
        *(_day_faults("preferred_first_day", typed.preferred_first_day or "2000-01-01")),
        *_away_faults(typed),
    ]
    if not set(typed.wishes) <= set(offered):
        faults.append(Fault(field="wishes", why=WishFault.NOT_OFFERED))
    wrong = {fault.field for fault in faults}
    return (*faults, *(fault for fault in _sense_faults(read, problem, wrong)))


def _plain(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())


def _day_faults(field: str, text: str, row: int | None = None) -> Iterator[Fault]:
    if not text:
        yield Fault(field=field, why=WishFault.MISSING, row=row)
    elif find_day(text) is None:
        yield Fault(field=field, why=WishFault.NO_DAY, row=row)


def _number_faults(field: str, text: str) -> Iterator[Fault]:
    number = whole_number(text)
    if not text:
        yield Fault(field=field, why=WishFault.MISSING)
    elif number is None:
        yield Fault(field=field, why=WishFault.NO_NUMBER)
    elif number < 1:
        yield Fault(field=field, why=WishFault.TOO_SMALL)
    elif number > LONGEST_STAY:
        yield Fault(field=field, why=WishFault.TOO_LARGE)


def _away_faults(typed: TypedWishes) -> Iterator[Fault]:
    if len(typed.away) > MOST_RANGES:
        yield Fault(field="away", why=WishFault.TOO_MANY_DAYS)
        return
    for row, (first, last, reason) in enumerate(typed.away):
        wrong = [*_day_faults("away", first, row), *_day_faults("away", last, row)][:1]
        yield from wrong
        if not wrong and last < first:
            yield Fault(field="away", why=WishFault.LAST_BEFORE_FIRST, row=row)
        if len(reason) > LONGEST_REASON:
            yield Fault(field="away", why=WishFault.TOO_LONG, row=row)


def _sense_faults(read: Document, problem: Problem, wrong: Collection[str]) -> Iterator[Fault]:
    """Yield what does not go together, of fields that can be read by themselves."""
    first, last = find_day(read["first_day"]), find_day(read["last_day"])
    least, most = read["min_days"], read["max_days"]
    if "min_days" not in wrong and "max_days" not in wrong and most < least:
        yield Fault(field="max_days", why=WishFault.MOST_BELOW_LEAST)
    if first is None or last is None:
        return
    if last < first:
        yield Fault(field="last_day", why=WishFault.LAST_BEFORE_FIRST)
        return
    preferred = find_day(read["preferred_first_day"] or "")
    if preferred is not None and not first <= preferred <= last:
        yield Fault(field="preferred_first_day", why=WishFault.PREFERRED_OUTSIDE)
    programme = problem.programme
    days = (min(last, programme.last_day) - max(first, programme.first_day)).days + 1
    if days < 1:
        yield Fault(field="first_day", why=WishFault.OUTSIDE_PROGRAMME)
    elif "min_days" not in wrong and least > days:
        yield Fault(field="min_days", why=WishFault.LONGER_THAN_WINDOW)


def find_day(text: str) -> dt.date | None:
    """Find the day that a text names as a form sends it, in a year that anybody may mean."""
    try:
        day = dt.date.fromisoformat(text) if _DAY.match(text) else None
    except ValueError:
        return None
    return day if day is not None and day.year in YEARS else None
