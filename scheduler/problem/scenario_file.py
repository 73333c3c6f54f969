"""The scenario file: YAML or JSON to a checked problem, and back without loss."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scheduler.files.border import Border, Reading, border_of
from scheduler.files.disk import read_limited, write_beside
from scheduler.files.documents import read_document, write_json
from scheduler.files.findings import DocumentError, Finding, FindingsError, Message
from scheduler.files.kinds import order_of
from scheduler.files.wording import found
from scheduler.files.yaml_text import write_yaml
from scheduler.problem.checks.names import Register, check_names, register_of
from scheduler.problem.checks.readable import Readable, readable_part
from scheduler.problem.checks.subjects import check_subjects
from scheduler.problem.problem import Problem

__all__ = [
    "FORMAT",
    "Finding",
    "ScenarioError",
    "document_of",
    "findings_in",
    "json_schema",
    "load_scenario",
    "parse_document",
    "parse_scenario",
    "save_scenario",
    "scenario_bytes",
    "sha256_of",
]

FORMAT = "sarangchae-scenario/1"


class ScenarioError(FindingsError):
    """A scenario that cannot be planned, with everything that is wrong with it."""


def load_scenario(path: Path | str) -> Problem:
    """Return the problem of a scenario file; OSError passes if there is no reading it."""
    try:
        return parse_scenario(read_limited(Path(path)))
    except FindingsError as error:
        raise ScenarioError(error.findings, source=str(path)) from None


def parse_scenario(data: bytes) -> Problem:
    """Return the problem of a scenario file's bytes, YAML or JSON."""
    try:
        document = read_document(data)
    except DocumentError as error:
        raise ScenarioError(error.findings) from None
    return parse_document(document)


def parse_document(document: Any) -> Problem:
    """Return the problem of a scenario document, or raise ScenarioError with all findings."""
    _check_top(document)
    body = {key: value for key, value in document.items() if key != "format"}
    reading, found_here = _read(body, register_of(_border().kind, body))
    findings = [*_check_format(document), *found_here]
    if reading.thing is None or findings:
        raise ScenarioError(sorted(findings, key=_order))
    return reading.thing


def findings_in(part: Readable, names: Register) -> list[Finding]:
    """Return what is wrong with a part of a document, with the places of the whole.

    ``names`` are the ids that the whole gives.
    """
    _, findings = _read(part.document, names)
    return sorted(map(part.located, findings), key=_order)


def document_of(problem: Problem) -> dict[str, Any]:
    """Return the scenario document of a problem, with every key, in the file's order."""
    return {"format": FORMAT, **_border().write(problem)}


def scenario_bytes(problem: Problem) -> bytes:
    """Return the one JSON file that an export of the problem writes."""
    return write_json(document_of(problem))


def sha256_of(data: bytes) -> str:
    """Return the hash by which a plan names the scenario file that it is for."""
    return hashlib.sha256(data).hexdigest()


def save_scenario(problem: Problem, path: Path | str) -> None:
    """Write a scenario file whole, YAML or JSON as its suffix says."""
    target = Path(path)
    is_yaml = target.suffix in {".yaml", ".yml"}
    write_beside(target, write_yaml(document_of(problem)) if is_yaml else scenario_bytes(problem))


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a scenario document."""
    schema = _border().json_schema()
    properties = {"format": {"const": FORMAT}, **schema.pop("properties")}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Sarangchae scenario",
        "description": "A programme of residencies, with everything that bears on its plan.",
        "properties": properties,
        "required": ["format", *schema["required"]],
    }


def _border() -> Border[Problem]:
    return border_of(Problem)


def _read(body: Mapping[str, Any], names: Register) -> tuple[Reading[Problem], list[Finding]]:
    """Read a document without its format, with everything that is wrong with it."""
    border = _border()
    reading = border.read(body)
    findings = list(reading.findings)
    places = {finding.place for finding in findings}
    named = check_names(border.kind, body, names)
    findings += [finding for finding in named if finding.place not in places]
    findings += _check_readable(body, reading, names)
    return reading, findings


def _check_readable(
    body: Mapping[str, Any], reading: Reading[Problem], names: Register
) -> Iterator[Finding]:
    """Yield the findings in the domain's words, on as much as can be read."""
    part = readable_part(body, reading.findings)
    problem = reading.thing or _border().read(part.document).thing
    if problem is not None:
        yield from map(part.located, check_subjects(problem, names))


def _check_top(document: Any) -> None:
    """Raise ScenarioError for what is no scenario at all."""
    if not isinstance(document, dict):
        keys = "format, programme, policy, sites, ..."
        message = Message(
            "expected a map with the keys %(keys)s, found %(found)s",
            keys=keys,
            found=found(document),
        )
        raise ScenarioError([Finding("", message)])
    given = document.get("format", FORMAT)
    if given != FORMAT:
        message = Message("expected %(format)s, found %(found)s", format=FORMAT, found=found(given))
        raise ScenarioError([Finding("format", message)])


def _check_format(document: dict[str, Any]) -> Iterator[Finding]:
    if "format" not in document:
        yield Finding("format", Message("missing; write 'format: %(format)s'", format=FORMAT))


def _order(finding: Finding) -> tuple[int, ...]:
    """Return where a finding comes in the file."""
    return (-1,) if finding.place == "format" else order_of(_border().kind, finding.place)
