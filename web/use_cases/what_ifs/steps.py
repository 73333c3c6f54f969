"""What taking a what-if over would change: steps of the programme's data and of the draft."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from models.edit_store import POLICY, PROGRAMME
from models.steps import Document, Step
from models.subjects import SUBJECTS, document_of
from scheduler.problem.adjustments import apply, parse_documents
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Pin
from web.use_cases.drafts import steps_between
from web.use_cases.errors import UseCaseError
from web.use_cases.workspace import Workspace

PUBLISHED, PINS = "published", "pins"

Seen = Mapping[str, Mapping[str, Any]]
"""What a page has shown, by subject and key."""


class PinsDisagreeError(UseCaseError):
    """Two pins on one request that cannot both hold."""


def steps_of_adjustments(problem: Problem, adjustments: Sequence[Document]) -> tuple[Step, ...]:
    """Return what adjustments change in the programme's data."""
    if not adjustments:
        return ()
    return steps_of_problems(problem, apply(problem, parse_documents(list(adjustments))))


def steps_of_problems(before: Problem, after: Problem) -> tuple[Step, ...]:
    """Return the steps from one programme to another, what was published left alone."""
    steps = [
        Step(subject=subject, key=key, before=document_of(was), after=document_of(now))
        for subject, key, was, now in (
            (PROGRAMME, str(before.programme.id), before.programme, after.programme),
            (POLICY, "", before.policy, after.policy),
        )
        if was != now
    ]
    for subject in SUBJECTS:
        if subject.field != PUBLISHED:
            steps += _of_list(subject.field, before, after)
    return tuple(steps)


def steps_of_stays(
    before: Workspace, after: Workspace, requests: Collection[str] | None = None
) -> tuple[Step, ...]:
    """Return what the stays of a branch change in the draft, of some requests or of all."""
    return steps_between(before.plan, after.plan, requests)


def seen_of(steps: Iterable[Step]) -> dict[str, dict[str, Any]]:
    """Return what steps found before them, for the page to remember."""
    seen: dict[str, dict[str, Any]] = {}
    for step in steps:
        seen.setdefault(step.subject, {})[step.key] = step.before
    return seen


def as_seen(steps: Iterable[Step], seen: Seen) -> tuple[Step, ...]:
    """Return steps from what a page has shown, so that others' changes since are noticed."""
    return tuple(
        replace(step, before=seen[step.subject][step.key])
        if step.key in seen.get(step.subject, {})
        else step
        for step in steps
    )


def _of_list(field: str, before: Problem, after: Problem) -> Iterator[Step]:
    was, now = _by_key(field, before), _by_key(field, after)
    for key in dict.fromkeys([*was, *now]):
        if was.get(key) != now.get(key):
            yield Step(
                subject=field,
                key=key,
                before=_document(was.get(key)),
                after=_document(now.get(key)),
            )


def _by_key(field: str, problem: Problem) -> dict[str, Any]:
    if field == PINS:
        return _joined(problem.pins)
    return {item.id: item for item in getattr(problem, field)}


def _joined(pins: Iterable[Pin]) -> dict[str, Any]:
    """Return one pin a request, several on one joined: all of them hold."""
    joined: dict[str, Any] = {}
    for pin in pins:
        joined[pin.request] = _both(joined[pin.request], pin) if pin.request in joined else pin
    return joined


def _both(first: Pin, second: Pin) -> Pin:
    values = {}
    for field in fields(Pin):
        one, other = getattr(first, field.name), getattr(second, field.name)
        if None not in (one, other) and one != other:
            raise PinsDisagreeError(f"Two pins on {first.request} say different things.")
        values[field.name] = other if one is None else one
    return Pin(**values)


def _document(item: Any) -> Document | None:
    return None if item is None else document_of(item)
