"""Every closure and absence on one page, whoever they belong to."""

from __future__ import annotations

from models.subjects import document_of
from web.use_cases.data.form_choices import Choices
from web.use_cases.data.items import key_of, name_of
from web.use_cases.views.data import ClosureRow, ClosuresView
from web.use_cases.workspace import Workspace

_RANGES = {
    "sites": "closures",
    "zones": "closures",
    "pools": "closures",
    "hosts": "absences",
    "requests": "unavailable",
}


def show_closures(workspace: Workspace, *, language: str) -> ClosuresView:
    """Return all days on which something is closed or somebody away, by first day."""
    problem = workspace.problem
    choices = Choices(problem, language)
    rows = [
        ClosureRow(
            subject=subject,
            key=key_of(item),
            name=name_of(choices, subject, document_of(item)),
            field=field,
            reason=choices.text(each.name),
            first_day=each.first_day,
            last_day=each.last_day,
        )
        for subject, field in _RANGES.items()
        for item in getattr(problem, subject)
        for each in getattr(item, field)
    ]
    rows.sort(key=lambda row: (row.first_day, row.last_day, row.name))
    return ClosuresView(
        programme_id=problem.programme.id,
        programme=choices.text(problem.programme.name),
        rows=tuple(rows),
    )
