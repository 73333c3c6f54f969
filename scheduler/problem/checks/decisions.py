"""Checks of what has been decided: pins and the published plan."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.files.findings import Finding, Message
from scheduler.problem.problem import Problem


def check_pins(problem: Problem) -> Iterator[Finding]:
    """Yield each pin on a request that has been withdrawn."""
    for number, pin in enumerate(problem.pins):
        request = problem.request.get(pin.request)
        if request is not None and not request.is_submitted:
            message = Message(
                "request '%(request)s' is withdrawn; remove the pin or submit it again",
                request=pin.request,
            )
            yield Finding(f"pins[{number}].request", message)


def check_published(problem: Problem) -> Iterator[Finding]:
    """Yield each published residency of a request that has one already."""
    first: dict[str, int] = {}
    for number, residency in enumerate(problem.published):
        earlier = first.setdefault(residency.request, number)
        if earlier != number:
            message = Message(
                "%(other)s is of request '%(request)s' too; keep one",
                other=f"published[{earlier}]",
                request=residency.request,
            )
            yield Finding(f"published[{number}].request", message)
