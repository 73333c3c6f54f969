"""Sentences in English, with the names of a scenario."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from scheduler.explain.things import Kind, Span, Thing
from scheduler.problem.problem import Problem
from scheduler.problem.types import text_in

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class English:
    """Says sentences in English; whoever shares a name with another is said with the id."""

    language = "en"
    """Names are said in it, where the scenario has them; others that speak have their own."""

    def __init__(self, problem: Problem) -> None:
        """Keep the scenario whose names are said."""
        self._problem = problem

    def translate(self, text: str) -> str:
        """Return a text as it is."""
        return text

    def day(self, day: dt.date) -> str:
        """Say a day: 5 Jan 2026."""
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    def span(self, span: Span) -> str:
        """Say days, what both ends share said once: 5 Jan - 1 Feb 2026."""
        first, last = span.first_day, span.last_day
        if first == last:
            return self.day(first)
        if first.year != last.year:
            return f"{self.day(first)} - {self.day(last)}"
        if first.month != last.month:
            return f"{first.day} {MONTHS[first.month - 1]} - {self.day(last)}"
        return f"{first.day} - {self.day(last)}"

    def number(self, number: int) -> str:
        """Say a number: 12,000."""
        return f"{number:,}"

    def join(self, parts: Sequence[str]) -> str:
        """Say a list: a, b and c."""
        *others, last = parts
        return f"{', '.join(others)} and {last}" if others else last

    def name(self, thing: Thing) -> str:
        """Say a name, with the id where two bear it; a request by who asks."""
        if thing.name:
            return text_in(thing.name, self.language)
        if thing.kind is Kind.REQUEST:
            asker = self._names[Kind.RESEARCHER].get(self._askers[thing.id], "")
            return _with_id(asker, thing.id)
        name = self._names.get(thing.kind, {}).get(thing.id, "")
        return name if self._counts[thing.kind, name] == 1 else _with_id(name, thing.id)

    @cached_property
    def _askers(self) -> dict[str, str]:
        return {request.id: request.researcher for request in self._problem.requests}

    @cached_property
    def _names(self) -> Mapping[Kind, Mapping[str, str]]:
        problem = self._problem
        named: Mapping[Kind, Iterable[Any]] = {
            Kind.RESEARCHER: problem.researchers,
            Kind.RESERVATION: problem.reservations,
            Kind.SITE: problem.sites,
            Kind.ZONE: problem.zones,
            Kind.TRACK: problem.tracks,
            Kind.SLOT: problem.slots,
            Kind.HOST: problem.hosts,
            Kind.POOL: problem.pools,
            Kind.EVENT: problem.events,
            Kind.QUOTA: problem.quotas,
        }
        return {
            kind: {each.id: text_in(each.name, self.language) for each in things}
            for kind, things in named.items()
        }

    @cached_property
    def _counts(self) -> Counter[tuple[Kind, str]]:
        """How many things of a kind bear a name."""
        return Counter(
            (kind, name) for kind, names in self._names.items() for name in names.values()
        )


def _with_id(name: str, name_id: str) -> str:
    return name_id if name in ("", name_id) else f"{name} ({name_id})"
