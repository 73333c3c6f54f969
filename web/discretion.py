"""Keeps the addresses that open something out of every log: whoever reads logs is no reader."""

from __future__ import annotations

import logging
import re

_SLASH = "(?:/|%2[Ff])"
_SECRET = re.compile(rf"({_SLASH}(?:c|r|sign-in){_SLASH}+)[^/\s'\"?#&<>\\]+")


def discreet(text: str) -> str:
    """Return a text in which the secret part of each private address is left out."""
    return _SECRET.sub(r"\1…", text)


class DiscreetRecord(logging.LogRecord):
    """A line of a log, and the trace below it, without tokens, whoever writes it and where to."""

    _trace: str | None = None

    def getMessage(self) -> str:  # noqa: N802 - the library's name
        """Return the message without tokens."""
        return discreet(super().getMessage())

    @property
    def exc_text(self) -> str | None:
        """The trace as it is written, which formatters keep here."""
        return self._trace

    @exc_text.setter
    def exc_text(self, text: str | None) -> None:
        self._trace = None if text is None else discreet(text)


def keep_tokens_out_of_logs() -> None:
    """Have every line of every log written discreetly, the server's own too."""
    logging.setLogRecordFactory(DiscreetRecord)
