"""What a broken rule says, taken apart: a sentence for people, and the names and days in it.

The verifier speaks English with ids. Here each of its sentences has one for people, to be
translated, and what stands in it: names in the reader's language, days and numbers.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from scheduler.problem.problem import Problem
from scheduler.problem.types import RequestId, text_in
from scheduler.verify import Violation
from web.use_cases.broken_sentences import SENTENCES
from web.use_cases.names import Names

_DATE = r"\d{4}-\d\d-\d\d"
_ID = r"[^']*"
_SHAPES = {
    "days": f"(?:on {_DATE}|from {_DATE} to {_DATE})",
    "opening": f"(?: from {_DATE})?(?: to {_DATE})?",
    "date": _DATE,
    "number": r"\d+",
    "ids": r"'.*'",
    "word": r"[a-z]+",
    "words": r"[a-z, -]+",
    "value": r"\S+",
    "part": "slot|zone|host|pool|first day|last day",
    "features": r"'.*'",
    "country": "[A-Z]{2}",
}
_FIELD = re.compile(r"\\\{(\w+):(\w+)\\\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days from the first to the last; None where it is open on that side."""

    first_day: dt.date | None
    last_day: dt.date | None


Value = str | int | dt.date | Span | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenRule:
    """A rule that a draft breaks: a sentence for people with its values, and whom it names.

    ``sentence`` is the verifier's own where none is known for it. ``who`` are the names of the
    researchers.
    """

    rule: str
    sentence: str
    values: Mapping[str, Value]
    requests: tuple[str, ...]
    who: tuple[str, ...]


def broken_rules(names: Names, violations: Iterable[Violation]) -> tuple[BrokenRule, ...]:
    """Return violations as they are said to people."""
    return tuple(_broken_rule(names, violation) for violation in violations)


def _broken_rule(names: Names, violation: Violation) -> BrokenRule:
    sentence, values = _taken_apart(names, violation.text)
    requests = names.problem.request
    who = (names.researcher(requests[each]) for each in violation.requests if each in requests)
    return BrokenRule(
        rule=violation.rule.value,
        sentence=sentence,
        values=values,
        requests=tuple(violation.requests),
        who=tuple(dict.fromkeys(who)),
    )


def _taken_apart(names: Names, text: str) -> tuple[str, dict[str, Value]]:
    for pattern, kinds, sentence in _patterns():
        if found := pattern.fullmatch(text):
            values = {
                name: _READERS[kind](names, found[name])
                for name, kind in kinds.items()
                if name != "_"
                if name != "_"
            }
            return sentence, values
    return text.replace("%", "%%"), {}


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], dict[str, str], str], ...]:
    """Return each of the verifier's sentences as a pattern with the kinds of its fields."""
    return tuple(
        (re.compile(_regex(said)), dict(_FIELD.findall(re.escape(said))), sentence)
        for said, sentence in SENTENCES
    )


def _regex(said: str) -> str:
    whole = said if said[0].isupper() else f"Request '{{_:request}}' {said}."
    return _FIELD.sub(_group, re.escape(whole))


def _group(field: re.Match[str]) -> str:
    name, kind = field.groups()
    shape = _SHAPES.get(kind, _ID)
    return f"(?:{shape})" if name == "_" else f"(?P<{name}>{shape})"


def _span(_: Names, text: str) -> Span:
    days = [dt.date.fromisoformat(day) for day in re.findall(_DATE, text)]
    return Span(first_day=days[0], last_day=days[-1])


def _opening(_: Names, text: str) -> Span:
    since, until = (re.search(f"{word} ({_DATE})", text) for word in ("from", "to"))
    return Span(
        first_day=dt.date.fromisoformat(since[1]) if since else None,
        last_day=dt.date.fromisoformat(until[1]) if until else None,
    )


def _people(names: Names, text: str) -> tuple[str, ...]:
    """Return the researchers of requests, and the names of reservations beside them."""
    reserved = {one.id: one for one in names.problem.reservations}
    found = []
    for name in re.findall(f"'({_ID})'", text):
        if name in reserved and name not in names.problem.request:
            found.append(text_in(reserved[name].name, names.language))
        else:
            found.append(_person(names, name))
    return tuple(dict.fromkeys(found))


def _person(names: Names, name: str) -> str:
    request = names.problem.request.get(RequestId(name))
    return name if request is None else names.researcher(request)


def _researcher(names: Names, name: str) -> str:
    return _named(names, names.problem.researcher, name)


def _quota(names: Names, name: str) -> str:
    return _named(names, {quota.id: quota for quota in names.problem.quotas}, name)


def _named(names: Names, things: Mapping[Any, Any], name: str) -> str:
    return text_in(things[name].name, names.language) if name in things else name


def _by_id(find: Callable[[Problem], Mapping[Any, Any]]) -> Callable[[Names, str], str]:
    return lambda names, name: _named(names, find(names.problem), name)


def _any_of(names: Names, name: str) -> Value:
    """Return a day, or the name of a slot, a zone, a host or a pool."""
    if re.fullmatch(_DATE, name):
        return dt.date.fromisoformat(name)
    problem = names.problem
    for things in (problem.slot, problem.zone, problem.host, problem.pool):
        if name in things:
            return _named(names, things, name)
    return name


_READERS: Mapping[str, Callable[[Names, str], Value]] = {
    "days": _span,
    "opening": _opening,
    "date": lambda _, text: dt.date.fromisoformat(text),
    "number": lambda _, text: int(text),
    "ids": _people,
    "word": lambda _, text: text,
    "part": lambda _, text: text,
    "words": lambda _, text: tuple(text.split(", ")),
    "value": _any_of,
    "features": lambda _, text: tuple(re.findall(f"'({_ID})'", text)),
    "request": _person,
    "researcher": _researcher,
    "quota": _quota,
    "country": lambda _, text: text,
    "site": _by_id(lambda problem: problem.site),
    "zone": _by_id(lambda problem: problem.zone),
    "slot": _by_id(lambda problem: problem.slot),
    "host": _by_id(lambda problem: problem.host),
    "pool": _by_id(lambda problem: problem.pool),
    "track": _by_id(lambda problem: problem.track),
    "event": _by_id(lambda problem: problem.event),
}
