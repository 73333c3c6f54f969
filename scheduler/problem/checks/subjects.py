"""All checks in the domain's words, one after the other."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.files.findings import Finding
from scheduler.problem.problem import Problem


def check_subjects(problem: Problem) -> Iterator[Finding]:
    """Yield what is wrong with a problem whose parts have the right shape."""
    yield from ()
