"""The plan file: JSON to a plan with what is claimed of it, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from annotated_types import Ge

from scheduler.files.border import Border, border_of
from scheduler.files.disk import read_limited, write_beside
from scheduler.files.documents import read_document, write_json
from scheduler.files.findings import DocumentError, Finding, FindingsError
from scheduler.files.wording import found
from scheduler.outcome import Status
from scheduler.plan import Plan, Unplaced
from scheduler.problem.checks.names import check_names, names_in
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.types import ProgrammeId, Sha256
from scheduler.rules import Term

FORMAT = "sarangchae-plan/1"


class PlanFileError(FindingsError):
    """A plan file that cannot be read, with everything that is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """A plan with the scenario that it is for and the claims that a checker can test."""

    scenario: ProgrammeId
    scenario_sha256: Sha256
    status: Status
    objective: int
    bound: int
    terms: Mapping[Term, int]
    seconds: float
    seed: int
    version: str
    plan: Plan
    unplaced: tuple[Unplaced, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _PlanDocument:
    """The plan file as it is written; every key is required."""

    format: Literal["sarangchae-plan/1"]
    scenario: ProgrammeId
    scenario_sha256: Sha256
    status: Literal["optimal", "feasible"]
    objective: int
    bound: int
    terms: Mapping[Term, int]
    seconds: Annotated[float, Ge(0)]
    seed: int
    version: str
    residencies: tuple[Residency, ...]
    unplaced: tuple[Unplaced, ...]


def load_plan(path: Path | str) -> PlanFile:
    """Return what a plan file says; OSError passes if there is no reading it."""
    try:
        return parse_plan(read_limited(Path(path)))
    except FindingsError as error:
        raise PlanFileError(error.findings, source=str(path)) from None


def parse_plan(data: bytes) -> PlanFile:
    """Return what a plan file's bytes say, or raise PlanFileError with all findings."""
    try:
        document = read_document(data)
    except DocumentError as error:
        raise PlanFileError(error.findings) from None
    _check_top(document)
    reading = _border().read(document)
    findings = [*reading.findings, *_check_terms(document)]
    if reading.thing is None or findings:
        raise PlanFileError(findings)
    return _plan_file(reading.thing)


def plan_bytes(plan_file: PlanFile) -> bytes:
    """Return the one spelling of a plan file."""
    document = _PlanDocument(
        format="sarangchae-plan/1",
        scenario=plan_file.scenario,
        scenario_sha256=plan_file.scenario_sha256,
        status="optimal" if plan_file.status is Status.OPTIMAL else "feasible",
        objective=plan_file.objective,
        bound=plan_file.bound,
        terms={term: plan_file.terms[term] for term in Term},
        seconds=plan_file.seconds,
        seed=plan_file.seed,
        version=plan_file.version,
        residencies=plan_file.plan.residencies,
        unplaced=plan_file.unplaced,
    )
    return write_json(_border().write(document))


def save_plan(plan_file: PlanFile, path: Path | str) -> None:
    """Write a plan file whole."""
    write_beside(Path(path), plan_bytes(plan_file))


def check_same_scenario(problem: Problem, plan_file: PlanFile, *, source: str = "") -> None:
    """Raise PlanFileError if a plan is for another scenario; ``source`` is the plan's file."""
    here, there = problem.programme.id, plan_file.scenario
    if here != there:
        message = f"the plan is for '{there}' and the scenario is '{here}'; choose the two that fit"
        raise PlanFileError([Finding("scenario", message)], source=source)


def check_plan_belongs(problem: Problem, plan_file: PlanFile, *, source: str = "") -> None:
    """Raise PlanFileError if a plan is for another scenario, or names what is not in this one."""
    check_same_scenario(problem, plan_file, source=source)
    border = _border()
    body = {
        "residencies": border_of(tuple[Residency, ...]).write(plan_file.plan.residencies),
        "unplaced": border_of(tuple[Unplaced, ...]).write(plan_file.unplaced),
    }
    findings = tuple(check_names(border.kind, body, names_in(problem)))
    if findings:
        raise PlanFileError(findings, source=source)


def _border() -> Border[_PlanDocument]:
    return border_of(_PlanDocument)


def _plan_file(document: _PlanDocument) -> PlanFile:
    return PlanFile(
        scenario=document.scenario,
        scenario_sha256=document.scenario_sha256,
        status=Status(document.status),
        objective=document.objective,
        bound=document.bound,
        terms=document.terms,
        seconds=document.seconds,
        seed=document.seed,
        version=document.version,
        plan=Plan(residencies=document.residencies),
        unplaced=document.unplaced,
    )


def _check_top(document: Any) -> None:
    """Raise PlanFileError for what is no plan at all."""
    if not isinstance(document, dict):
        message = f"expected a map with the keys format, scenario, ..., found {found(document)}"
        raise PlanFileError([Finding("", message)])
    given = document.get("format", FORMAT)
    if given != FORMAT:
        raise PlanFileError([Finding("format", f"expected {FORMAT}, found {found(given)}")])


def _check_terms(document: dict[str, Any]) -> list[Finding]:
    """Return a finding for each term of the objective that a plan file does not give."""
    terms = document.get("terms")
    if not isinstance(terms, dict):
        return []
    missing = [term for term in Term if term not in terms]
    return [Finding(f"terms.{term}", "missing; a plan file gives every term") for term in missing]
