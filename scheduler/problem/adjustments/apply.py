"""Making adjustments: one after the other, and the result checked as any scenario is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scheduler.files.findings import Finding, Message
from scheduler.problem.adjustments.base import CannotAdjust
from scheduler.problem.adjustments.file import (
    Adjustment,
    AdjustmentError,
    border_of_adjustments,
    documents_of,
    file_of,
)
from scheduler.problem.checks.names import Register, check_names, names_in, register_of
from scheduler.problem.problem import Problem
from scheduler.problem.scenario_file import ScenarioError, document_of, parse_document

__all__ = ["AdjustmentError", "apply"]


def apply(problem: Problem, adjustments: Sequence[Adjustment]) -> Problem:
    """Return the problem with all adjustments made, or raise AdjustmentError; pure.

    Each finding has the place of the adjustment that it is about: ``adjustments[2].zone``.
    """
    document = file_of(documents_of(adjustments))
    findings = tuple(check_names(border_of_adjustments().kind, document, _names(problem, document)))
    if findings:
        raise AdjustmentError(findings)
    adjusted = problem
    for number, adjustment in enumerate(adjustments):
        try:
            adjusted = adjustment.applied_to(adjusted)
        except CannotAdjust as error:
            raise AdjustmentError([Finding(f"adjustments[{number}]", str(error))]) from None
    if _errors(adjusted):
        raise AdjustmentError(_findings_of_first_bad(problem, adjustments))
    return adjusted


def _names(problem: Problem, document: dict[str, Any]) -> Register:
    """Return the ids that there are, with those that the adjustments themselves add."""
    known = dict(names_in(problem))
    for word, added in register_of(border_of_adjustments().kind, document).items():
        known[word] = {*known[word], *added}
    return known


def _findings_of_first_bad(
    problem: Problem, adjustments: Sequence[Adjustment]
) -> tuple[Finding, ...]:
    """Return what is wrong after the first adjustment after which anything is."""
    for number, adjustment in enumerate(adjustments):
        problem = adjustment.applied_to(problem)
        errors = _errors(problem)
        if errors:
            place = f"adjustments[{number}]"
            return tuple(Finding(place, _would_give(finding)) for finding in errors)
    return _errors(problem)


def _would_give(finding: Finding) -> Message:
    if not finding.place:
        return Message("would give %(message)s", message=finding.message)
    return Message(
        "would give %(place)s: %(message)s", place=finding.place, message=finding.message
    )


def _errors(problem: Problem) -> tuple[Finding, ...]:
    """Return what is wrong with a problem, as if it had been read from a file."""
    try:
        parse_document(document_of(problem))
    except ScenarioError as error:
        return error.findings
    return ()
