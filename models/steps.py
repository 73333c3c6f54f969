"""Steps of a change: an item before and after, and what two people's steps come to together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from models.errors import StoreError

Document = dict[str, Any]
"""An item as plain JSON: the fields of its dataclass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One item before and after a change; None where there was none, or is none any more.

    ``subject`` is the scenario's list, ``policy`` or ``programme``, or ``draft`` for the plan
    that is worked on; ``key`` is the item's id, in lists without ids its request. ``position`` is
    where an item that goes stood in its list, and where it comes back to.
    """

    subject: str
    key: str
    before: Document | None
    after: Document | None
    position: int | None = None

    @property
    def back(self) -> Step:
        """The step that takes this one back."""
        return replace(self, before=self.after, after=self.before)

    @property
    def fields(self) -> frozenset[str]:
        """Fields that the step changes; none where an item comes or goes."""
        if self.before is None or self.after is None:
            return frozenset()
        names = self.before.keys() | self.after.keys()
        return frozenset(name for name in names if self.before.get(name) != self.after.get(name))


class Clash(NamedTuple):
    """Where somebody else has changed the same meanwhile: what stands there now.

    ``field`` is empty where the item as a whole has come, gone or changed.
    """

    step: Step
    field: str
    now: Any


class EditConflict(StoreError):
    """Somebody else has changed the same meanwhile; ``clashes`` say where and to what."""

    def __init__(self, clashes: tuple[Clash, ...]) -> None:
        """Keep the clashes."""
        self.clashes = clashes
        places = (
            f"{each.step.subject} {each.step.key}" + (f": {each.field}" if each.field else "")
            for each in clashes
        )
        super().__init__("changed by somebody else meanwhile: " + "; ".join(places))


def merge(steps: Iterable[Step], now: Iterable[Document | None]) -> tuple[Step, ...]:
    """Return the steps from what stands now to what they want, others' changes kept.

    Raises:
        EditConflict: Somebody else has changed the same fields to something else.
    """
    merged: list[Step] = []
    clashes: list[Clash] = []
    for step, current in zip(steps, now, strict=True):
        found = tuple(_clashes(step, current))
        clashes += found
        if not found:
            merged.append(_from_now(step, current))
    if clashes:
        raise EditConflict(tuple(clashes))
    return tuple(step for step in merged if step.before != step.after)


def _clashes(step: Step, now: Document | None) -> Iterable[Clash]:
    if step.before is None or step.after is None or now is None:
        if now not in (step.before, step.after):
            yield Clash(step, "", now)
        return
    for field in sorted(step.fields):
        wanted = (step.before.get(field), step.after.get(field))
        if now.get(field) not in wanted:
            yield Clash(step, field, now.get(field))


def _from_now(step: Step, now: Document | None) -> Step:
    after = step.after
    if now is not None and step.before is not None and after is not None:
        after = now | {field: after.get(field) for field in step.fields}
    return replace(step, before=now, after=after)
