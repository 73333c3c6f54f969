"""Reads the small form of an adjustment: what was put in becomes a document, or faults."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from models.steps import Document
from scheduler.files.findings import Finding
from scheduler.problem.adjustments import (
    AdjustmentError,
    adjustments_bytes,
    apply,
    documents_of,
    parse_adjustments,
    parse_documents,
)
from scheduler.problem.problem import Problem
from web.use_cases.errors import UseCaseError
from web.use_cases.views.branch_forms import FieldKind, FieldView
from web.use_cases.what_ifs.choices import NEED, Chooser, build_form
from web.use_cases.whole_numbers import whole_number

MISSING, NO_NUMBER, NO_DAY, ORDER, NOTHING, NOT_RAISED, UNKNOWN = (
    "missing",
    "no_number",
    "no_day",
    "order",
    "nothing",
    "not_raised",
    "unknown",
)
"""Faults of a form itself; others are in the domain's own words."""

_EITHER = {
    "widen_window": ("first_day", "last_day"),
    "change_window": ("first_day", "last_day"),
    "change_length": ("min_days", "max_days"),
}
"""Fields of which one has to be filled in."""


class FormRefusedError(UseCaseError):
    """A form that was filled in wrongly; ``faults`` by field, the empty one is the whole."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        """Keep the faults."""
        self.faults = faults
        super().__init__("; ".join(faults.values()))


class AdjustmentsRefusedError(UseCaseError):
    """Adjustments that cannot be read, or not made to the programme; all findings at once."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        """Keep the findings."""
        self.findings = tuple(findings)
        super().__init__("; ".join(map(str, self.findings)))


Answers = Mapping[str, Sequence[str]]


def read_file(data: bytes) -> list[Document]:
    """Return the adjustments of a file; ``AdjustmentsRefusedError`` says all that is wrong."""
    try:
        return documents_of(parse_adjustments(data))
    except AdjustmentError as error:
        raise AdjustmentsRefusedError(error.findings) from None


def check_adjustments(
    problem: Problem, documents: Sequence[Document]
) -> tuple[Problem, list[Document]]:
    """Return the problem with adjustments made, and their documents with every key.

    Raises:
        AdjustmentsRefusedError: They cannot be made.
    """
    try:
        adjustments = parse_documents(list(documents))
        return apply(problem, adjustments), documents_of(adjustments)
    except AdjustmentError as error:
        raise AdjustmentsRefusedError(error.findings) from None


def compose(
    problem: Problem,
    tried: Sequence[Document],
    chooser: Chooser,
    kind: str,
    answers: Answers,
) -> Document:
    """Return the adjustment that a form asks for, after those that are tried already.

    Raises:
        FormRefusedError: Something is wrong with it.
    """
    form = build_form(chooser, kind, answers)
    faults: dict[str, str] = {}
    document: Document = {"kind": kind}
    for field in form.fields:
        value = _read(field, faults)
        if value is not None or kind == "raise_quota":
            document[field.name] = value
    if not faults:
        faults |= _faults_together(chooser, kind, document)
    if faults:
        raise FormRefusedError(faults)
    return _checked(problem, tried, _shaped(document))


def _read(field: FieldView, faults: dict[str, str]) -> int | str | list[str] | None:
    given = [text.strip() for text in field.given if text.strip()]
    if not given:
        if field.is_required:
            faults[field.name] = MISSING
        return None
    if field.kind is FieldKind.SEVERAL:
        return given
    return _read_one(field, given[0], faults)


def _read_one(field: FieldView, text: str, faults: dict[str, str]) -> int | str | None:
    if field.kind is FieldKind.NUMBER:
        number = whole_number(text)
        if number is None or number < (field.least or 0):
            faults[field.name] = NO_NUMBER
            return None
        return number
    if field.kind is FieldKind.DAY:
        try:
            return dt.date.fromisoformat(text).isoformat()
        except ValueError:
            faults[field.name] = NO_DAY
    if field.kind is FieldKind.CHOICE and text not in {choice.value for choice in field.choices}:
        faults[field.name] = UNKNOWN
    return text


def _faults_together(chooser: Chooser, kind: str, document: Document) -> dict[str, str]:
    """Return what is wrong with fields that are right by themselves."""
    first, last = document.get("first_day"), document.get("last_day")
    if first and last and first > last:
        return {"last_day": ORDER}
    if kind in _EITHER and not any(document.get(name) for name in _EITHER[kind]):
        return {_EITHER[kind][0]: NOTHING}
    if kind == "raise_quota" and document["max"] is not None:
        quota = next(each for each in chooser.problem.quotas if each.id == document["quota"])
        if document["max"] <= (quota.max or 0):
            return {"max": NOT_RAISED}
    return {}


def _shaped(document: Document) -> Document:
    """Return a document as adjustments spell it."""
    if document["kind"] == "waive_need":
        request, _, feature = document[NEED].partition(" ")
        return {"kind": "waive_need", "request": request, "feature": feature}
    if document["kind"] == "add_pin":
        pin = {name: value for name, value in document.items() if name != "kind"}
        return {"kind": "add_pin", "pin": pin}
    return document


def _checked(problem: Problem, tried: Sequence[Document], document: Document) -> Document:
    """Return the document with every key, if it can be made after the others."""
    try:
        adjustments = parse_documents([*tried, document])
        apply(problem, adjustments)
    except AdjustmentError as error:
        own = f"adjustments[{len(tried)}]"
        faults: dict[str, str] = {}
        for finding in error.findings:
            field = finding.place.removeprefix(own).removeprefix(".pin").removeprefix(".")
            faults.setdefault(field.partition("[")[0], finding.message)
        raise FormRefusedError(faults) from None
    return documents_of(adjustments)[-1]


def adjustments_file(documents: Sequence[Document]) -> bytes:
    """Return the file of adjustments, as ``sarangchae whatif`` reads it."""
    return adjustments_bytes(parse_documents(list(documents)))
