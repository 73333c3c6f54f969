"""A problem with steps made in it, and whether it would still be one that can be planned."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from models.edit_store import DRAFT, POLICY, PROGRAMME
from models.steps import Document, Step
from models.subjects import SUBJECTS, adapter_of, document_of
from scheduler.files.findings import Finding
from scheduler.files.kinds import kind_of
from scheduler.problem.checks.names import Register, names_in, register_of
from scheduler.problem.checks.readable import Readable
from scheduler.problem.problem import Problem
from scheduler.problem.scenario_file import FORMAT, ScenarioError, findings_in, parse_document
from web.use_cases.errors import EditRefusedError, StepFinding

FEW = 40
"""Steps up to which only what they could break is looked at; beyond, everything is."""


def edited(problem: Problem, steps: Iterable[Step]) -> Problem:
    """Return a problem with steps made in it, checked as a scenario file is.

    Raises:
        EditRefusedError: Something would be wrong with it.
    """
    made = _of_scenario(steps)
    if not made:
        return problem
    part = _part(problem, made)
    try:
        return parse_document({"format": FORMAT, **part.document})
    except ScenarioError as error:
        raise EditRefusedError(_findings(part, made, error.findings)) from None


def check_steps(problem: Problem, steps: Iterable[Step]) -> None:
    """Refuse steps after which something would be wrong with a problem that is right.

    What is found is what is found when looking at everything: what was right by itself stays so,
    and what it names is missed only where a step takes that away.

    Raises:
        EditRefusedError: Something would be wrong with it.
    """
    made = _of_scenario(steps)
    if len(made) > FEW:
        edited(problem, made)
    elif made:
        part = _part(problem, made, _mentioning(made))
        findings = findings_in(part, _names(problem, made, part))
        if findings:
            raise EditRefusedError(_findings(part, made, findings))


def _of_scenario(steps: Iterable[Step]) -> list[Step]:
    return [step for step in steps if step.subject != DRAFT]


def _mentioning(steps: Sequence[Step]) -> re.Pattern[bytes]:
    """Return what finds the names that steps are about in anything written as JSON."""
    names = {step.key for step in steps}
    for step in steps:
        names |= set(filter(None, (_name(each) for each in (step.before, step.after) if each)))
    quoted = (json.dumps(name, ensure_ascii=False) for name in sorted(names))
    return re.compile(b"|".join(re.escape(name.encode(errors="replace")) for name in quoted))


def _part(
    problem: Problem, steps: Sequence[Step], mentioning: re.Pattern[bytes] | None = None
) -> Readable:
    """Return a problem with steps made in it: the whole, or only what mentions something."""
    document: dict[str, Any] = {
        PROGRAMME: document_of(problem.programme),
        POLICY: document_of(problem.policy),
    }
    document |= {step.subject: step.after for step in steps if step.subject in document}
    numbers: dict[str, Sequence[int]] = {}
    for subject in SUBJECTS:
        items = getattr(problem, subject.field)
        found: dict[int, Document | None] = dict(_found(items, mentioning))
        own = [step for step in steps if step.subject == subject.field]
        _make_in(found, len(items), own)
        gone = sorted(number for number, item in found.items() if item is None)
        left = [number for number in sorted(found) if found[number] is not None]
        document[subject.field] = [found[number] for number in left]
        numbers[subject.field] = [number - bisect_left(gone, number) for number in left]
    return Readable(document=document, numbers=numbers)


def _found(
    items: Iterable[Any], mentioning: re.Pattern[bytes] | None
) -> Iterator[tuple[int, Document]]:
    """Yield the items that mention something, each with its number."""
    for number, item in enumerate(items):
        made: Any = type(item)
        written = adapter_of(made).dump_json
        if mentioning is None or mentioning.search(written(item)):
            yield number, document_of(item)


def _make_in(items: dict[int, Document | None], total: int, steps: Iterable[Step]) -> None:
    """Make the steps of one list; what is new comes last, since order means nothing here."""
    places = _places(items)
    for step in steps:
        place = places.setdefault(step.key, total)
        total += place == total
        items[place] = step.after


def _places(items: Mapping[int, Document | None]) -> dict[str | None, int]:
    """Return where each item stands in its list, the first of one name."""
    backwards = sorted(items.items(), reverse=True)
    return {_name(item): at for at, item in backwards if item is not None}


def _name(item: Document) -> str | None:
    name = item.get("id", item.get("request"))
    return name if isinstance(name, str) else None


def _names(problem: Problem, steps: Iterable[Step], part: Readable) -> Register:
    """Return the ids that the whole gives once the steps are made."""
    before, looked_at = names_in(problem), register_of(kind_of(Problem), part.document)
    gone = {step.key for step in steps}
    return {
        word: {*looked_at.get(word, ()), *(set(before.get(word, ())) - gone)}
        for word in before.keys() | looked_at.keys()
    }


def _findings(
    part: Readable, steps: Sequence[Step], findings: Iterable[Finding]
) -> tuple[StepFinding, ...]:
    """Return findings with the step and the field that they are about, if they are about one."""
    numbers = {
        subject: _places(dict(zip(own, part.document[subject], strict=True)))
        for subject, own in part.numbers.items()
    }
    places = {
        (
            f"{step.subject}[{numbers[step.subject].get(step.key)}]"
            if step.subject in numbers
            else step.subject
        ): step
        for step in steps
        if step.after is not None
    }
    found = []
    for finding in findings:
        head, dot, field = finding.place.partition(".")
        step = places.get(head)
        place = finding.place if step is None else field if dot else ""
        found.append(StepFinding(step, place, finding.message))
    return tuple(found)
