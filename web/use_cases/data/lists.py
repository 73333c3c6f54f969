"""What there is of each subject: counts, and lists that are searched and paged."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from models.subjects import document_of
from web.use_cases.data.cells import cell_of
from web.use_cases.data.form_choices import Choices
from web.use_cases.data.form_kinds import ITEMS, SINGLE, Field, Kind, fields_of
from web.use_cases.data.forms import FormKind
from web.use_cases.data.items import find_item, hanging_on, key_of, name_of
from web.use_cases.paging import page_of
from web.use_cases.views.data import (
    DataView,
    ListRow,
    ListView,
    RemovalView,
)
from web.use_cases.workspace import Workspace

PAGE_SIZE = 50


def show_data(workspace: Workspace, *, language: str) -> DataView:
    """Return how much there is of each subject."""
    problem = workspace.problem
    return DataView(
        programme_id=problem.programme.id,
        programme=Choices(problem, language).text(problem.programme.name),
        counts={name: len(getattr(problem, name)) for name in ITEMS if name not in SINGLE},
    )


def show_list(
    workspace: Workspace,
    form: FormKind,
    columns: Sequence[str],
    *,
    language: str,
    query: str = "",
    page: int = 1,
) -> ListView:
    """Return the items of a subject whose name or id holds what is searched for."""
    problem = workspace.problem
    choices = Choices(problem, language)
    found = _found(choices, form, query)
    here = page_of(found, page, size=PAGE_SIZE)
    return ListView(
        programme_id=problem.programme.id,
        programme=choices.text(problem.programme.name),
        form=form.name,
        query=query,
        count=len(getattr(problem, form.subject)),
        found=len(found),
        page=here.number,
        pages=here.pages,
        columns=tuple(columns),
        rows=tuple(_row(choices, form, name, item, columns) for name, item in here.items),
    )


def _found(choices: Choices, form: FormKind, query: str) -> list[tuple[str, Any]]:
    """Return the items whose name or id holds what is searched for, with their names."""
    wanted = query.casefold().strip()
    items = getattr(choices.problem, form.subject)
    named = ((_named(choices, form, item), item) for item in items)
    return [
        (name, item)
        for name, item in named
        if wanted in name.casefold() or wanted in key_of(item).casefold()
    ]


def show_removal(workspace: Workspace, form: FormKind, key: str, *, language: str) -> RemovalView:
    """Return an item that is to be removed, and what hangs on it."""
    problem = workspace.problem
    choices = Choices(problem, language)
    document = document_of(find_item(problem, form.subject, key))
    return RemovalView(
        programme_id=problem.programme.id,
        programme=choices.text(problem.programme.name),
        form=form.name,
        key=key,
        title=name_of(choices, form.subject, document),
        was=json.dumps(document, ensure_ascii=False),
        hanging=hanging_on(choices, form.subject, key),
        has_stay=form.subject == "requests" and key in workspace.plan.by_request,
    )


def _named(choices: Choices, form: FormKind, item: Any) -> str:
    if hasattr(item, "name"):
        return choices.text(item.name)
    return name_of(choices, form.subject, document_of(item))


def _row(choices: Choices, form: FormKind, name: str, item: Any, columns: Sequence[str]) -> ListRow:
    document, fields = document_of(item), fields_of(form.subject)
    if form.subject == "quotas":
        fields = fields | {"value": _counted(fields["value"], document["by"])}
    cells = tuple(cell_of(fields[column], document[column], choices) for column in columns)
    return ListRow(key=key_of(item), name=name, cells=cells)


def _counted(field: Field, by: str) -> Field:
    """Return what a quota counts as what it is: a country, or an item of a list."""
    if f"{by}s" in ITEMS:
        return replace(field, kind=Kind.ITEM, of=f"{by}s")
    return replace(field, of=by)
