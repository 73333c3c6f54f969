"""A long list, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

ItemT = TypeVar("ItemT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[ItemT]):
    """Some of a list's items, the number of their page, from 1, and how many pages there are."""

    items: Sequence[ItemT]
    number: int
    pages: int


def page_of(items: Sequence[ItemT], number: int, *, size: int) -> Page[ItemT]:
    """Return a page of a list, the nearest one where there is none of that number."""
    pages = max(1, -(-len(items) // size))
    shown = min(max(1, number), pages)
    return Page(items=items[(shown - 1) * size : shown * size], number=shown, pages=pages)
