"""Reads the form of a page as a browser does: what it would send if nobody touched it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

UNSENT = {"submit", "button"}


@dataclass(kw_only=True)
class PageForm:
    """A form with the values of its inputs, by name, as they would be sent.

    The token is left out: it bears the second at which it was made, and tests' pages ask for none.
    """

    action: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)

    def with_(self, **changes: str | list[str]) -> dict[str, list[str]]:
        """Return what would be sent with some inputs changed; ``a__b`` stands for ``a.b``."""
        named = {name.replace("__", "."): value for name, value in changes.items()}
        given = {
            name: value if isinstance(value, list) else [value] for name, value in named.items()
        }
        return self.values | given


class _Reader(HTMLParser):
    def __init__(self, mark: str) -> None:
        super().__init__()
        self.mark = mark
        self.form = PageForm()
        self.is_inside = False
        self.templates = 0
        self.select: str | None = None
        self.chosen: list[str] = []
        self.options: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and self.mark in given:
            self.is_inside = True
            self.form.action = given.get("action", "")
        if tag == "template":
            self.templates += 1
        if not self.is_inside or self.templates:
            return
        if tag == "select":
            self.select, self.chosen, self.options = given.get("name", ""), [], []
        elif tag == "option" and self.select is not None:
            self.options.append(given.get("value", ""))
            self.chosen += [given.get("value", "")] if "selected" in given else []
        elif tag == "input":
            self._take(given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False
        if tag == "template":
            self.templates -= 1
        if tag == "select" and self.select is not None:
            self._add(self.select, (self.chosen or self.options)[0])
            self.select = None

    def _take(self, given: dict[str, str]) -> None:
        ticked = given.get("type") not in {"checkbox", "radio"} or "checked" in given
        if given.get("name") and ticked:
            self._add(given["name"], given.get("value", ""))

    def _add(self, name: str, value: str) -> None:
        self.form.values.setdefault(name, []).append(value)


def form_of(page: str, mark: str = "data-form") -> PageForm:
    """Return the form of a page that has an attribute."""
    reader = _Reader(mark)
    reader.feed(page)
    reader.form.values.pop("csrf_token", None)
    return reader.form
