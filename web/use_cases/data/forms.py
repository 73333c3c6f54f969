"""One item's form: what stands in it, what can be chosen, and how a request stands in the draft."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.steps import Document
from models.subjects import document_of
from scheduler.problem.requests import Residency
from scheduler.problem.types import RequestId
from web.use_cases.data.edit import ADDED, own_fields, prefix_of
from web.use_cases.data.form_choices import Choices
from web.use_cases.data.form_kinds import SINGLE, Field, Kind, defaults_of, fields_of
from web.use_cases.data.form_spelling import Typed, part_of, spell
from web.use_cases.data.items import find_item, hanging_on, name_of
from web.use_cases.data.suggestions import suggested
from web.use_cases.data.weights import show_weights
from web.use_cases.names import Names
from web.use_cases.rows import residency_row
from web.use_cases.views.data import Fault, FieldView, ItemView, Option, StayPanel
from web.use_cases.workspace import Workspace

_LONG_ITEM, _LONG_ITEMS = 30, 40
"""From how many options on one searches instead of looking through all of them."""

_MANY = frozenset({Kind.ITEMS, Kind.RANKED})


@dataclass(frozen=True, slots=True, kw_only=True)
class FormKind:
    """A form: its name in addresses, the subject whose fields it has, and which."""

    name: str
    subject: str
    names: tuple[str, ...]

    @property
    def is_single(self) -> bool:
        """Tell whether it has one item only, as the programme and the policy have."""
        return self.subject in SINGLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """What stands in a form, and what is wrong with it.

    ``more`` is the field that gets one more row, ``asked`` what is to be added on the way.
    """

    typed: Typed
    faults: Sequence[Fault] = ()
    more: str = ""
    asked: tuple[str, ...] = ()


def show_item(workspace: Workspace, form: FormKind, key: str, *, language: str) -> ItemView:
    """Return the form of an item as it stands; ``NotThereError`` where there is none."""
    document = document_of(find_item(workspace.problem, form.subject, key))
    typed = spell(own_fields(form.names, form.subject), document)
    return show_typed(workspace, form, (key, document), Typing(typed=typed), language=language)


def show_new(
    workspace: Workspace, form: FormKind, given: Mapping[str, str], *, language: str
) -> ItemView:
    """Return the form of an item to be added, with what is usual or given already filled in."""
    document = defaults_of(form.subject) | _usual(workspace, form)
    typed = spell(own_fields(form.names, form.subject), document)
    typed |= {name: [value] for name, value in given.items() if name in form.names}
    return show_typed(workspace, form, (None, None), Typing(typed=typed), language=language)


def show_typed(
    workspace: Workspace,
    form: FormKind,
    item: tuple[str | None, Document | None],
    typing: Typing,
    *,
    language: str,
) -> ItemView:
    """Return a form with everything in it that was typed; ``item`` is its key and what it was."""
    key, before = item
    problem = workspace.problem
    choices = Choices(problem, language)
    fields = own_fields(form.names, form.subject)
    return ItemView(
        programme_id=problem.programme.id,
        programme=choices.text(problem.programme.name),
        form=form.name,
        subject=form.subject,
        key=key,
        title="" if before is None else name_of(choices, form.subject, before),
        was=json.dumps(before, ensure_ascii=False),
        fields={field.name: _field_view(choices, field, typing) for field in fields},
        added={each: _added_views(choices, each, typing) for each in ADDED.get(form.subject, ())},
        asked=typing.asked,
        faults=tuple(typing.faults),
        used=0 if key is None else len(hanging_on(choices, form.subject, key)),
        panel=_panel(workspace, key, language) if form.subject == "requests" and key else None,
        weights=show_weights(workspace) if form.name == "weights" else None,
    )


def _field_view(choices: Choices, field: Field, typing: Typing, prefix: str = "") -> FieldView:
    name = f"{prefix}{field.name}"
    own = part_of(typing.typed, name)
    options = _options(choices, field)
    lacks_rows = field.kind in _MANY and not any(own.get("", ()))
    return FieldView(
        field=field,
        input=name,
        own=own,
        options=options,
        is_long=len(options) > (_LONG_ITEMS if field.kind in _MANY else _LONG_ITEM),
        blank_rows=int(typing.more == name) + int(lacks_rows),
        faults=tuple(fault for fault in typing.faults if _is_about(fault, name)),
    )


def _added_views(choices: Choices, subject: str, typing: Typing) -> dict[str, FieldView]:
    prefix = f"{prefix_of(subject)}."
    fields = [field for field in fields_of(subject).values() if field.kind is not Kind.ID]
    usual = spell(fields, defaults_of(subject))
    filled = {f"{prefix}{name}": values for name, values in usual.items()} | dict(typing.typed)
    within = Typing(typed=filled, faults=typing.faults, more=typing.more)
    return {field.name: _field_view(choices, field, within, prefix) for field in fields}


def _is_about(fault: Fault, name: str) -> bool:
    return fault.place == name or fault.place.startswith((f"{name}.", f"{name}["))


def _options(choices: Choices, field: Field) -> tuple[Option, ...]:
    if field.kind in {Kind.ITEM, Kind.ITEMS, Kind.RANKED}:
        return choices.of(field.of)
    if field.kind is Kind.TABLE and field.parts[0].kind is Kind.ITEM:
        return choices.of(field.parts[0].of)
    return suggested(choices, field)


def _usual(workspace: Workspace, form: FormKind) -> dict[str, Any]:
    """Return what is usual for an item to be added: the programme's days, its only site."""
    problem = workspace.problem
    programme = problem.programme
    usual: dict[str, Any] = {
        "first_day": programme.first_day.isoformat(),
        "last_day": programme.last_day.isoformat(),
        "submitted": programme.today.isoformat(),
        "by": "any",
        "colour": "#1c5f53",
    }
    for name, items in (("site", problem.sites), ("building", problem.buildings)):
        if len(items) == 1:
            usual[name] = items[0].id
    fields = fields_of(form.subject)
    return {
        name: value for name, value in usual.items() if name in fields and fields[name].is_required
    }


def _panel(workspace: Workspace, key: str, language: str) -> StayPanel | None:
    problem = workspace.problem
    request = problem.request.get(RequestId(key))
    if request is None:
        return None
    stay: Residency | None = workspace.plan.by_request.get(request.id)
    broken = (each.rule.value for each in workspace.violations if request.id in each.requests)
    return StayPanel(
        request=request.id,
        is_submitted=request.is_submitted,
        stay=None
        if stay is None
        else residency_row(Names(problem=problem, language=language), stay),
        broken=tuple(dict.fromkeys(broken)),
        pinned=any(pin.request == request.id for pin in problem.pins),
    )
