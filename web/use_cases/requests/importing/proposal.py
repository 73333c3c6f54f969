"""What rows would change, as steps; what the rules of a scenario say against it, by row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from models.steps import Document, Step
from models.subjects import adapter_of, document_of
from scheduler.problem.people import Institution, Researcher
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request
from web.use_cases.requests.columns import COLUMN, Owner
from web.use_cases.requests.importing.drafting import Drafted, Drafter
from web.use_cases.requests.importing.faults import Fault
from web.use_cases.requests.importing.parties import Row
from web.use_cases.requests.importing.people import People
from web.use_cases.requests.importing.rulings import rule_faults

_MADE: Mapping[Owner, Any] = {
    Owner.REQUEST: Request,
    Owner.RESEARCHER: Researcher,
    Owner.INSTITUTION: Institution,
}


class Outcome(StrEnum):
    """What importing a row would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRONG = "wrong"
    LEFT_OUT = "left_out"


class FieldChange(NamedTuple):
    """A field before and after, by its column."""

    column: str
    was: Any
    now: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A row with what importing it would do."""

    drafted: Drafted
    outcome: Outcome
    faults: tuple[Fault, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    adds_researcher: bool = False
    adds_institution: bool = False

    @property
    def number(self) -> int:
        """The row's number in the file."""
        return self.drafted.row.number


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What an upload would do: each row, the steps, and faults that are no row's."""

    rows: tuple[Proposed, ...]
    steps: tuple[Step, ...]
    elsewhere: tuple[str, ...]
    people: Mapping[str, Document]
    institutions: Mapping[str, Document]

    @cached_property
    def digest(self) -> str:
        """What tells whether the steps are still those that were looked at."""
        text = json.dumps([asdict(step) for step in self.steps], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def is_right(self) -> bool:
        """Tell whether nothing is wrong with what would be changed."""
        wrong = any(row.outcome is Outcome.WRONG for row in self.rows)
        return not wrong and not self.elsewhere

    def count(self, outcome: Outcome) -> int:
        """Count rows with an outcome."""
        return sum(row.outcome is outcome for row in self.rows)


def propose(
    problem: Problem, rows: Iterable[Row], columns: Iterable[str], *, leave_out_wrong: bool = False
) -> Proposal:
    """Return what rows would change in a programme, with everything that is wrong."""
    rows, columns = tuple(rows), frozenset(columns)
    proposal = _propose(problem, rows, columns)
    wrong = {row.number: row for row in proposal.rows if row.outcome is Outcome.WRONG}
    if not leave_out_wrong or not wrong:
        return proposal
    right = _propose(problem, [row for row in rows if row.number not in wrong], columns)
    left_out = (replace(row, outcome=Outcome.LEFT_OUT) for row in wrong.values())
    return replace(right, rows=tuple(sorted((*right.rows, *left_out), key=lambda row: row.number)))


def _propose(problem: Problem, rows: Iterable[Row], columns: frozenset[str]) -> Proposal:
    drafter = Drafter(problem, columns)
    drafted = drafter.read(rows)
    parties = drafter.parties
    documents = {
        Owner.REQUEST: [each.request for each in drafted],
        Owner.RESEARCHER: list(parties.researchers.documents().values()),
        Owner.INSTITUTION: list(parties.institutions.documents().values()),
    }
    found, elsewhere = rule_faults(problem, drafted, documents)
    maker = _Maker(parties.researchers, parties.institutions, documents)
    proposed = tuple(
        maker.propose(each, (*each.faults, *found.get(at, ()))) for at, each in enumerate(drafted)
    )
    return Proposal(
        rows=proposed,
        steps=(*maker.steps, *_pins_that_go(problem, maker.steps)),
        elsewhere=elsewhere,
        people={each["id"]: each for each in documents[Owner.RESEARCHER]},
        institutions={each["id"]: each for each in documents[Owner.INSTITUTION]},
    )


class _Maker:
    """Compares rows with what stands, and gathers the steps of those that are right."""

    def __init__(
        self, researchers: People, institutions: People, documents: Mapping[Owner, list[Document]]
    ) -> None:
        self._parties = {Owner.RESEARCHER: researchers, Owner.INSTITUTION: institutions}
        self._documents = {
            owner: {each["id"]: each for each in documents[owner]} for owner in self._parties
        }
        self._done: set[tuple[Owner, str]] = set()
        self.steps: list[Step] = []

    def propose(self, drafted: Drafted, faults: tuple[Fault, ...]) -> Proposed:
        """Return a row with what it changes; the first row of somebody changes them."""
        if faults:
            return Proposed(drafted=drafted, outcome=Outcome.WRONG, faults=faults)
        adds, changes = [], []
        for owner, key in (
            (Owner.INSTITUTION, drafted.institution),
            (Owner.RESEARCHER, drafted.researcher),
        ):
            step = self._party_step(owner, key)
            adds.append(step is not None and step.before is None)
            changes += [] if step is None or step.before is None else _changes(owner, step)
        after = _full(Owner.REQUEST, drafted.request)
        before = drafted.before
        step = Step(subject=Owner.REQUEST.value, key=after["id"], before=before, after=after)
        if before != after:
            self.steps.append(step)
        changes += [] if before is None else _changes(Owner.REQUEST, step)
        changed = Outcome.CHANGED if changes else Outcome.UNCHANGED
        return Proposed(
            drafted=drafted,
            outcome=Outcome.NEW if before is None else changed,
            changes=tuple(changes),
            adds_institution=adds[0],
            adds_researcher=adds[1],
        )

    def _party_step(self, owner: Owner, key: str | None) -> Step | None:
        """Return the step that a researcher or an institution needs, once."""
        if key is None or (owner, key) in self._done:
            return None
        self._done.add((owner, key))
        party = self._parties[owner].parties[key]
        after = _full(owner, self._documents[owner][key])
        step = Step(subject=owner.value, key=key, before=party.before, after=after)
        if step.before == step.after:
            return None
        self.steps.append(step)
        return step


def _full(owner: Owner, document: Document) -> Document:
    """Return a document with every field, as the programme will have it."""
    made = _MADE[owner]
    return document_of(adapter_of(made).validate_python(document))


def _changes(owner: Owner, step: Step) -> list[FieldChange]:
    was, now = step.before or {}, step.after or {}
    found = []
    for column in COLUMN.values():
        if column.owner is owner and column.place in was:
            before, after = was[column.place], now[column.place]
            if column.part:
                before, after = before[column.part], after[column.part]
            if before != after:
                found.append(FieldChange(column.key, before, after))
    return found


def _pins_that_go(problem: Problem, steps: Iterable[Step]) -> Iterator[Step]:
    """Yield the steps that release pins of requests which are withdrawn."""
    gone = {
        step.key
        for step in steps
        if step.subject == Owner.REQUEST and step.after and step.after["status"] == "withdrawn"
    }
    for pin in problem.pins:
        if pin.request in gone:
            yield Step(subject="pins", key=pin.request, before=document_of(pin), after=None)
