"""Saving what was typed into a form: checked as a whole, with what is added on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from models.history_store import Change, find_undoable
from models.steps import Document, EditConflict, Step
from scheduler.files.findings import Finding, Message
from web.use_cases.data.form_choices import Choices, resolved
from web.use_cases.data.form_kinds import SINGLE, Field, defaults_of, fields_of
from web.use_cases.data.form_spelling import Typed, read, without_blank_rows
from web.use_cases.data.items import key_field, key_of, key_of_single, keys_in, new_id
from web.use_cases.edited import check_steps
from web.use_cases.editing import Edit, make_steps, undo
from web.use_cases.errors import EditRefusedError, NothingToUndoError, StepFinding, UseCaseError
from web.use_cases.views.data import Fault

ADDED: Mapping[str, tuple[str, ...]] = {
    "requests": ("researchers", "institutions"),
    "researchers": ("institutions",),
    "hosts": ("institutions",),
}
"""What can be added on the way, with the item that names it."""

FIELD_OF = {"researchers": "researcher", "institutions": "institution"}
"""By which field what is added on the way is named."""

_ITEM = re.compile(r"(\w+)\[(\d+)\]")
_PART = re.compile(r"[^.\[\]]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A form as somebody sends it; ``key`` is None for what is to be added.

    ``before`` is the item as the form showed it first, ``names`` the fields that the form has,
    ``asked`` what is to be added on the way.
    """

    subject: str
    key: str | None
    before: Document | None
    typed: Typed
    names: tuple[str, ...]
    asked: tuple[str, ...] = ()


class FormRefusedError(UseCaseError):
    """What was typed cannot be kept; ``faults`` say why not, and at which field."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults."""
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.place}: {fault.message}" for fault in self.faults))


class ItemConflictError(UseCaseError):
    """Somebody else changed the item meanwhile; ``step`` is what was wanted of it."""

    def __init__(self, step: Step, conflict: EditConflict) -> None:
        """Keep the step and where it clashes."""
        self.step = step
        self.clashes = conflict.clashes
        super().__init__(str(conflict))


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """An item that was saved, and the change; None where nothing was different."""

    key: str
    change: Change | None


def prefix_of(subject: str) -> str:
    """Return what the inputs of something that is added on the way begin with."""
    return f"new_{subject}"


def own_fields(names: Iterable[str], subject: str) -> tuple[Field, ...]:
    """Return the fields of a subject that a form has."""
    fields = fields_of(subject)
    return tuple(fields[name] for name in names)


def save_item(
    session: Session, programme_id: str, choices: Choices, filled: Filled, edit: Edit
) -> Saved:
    """Save what was typed, and what is added with it, as one change.

    Raises:
        FormRefusedError: Something is wrong with it, all of which is said.
        ItemConflictError: Somebody else has changed the same meanwhile.
    """
    steps, faults = _steps(choices, filled)
    if faults:
        raise FormRefusedError((*faults, *_border_faults(choices, steps)))
    return save_steps(session, programme_id, choices, steps, edit)


def save_steps(
    session: Session, programme_id: str, choices: Choices, steps: tuple[Step, ...], edit: Edit
) -> Saved:
    """Make steps of which the last one is the form's own; errors as of ``save_item``."""
    *_, own = steps
    try:
        change = make_steps(session, programme_id, steps, edit)
    except EditRefusedError as error:
        raise FormRefusedError(_faults(choices, own, error.findings)) from None
    except EditConflict as error:
        raise ItemConflictError(own, error) from None
    return Saved(key=own.key, change=change)


def undo_change(session: Session, programme_id: str, change_id: int, edit: Edit) -> Change:
    """Take back a change of the data, if it is the latest one; ``NothingToUndoError`` if not."""
    latest = find_undoable(session, programme_id, None)
    if latest is None or latest.id != change_id:
        raise NothingToUndoError("Something else was changed after it.")
    return undo(session, programme_id, edit)


def _steps(choices: Choices, filled: Filled) -> tuple[tuple[Step, ...], list[Fault]]:
    """Return the steps of what is added on the way, then of the item, and its faults."""
    steps: list[Step] = []
    faults: list[Fault] = []
    chosen: dict[str, str] = {}
    for subject in reversed(filled.asked):
        part = Filled(
            subject=subject,
            key=None,
            before=None,
            typed=_within(filled.typed, f"{prefix_of(subject)}."),
            names=tuple(name for name in fields_of(subject) if name != "id"),
        )
        step, wrong = _step(choices, part, chosen)
        steps.append(step)
        faults += (_moved(fault, subject) for fault in wrong)
        chosen[FIELD_OF[subject]] = step.key
    own, wrong = _step(choices, filled, chosen)
    return (*steps, own), [*faults, *wrong]


