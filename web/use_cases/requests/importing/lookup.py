"""Finds what a programme has by id, or by name in any of its languages, however it is spelled."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from babel import Locale

from scheduler.problem.countries import country_codes
from scheduler.problem.problem import Problem
from web.use_cases.requests.importing.faults import CellError, Wrong
from web.use_cases.requests.words import squeezed

LISTS = ("institutions", "researchers", "tracks", "hosts", "pools", "sites", "zones", "events")
COUNTRY_LANGUAGES = ("en", "ko", "fr", "ar")
MOST_ALIKE = 3


class Lookup:
    """Answers which item of a programme is meant."""

    def __init__(self, problem: Problem) -> None:
        """Prepare for a programme."""
        self.problem = problem
        self._ids: dict[str, set[str]] = {}
        self._named: dict[str, dict[str, list[str]]] = {}

    def ids(self, of: str) -> set[str]:
        """Return the ids of a list."""
        if of not in self._ids:
            self._ids[of] = {item.id for item in getattr(self.problem, of)}
        return self._ids[of]

    def candidates(self, of: str, text: str) -> list[str]:
        """Return the ids of those who bear an id or a name."""
        if text in self.ids(of):
            return [text]
        if of not in self._named:
            self._named[of] = _by_name(getattr(self.problem, of))
        return self._named[of].get(squeezed(text) or text, [])

    def find(self, of: str, text: str) -> str | None:
        """Find the one that is meant; ``CellError`` where several bear the name."""
        found = self.candidates(of, text)
        if len(found) > 1:
            raise CellError(Wrong.AMBIGUOUS, of=of, text=text, ids=", ".join(found))
        return found[0] if found else None

    def get(self, of: str, text: str) -> str:
        """Return the one that is meant; ``CellError`` with those alike where there is none."""
        found = self.find(of, text)
        if found is None:
            raise CellError(Wrong.UNKNOWN, of=of, text=text, alike=self.alike(of, text))
        return found

    @cached_property
    def features(self) -> frozenset[str]:
        """What zones have."""
        return frozenset(each for zone in self.problem.zones for each in zone.features)

    @cached_property
    def countries(self) -> Mapping[str, str]:
        """The code of each country, by its name in some languages."""
        return {
            squeezed(name): code
            for language in COUNTRY_LANGUAGES
            for code, name in Locale(language).territories.items()
            if code in country_codes()
        }

    def alike(self, of: str, text: str) -> str:
        """Return ids like a text that nothing bears."""
        self.candidates(of, text)
        known = self._named.get(of, {})
        close = difflib.get_close_matches(squeezed(text), known, n=MOST_ALIKE, cutoff=0.7)
        return ", ".join(sorted({known[each][0] for each in close}))


def names_of(name: Any) -> Iterable[str]:
    """Return a text in all its languages."""
    return (name,) if isinstance(name, str) else name.values()


def _by_name(items: Iterable[Any]) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for item in items:
        for name in {squeezed(each) or each for each in (item.id, *names_of(item.name))}:
            named.setdefault(name, []).append(item.id)
    return named
