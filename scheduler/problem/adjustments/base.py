"""What adjustments are made with: varying one item of one list, and adding one."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeVar

from scheduler.problem.problem import Identified

ItemT = TypeVar("ItemT", bound=Identified)


class CannotAdjust(ValueError):
    """A change that makes no sense in this problem, with the reason and a remedy."""


def varied(
    items: tuple[ItemT, ...], name: str, change: Callable[[ItemT], ItemT]
) -> tuple[ItemT, ...]:
    """Return the items with the one of this id changed; CannotAdjust if there is none."""
    if all(item.id != name for item in items):
        raise CannotAdjust(f"there is no '{name}' to change")
    return tuple(change(item) if item.id == name else item for item in items)


def refuse_twin(word: str, name: str, known: Collection[str]) -> None:
    """Raise CannotAdjust if an id that is to be added is there already."""
    if name in known:
        raise CannotAdjust(f"there is a {word} '{name}' already; choose another id")