def _step(
    choices: Choices, filled: Filled, chosen: Mapping[str, str]
) -> tuple[Step, tuple[Fault, ...]]:
    fields = _fields_to_read(filled)
    typed = resolved(fields, {name: list(each) for name, each in filled.typed.items()}, choices)
    typed |= {name: [key] for name, key in chosen.items() if name in filled.names}
    document, findings = read(fields, without_blank_rows(fields, typed), filled.before)
    faults = tuple(Fault(place=place, message=message) for place, message in findings)
    if filled.key is None:
        step, taken = _new_step(choices, filled, document)
        return step, (*faults, *taken)
    after = (filled.before or {}) | document
    return _own_step(choices, filled, filled.key, after), faults


def _fields_to_read(filled: Filled) -> tuple[Field, ...]:
    """Return the fields of a form but for the key of an item that has one already."""
    key_name = None if filled.key is None else key_field(filled.subject)
    return own_fields((name for name in filled.names if name != key_name), filled.subject)


def _new_step(
    choices: Choices, filled: Filled, document: Document
) -> tuple[Step, tuple[Fault, ...]]:
    """Return the step that adds an item, named if it has no id, and whether its id is taken."""
    after = defaults_of(filled.subject) | document
    key_name = key_field(filled.subject)
    if key_name == "id" and not after.get("id"):
        made = new_id(choices.problem, filled.subject, after, choices.language)
        after = {"id": made} | after | {"id": made}
    key = str(after[key_name])
    step = _own_step(choices, filled, key, after)
    if not key or key not in keys_in(choices.problem, filled.subject):
        return step, ()
    message = Message("'%(name)s' is the id of %(other)s too", name=key, other=filled.subject)
    return step, (Fault(place=key_name, message=message),)


def _own_step(choices: Choices, filled: Filled, key: str, after: Document) -> Step:
    single = filled.subject in SINGLE
    step_key = key_of_single(choices.problem, filled.subject) if single else key
    return Step(subject=filled.subject, key=step_key, before=filled.before, after=after)


def _within(typed: Typed, prefix: str) -> dict[str, list[str]]:
    return {
        name.removeprefix(prefix): list(values)
        for name, values in typed.items()
        if name.startswith(prefix)
    }


def _moved(fault: Fault, subject: str) -> Fault:
    return Fault(place=f"{prefix_of(subject)}.{fault.place}", message=fault.message)


def _border_faults(choices: Choices, steps: tuple[Step, ...]) -> tuple[Fault, ...]:
    """Return what the checks of the scenario say of steps that are at fault already."""
    try:
        check_steps(choices.problem, steps)
    except EditRefusedError as error:
        return _faults(choices, steps[-1], error.findings)
    return ()


def _faults(choices: Choices, own: Step, findings: Iterable[StepFinding]) -> tuple[Fault, ...]:
    """Return findings as faults of the form's inputs, or of items that stand in the way."""
    found = []
    for step, place, message in findings:
        if step is None:
            found.append(_fault_elsewhere(choices, place, message))
            continue
        said = _blank(step, place) or message
        mine = step.subject == own.subject and step.key == own.key
        fault = Fault(place=place, message=said)
        found.append(fault if mine else _moved(fault, step.subject))
    return tuple(found)


def _blank(step: Step, place: str) -> Message | None:
    """Return that something is missing where nothing was typed, whatever it should be."""
    value: Any = step.after
    for part in _PART.findall(place):
        if isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, list) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
    return Message("missing; it is required") if value == "" else None


def _fault_elsewhere(choices: Choices, place: str, message: str) -> Fault:
    named = _ITEM.match(place)
    items = getattr(choices.problem, named[1], ()) if named else ()
    if named and int(named[2]) < len(items):
        elsewhere = (named[1], key_of(items[int(named[2])]))
        return Fault(place="", message=message, elsewhere=elsewhere)
    return Fault(place="", message=str(Finding(place, message)) if place else message)
