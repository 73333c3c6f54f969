"""Clean messages instead of tracebacks: whatever cannot be read or written ends with code 2."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

from scheduler.files.findings import FindingsError
from scheduler.outcome import PinConflict

MOST_LINES = 100
"""Findings that are shown; ``--json`` gives all."""


REMEDIES = {
    errno.ENOENT: "check how it is spelt",
    errno.EISDIR: "name a file in it",
    errno.ENOTDIR: "name a folder",
    errno.EACCES: "choose another place, or ask its owner for the right",
    errno.EPERM: "choose another place, or ask its owner for the right",
    errno.EROFS: "choose another place",
    errno.ENOSPC: "make room, or choose another place",
}
"""What to do about the commonest refusals of the system."""


class Refusal(click.ClickException):
    """A command that cannot do what it is asked; its message says why and what to do."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message."""
        click.echo(self.message, file=file, err=file is None)


@contextmanager
def clean_refusals() -> Iterator[None]:
    """Turn the errors that files and pins give into refusals; a decorator too."""
    try:
        yield
    except FindingsError as error:
        raise Refusal(spell_findings(error)) from None
    except PinConflict as error:
        raise Refusal(str(error)) from None
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Refusal(spell_os_error(error)) from None


def spell_os_error(error: OSError) -> str:
    """Return what the system refused, for which file, and what to do."""
    name = f"{error.filename}: " if error.filename else ""
    remedy = f"; {REMEDIES[error.errno]}" if error.errno in REMEDIES else ""
    return f"{name}{error.strerror or error}{remedy}"


def spell_findings(error: FindingsError) -> str:
    """Return the findings of a file, one a line under its name."""
    findings = [str(finding) for finding in error.findings]
    if len(findings) == 1:
        return ": ".join(part for part in (error.source, findings[0]) if part)
    lines = [f"{error.source or 'the input'}: {len(findings):,} errors"]
    lines += [f"  {finding}" for finding in findings[:MOST_LINES]]
    if len(findings) > MOST_LINES:
        lines.append(f"  and {len(findings) - MOST_LINES:,} more")
    return "\n".join(lines)
