"""Scenario documents of the tiny programme, and what the reader finds wrong with one."""

from __future__ import annotations

from typing import Any

from scheduler.problem.scenario_file import (
    ScenarioError,
    document_of,
    parse_document,
    parse_scenario,
)
from tests.builders import make_problem


def make_document(**others: Any) -> dict[str, Any]:
    """Return the document of the tiny programme, whatever is named put in its place."""
    return document_of(make_problem()) | others


def make_item(key: str, **others: Any) -> dict[str, Any]:
    """Return the first item of a list of the tiny programme, varied."""
    item: dict[str, Any] = make_document()[key][0]
    return item | others


def findings(document: Any) -> list[str]:
    """Return what is wrong with a document, in the order of the report."""
    try:
        parse_document(document)
    except ScenarioError as error:
        return [str(finding) for finding in error.findings]
    return []


def findings_of_text(text: str | bytes) -> list[str]:
    """Return what is wrong with a scenario file."""
    try:
        parse_scenario(text if isinstance(text, bytes) else text.encode())
    except ScenarioError as error:
        return [str(finding) for finding in error.findings]
    return []
