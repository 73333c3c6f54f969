"""Reads pages as people do: the texts of their headings, rows and scripts' data."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

VOID = {"br", "col", "hr", "img", "input", "link", "meta"}


class _Reader(HTMLParser):
    """Gathers the text of every element of one name that has all the given attributes."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        super().__init__()
        self.tag = tag
        self.attributes = attributes
        self.texts: list[str] = []
        self.open: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        wanted = self.attributes.items() <= {name: value or "" for name, value in attrs}.items()
        if self.depth:
            self.depth += 1
        elif tag == self.tag and wanted:
            self.depth = 1
            self.open = []

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.open.append(data)

    def handle_endtag(self, tag: str) -> None:
        if not self.depth or tag in VOID:
            return
        self.depth -= 1
        if not self.depth:
            words = " ".join(self.open).replace(chr(0x2013), "-").split()
            self.texts.append(" ".join(words))


def texts(page: str, tag: str, **attributes: str) -> list[str]:
    """Return the texts of the elements of a page, dashes as hyphens.

    ``data_plan`` stands for the attribute ``data-plan``.
    """
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    reader = _Reader(tag, named)
    reader.feed(page)
    return reader.texts


def board_data(page: str) -> Any:
    """Return what the board's script is given."""
    (text,) = texts(page, "script", data_board_document="")
    return json.loads(text)
