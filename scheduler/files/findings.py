"""What is wrong with a file: all of it at once, each finding with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, Self


def N_(text: str) -> str:  # noqa: N802  # the name by which gettext knows it
    """Mark a text for translation and leave it as it is."""
    return text


class Message(str):
    """A text in English that remembers its template and values, to be said in other languages.

    Values are messages where they are to be translated too.
    """

    __slots__ = ("template", "values")

    template: str
    values: Mapping[str, Any]

    def __new__(cls, template: str, /, **values: Any) -> Self:
        """Put the values into the template."""
        message = super().__new__(cls, template % values if values else template)
        message.template, message.values = template, values
        return message

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        """Return what makes the same message again, elsewhere."""
        return (self.template,), dict(self.values)

    def mapped(self, change: Callable[[str], str]) -> Message:
        """Return the message with its values changed."""
        return Message(
            self.template,
            **{
                name: value.mapped(change)
                if isinstance(value, Message)
                else change(value)
                if isinstance(value, str)
                else value
                for name, value in self.values.items()
            },
        )


class Finding(NamedTuple):
    """One thing wrong: where it stands, and what is wrong with what to do about it."""

    place: str
    message: str

    def __str__(self) -> str:
        """Return the finding as one line."""
        return f"{self.place}: {self.message}" if self.place else self.message


class FindingsError(ValueError):
    """A file or document that cannot be used, with everything that is wrong with it.

    ``source`` is the file's name, where it is known.
    """

    def __init__(self, findings: Iterable[Finding], *, source: str = "") -> None:
        """Keep the findings."""
        self.findings = tuple(findings)
        self.source = source
        super().__init__("\n".join(map(str, self.findings)))


class DocumentError(FindingsError):
    """Bytes that hold no document: not UTF-8, not YAML or JSON, or too long."""
