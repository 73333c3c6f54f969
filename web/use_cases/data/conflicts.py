"""What two people did to one item at the same time, and what comes of it when one chooses."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from models.steps import Document, Step
from web.use_cases.data.cells import cell_of
from web.use_cases.data.edit import ItemConflictError
from web.use_cases.data.form_choices import Choices
from web.use_cases.data.form_kinds import Field, Kind, fields_of
from web.use_cases.data.forms import FormKind
from web.use_cases.data.items import name_of
from web.use_cases.views.data import ConflictView, Difference


def show_conflict(
    choices: Choices, form: FormKind, error: ItemConflictError, now: Document | None
) -> ConflictView:
    """Return where somebody else's change and one's own meet; ``now`` is what stands there."""
    step, problem = error.step, choices.problem
    was, mine = step.before or {}, step.after or {}
    fields = fields_of(form.subject)
    clashing = {clash.field for clash in error.clashes}
    return ConflictView(
        programme_id=problem.programme.id,
        programme=choices.text(problem.programme.name),
        form=form.name,
        key=step.key,
        title=name_of(choices, form.subject, was or mine),
        was=json.dumps(was, ensure_ascii=False),
        mine=json.dumps(mine, ensure_ascii=False),
        now=json.dumps(now, ensure_ascii=False),
        differences=tuple(
            difference
            for name, field in fields.items()
            for difference in _differences(choices, field, (was, mine, now or {}), name in clashing)
        ),
    )


def merged_step(step: Step, now: Document | None, taken: Collection[str]) -> Step:
    """Return the step from what stands now to what was chosen; ``taken`` are one's own fields.

    Where the item is gone, it comes back as one wanted it.
    """
    if now is None or step.after is None:
        return replace(step, before=now)
    theirs = replace(step, after=now).fields
    own = {name for name in step.fields if name not in theirs or name in taken}
    after = now | {name: step.after.get(name) for name in own}
    return replace(step, before=now, after=after)


def _differences(
    choices: Choices,
    field: Field,
    versions: tuple[Mapping[str, Any], Mapping[str, Any], Mapping[str, Any]],
    is_clash: bool,
) -> tuple[Difference, ...]:
    was, mine, now = (version.get(field.name) for version in versions)
    if (was == mine and was == now) or field.kind in {Kind.ID, Kind.ELSEWHERE}:
        return ()
    cells = [cell_of(field, value, choices) for value in (was, mine, now)]
    return (
        Difference(field=field.name, was=cells[0], mine=cells[1], now=cells[2], is_clash=is_clash),
    )
