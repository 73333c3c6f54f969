"""Making adjustments: one after the other, and the result checked as any scenario is."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.files.findings import Finding
from scheduler.problem.adjustments.base import CannotAdjust
from scheduler.problem.adjustments.file import (
    Adjustment,
    AdjustmentError,
    border_of_adjustments,
    documents_of,
    file_of,
)
from scheduler.problem.checks.names import check_names, names_in
from scheduler.problem.problem import Problem
from scheduler.problem.scenario_file import ScenarioError, document_of, parse_document

__all__ = ["AdjustmentError", "apply"]


def apply(problem: Problem, adjustments: Sequence[Adjustment]) -> Problem:
    """Return the problem with all adjustments made, or raise AdjustmentError; pure.

    Each finding has the place of the adjustment that it is about: ``adjustments[2].zone``.
    """
    document = file_of(documents_of(adjustments))
    findings = tuple(check_names(border_of_adjustments().kind, document, names_in(problem)))
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


def _findings_of_first_bad(
    problem: Problem, adjustments: Sequence[Adjustment]
) -> tuple[Finding, ...]:
    """Return what is wrong after the first adjustment after which anything is."""
    for number, adjustment in enumerate(adjustments):
        problem = adjustment.applied_to(problem)
        errors = _errors(problem)
        if errors:
            place = f"adjustments[{number}]"
            return tuple(Finding(place, f"would give {finding}") for finding in errors)
    return _errors(problem)


def _errors(problem: Problem) -> tuple[Finding, ...]:
    """Return what is wrong with a problem, as if it had been read from a file."""
    try:
        parse_document(document_of(problem))
    except ScenarioError as error:
        return error.findings
    return ()
