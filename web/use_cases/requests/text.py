"""Texts in cells of files that spreadsheets open, none of which may be taken for a formula."""

from __future__ import annotations

_FORMULA = frozenset("=+-@'")


def guarded(text: str) -> str:
    """Return a text with an apostrophe before it where a spreadsheet might see a formula."""
    return f"'{text}" if text[:1] in _FORMULA else text


def unguarded(text: str) -> str:
    """Return a text without the apostrophe that guards it."""
    return text[1:] if text[:1] == "'" and text[1:2] in _FORMULA else text
