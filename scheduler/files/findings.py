"""What is wrong with a file: all of it at once, each finding with its place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


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
