"""Documents of changed items in plain values: names in place of ids, days in place of texts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from models.history_store import Change
from models.steps import Document
from scheduler.problem.problem import Problem
from scheduler.problem.types import text_in
from web.use_cases.views.history import FieldRow

LISTS = {
    "building": "buildings",
    "collaboration": "collaborations",
    "floor": "floors",
    "host": "hosts",
    "hosts": "hosts",
    "institution": "institutions",
    "must_attend": "events",
    "pool": "pools",
    "pools": "pools",
    "request": "requests",
    "requests": "requests",
    "researcher": "researchers",
    "site": "sites",
    "sites": "sites",
    "slot": "slots",
    "track": "tracks",
    "tracks": "tracks",
    "zone": "zones",
    "zone_points": "zones",
    "zones": "zones",
}
"""Which list the ids of a field are from."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


class Called:
    """What items are called: as they are now, else as changes that are shown knew them."""

    def __init__(self, problem: Problem, changes: Iterable[Change], language: str) -> None:
        """Look at the programme, and at what came and went."""
        self._problem = problem
        self._changes = tuple(changes)
        self._language = language

    def item(self, subject: str, key: str) -> str:
        """Return an item's name; of a stay, a pin or a request that of who asks."""
        if subject in ("draft", "pins", "published", "requests"):
            return self._asker(key)
        return self._names(subject).get(key, key)

    def fields(self, before: Document | None, after: Document | None) -> tuple[FieldRow, ...]:
        """Return the fields that differ; those of an item that came or went that say something."""
        names = {**(before or {}), **(after or {})}
        return tuple(
            FieldRow(
                name=name,
                before=self.value(name, (before or {}).get(name)),
                after=self.value(name, (after or {}).get(name)),
            )
            for name in names
            if (before or {}).get(name) != (after or {}).get(name)
            and not _is_nothing((before or {}).get(name), (after or {}).get(name))
        )

    def facts(self, document: Document | None) -> Mapping[str, Any] | None:
        """Return an item with all its fields in plain values."""
        if document is None:
            return None
        return {name: self.value(name, value) for name, value in document.items()}

    def value(self, field: str, value: Any) -> Any:
        """Return a field's value in plain values."""
        if isinstance(value, str):
            return self._text(field, value)
        if isinstance(value, list):
            return [self.value(field, each) for each in value]
        if not isinstance(value, dict):
            return value
        if field in ("name", "address"):
            return text_in(value, self._language)
        named = LISTS.get(field)
        return {
            (self._names(named).get(key, key) if named else key): self.value(key, each)
            for key, each in value.items()
        }

    def _text(self, field: str, value: str) -> Any:
        if _DAY.match(value):
            return dt.date.fromisoformat(value)
        named = LISTS.get(field)
        if named == "requests":
            return self._asker(value)
        return self._names(named).get(value, value) if named else value

    def _asker(self, request: str) -> str:
        researcher = self._researchers.get(request)
        if researcher is None:
            return request
        return self._names("researchers").get(researcher, researcher)

    @cached_property
    def _researchers(self) -> Mapping[str, str]:
        """Who asks by each request."""
        known = {
            key: document["researcher"]
            for key, document in self._documents("requests")
            if "researcher" in document
        }
        return known | {each.id: each.researcher for each in self._problem.requests}

    def _names(self, subject: str) -> Mapping[str, str]:
        if subject not in self._by_list:
            known = {
                key: text_in(document["name"], self._language)
                for key, document in self._documents(subject)
                if "name" in document
            }
            items = getattr(self._problem, subject, ())
            now = {
                each.id: text_in(each.name, self._language)
                for each in (items if isinstance(items, tuple) else ())
                if hasattr(each, "name")
            }
            self._by_list[subject] = known | now
        return self._by_list[subject]

    @cached_property
    def _by_list(self) -> dict[str, Mapping[str, str]]:
        return {}

    def _documents(self, subject: str) -> Iterable[tuple[str, Document]]:
        for change in self._changes:
            for step in change.steps:
                if step.subject == subject:
                    yield step.key, step.after or step.before or {}


def _is_nothing(before: Any, after: Any) -> bool:
    """Tell whether a field says nothing on either side: nothing, zero, an empty text or list."""
    return not before and not after
