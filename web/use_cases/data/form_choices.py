"""What can be chosen in a form, by name, and what somebody meant who typed a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from scheduler.problem.problem import Problem
from scheduler.problem.types import text_in
from web.use_cases.data.form_kinds import Field, Kind
from web.use_cases.views.data import SEPARATOR, Option

_CODES = frozenset({"country", "language", "holidays", "counted"})


class Choices:
    """Answers what there is of each list of a problem, in the reader's language."""

    def __init__(self, problem: Problem, language: str) -> None:
        """Keep what the names come from."""
        self.problem = problem
        self.language = language
        self.of = cache(self._of)
        self._names = cache(lambda named: {each.id: each.name for each in self.of(named)})

    def name(self, named: str, item_id: str) -> str:
        """Return what something of a list is called; an id that is not there is said itself."""
        return self._names(named).get(item_id, item_id)

    def text(self, text: Any) -> str:
        """Return a text in the reader's language."""
        return text_in(text, self.language)

    def resolve(self, named: str, typed: str) -> str:
        """Return the id that somebody meant who chose from a list, or typed a name that is one."""
        given = typed.rpartition(SEPARATOR)[2].strip()
        if given in self._names(named):
            return given
        called = [each.id for each in self.of(named) if each.name == typed.strip()]
        return called[0] if len(called) == 1 else given

    def _of(self, named: str) -> tuple[Option, ...]:
        detail = _DETAILS.get(named, _no_detail)
        return tuple(
            Option(id=item.id, name=self._called(named, item), detail=detail(self, item))
            for item in getattr(self.problem, named)
        )

    def _called(self, named: str, item: Any) -> str:
        if named == "requests":
            return self.name("researchers", item.researcher)
        return self.text(item.name)


def resolved(
    fields: Iterable[Field], typed: Mapping[str, list[str]], choices: Choices
) -> dict[str, list[str]]:
    """Return what was typed with ids where names were chosen."""
    found = dict(typed)
    for field in fields:
        if field.kind in {Kind.ITEM, Kind.ITEMS, Kind.RANKED} and field.name in typed:
            found[field.name] = [choices.resolve(field.of, each) for each in typed[field.name]]
        elif field.of in _CODES and field.name in typed:
            found[field.name] = [_code(each) for each in typed[field.name]]
        elif field.kind is Kind.TABLE:
            parts = (
                {**_as_dict(part), "name": f"{field.name}.{part.name}"} for part in field.parts
            )
            found |= resolved((Field(**part) for part in parts), found, choices)
    return found


def _as_dict(field: Field) -> dict[str, Any]:
    return {"name": field.name, "kind": field.kind, "of": field.of}


def _code(typed: str) -> str:
    return typed.rpartition(SEPARATOR)[2].strip()


def _no_detail(_: Choices, __: Any) -> str:
    return ""


_DETAILS: dict[str, Callable[[Choices, Any], str]] = {
    "requests": lambda _, item: str(item.id),
    "zones": lambda choices, item: choices.name("floors", item.floor),
    "floors": lambda choices, item: choices.name("buildings", item.building),
    "buildings": lambda choices, item: choices.name("sites", item.site),
    "hosts": lambda choices, item: choices.name("institutions", item.institution),
    "researchers": lambda choices, item: choices.name("institutions", item.institution),
    "slots": lambda choices, item: choices.name("sites", item.site),
    "events": lambda choices, item: choices.name("sites", item.site),
    "institutions": lambda _, item: str(item.country),
}
