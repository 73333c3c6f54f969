"""Checks of what has been decided: pins and the published plan."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.files.findings import Finding
from scheduler.problem.problem import Problem


def check_pins(problem: Problem) -> Iterator[Finding]:
    """Yield each pin on a request that has been withdrawn."""
    for number, pin in enumerate(problem.pins):
        request = problem.request.get(pin.request)
        if request is not None and not request.is_submitted:
            message = f"request '{pin.request}' is withdrawn; remove the pin or submit it again"
            yield Finding(f"pins[{number}].request", message)


def check_published(problem: Problem) -> Iterator[Finding]:
    """Yield each published residency of a request that has one already."""
    first: dict[str, int] = {}
    for number, residency in enumerate(problem.published):
        earlier = first.setdefault(residency.request, number)
        if earlier != number:
            message = f"published[{earlier}] is of request '{residency.request}' too; keep one"
            yield Finding(f"published[{number}].request", message)
