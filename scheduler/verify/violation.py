"""A breach of a rule, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.problem.types import Days, Ranged, RequestId
from scheduler.rules import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A rule that a plan breaks, the requests that break it, and how, in a sentence."""

    rule: Rule
    requests: tuple[RequestId, ...]
    text: str


def breach_of(rule: Rule, request: RequestId, text: str) -> Violation:
    """Return the violation of a rule by one request, of which the text says what it does."""
    return Violation(rule=rule, requests=(request,), text=f"Request '{request}' {text}.")


def spell_days(days: Days) -> str:
    """Return a range of days in ISO dates, both ends inclusive; one date for a single day."""
    first = dt.date.fromordinal(days.start).isoformat()
    last = dt.date.fromordinal(days.stop - 1).isoformat()
    return f"on {first}" if first == last else f"from {first} to {last}"


def spell_opening(place: Ranged) -> str:
    """Return when a place is open, of which the first or the last day may be unknown."""
    since = f" from {place.first_day}" if place.first_day else ""
    until = f" to {place.last_day}" if place.last_day else ""
    return f"open{since}{until}"


def spell_ids(ids: Iterable[str]) -> str:
    """Return quoted ids as a list in a sentence."""
    *others, last = [f"'{name}'" for name in ids]
    return f"{', '.join(others)} and {last}" if others else last
