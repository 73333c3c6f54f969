"""What the rules of a scenario say of an upload, each finding at its row and column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from models.steps import Document
from scheduler.files.findings import Finding
from scheduler.problem.people import Institution
from scheduler.problem.problem import Problem
from scheduler.problem.scenario_file import ScenarioError, document_of, parse_document
from web.use_cases.requests.columns import COLUMNS, Owner
from web.use_cases.requests.importing.drafting import Drafted
from web.use_cases.requests.importing.faults import Fault

_PLACE = re.compile(r"(requests|researchers|institutions)\[(\d+)\](?:\.(.+))?")
_PART = re.compile(r"[^.\[\]]+")
_PARTNERS = {
    "last_day": "first_day",
    "first_day": "last_day",
    "max_days": "min_days",
    "min_days": "max_days",
}
"""A finding about a pair says nothing while the other one of the pair is wrong."""

_PEOPLE = frozenset({"researcher", "name", "email", "institution", "institution_name", "country"})
_COLUMN_OF = {
    (column.owner.value, column.field or column.key): column.key for column in reversed(COLUMNS)
} | {("institutions", "id"): "institution", ("researchers", "id"): "researcher"}


class _Spot(NamedTuple):
    """Where a finding belongs: the position of a row, and a column."""

    at: int
    column: str


def rule_faults(
    problem: Problem, drafted: Sequence[Drafted], documents: Mapping[Owner, list[Document]]
) -> tuple[dict[int, list[Fault]], tuple[str, ...]]:
    """Return what the rules say by the position of the row, and what is about no row.

    Only what the rows touch is looked at: the rest of the programme stands already.
    """
    new = {each["id"] for each in documents[Owner.INSTITUTION]}
    others = tuple(each for each in problem.institutions if each.id not in new)
    try:
        parse_document(_document(problem, others, documents))
    except ScenarioError as error:
        return _by_row(error.findings, _Blame(drafted, documents, len(others)))
    return {}, ()


def _document(
    problem: Problem, others: tuple[Institution, ...], documents: Mapping[Owner, list[Document]]
) -> Document:
    bare = replace(
        problem,
        institutions=others,
        requests=(),
        researchers=(),
        reservations=(),
        collaborations=(),
        separations=(),
        quotas=(),
        pins=(),
        published=(),
    )
    whole = document_of(bare)
    whole["institutions"] += documents[Owner.INSTITUTION]
    whole["researchers"] = documents[Owner.RESEARCHER]
    whole["requests"] = documents[Owner.REQUEST]
    return whole


class _Blame:
    """Tells which row and column a finding is about."""

    def __init__(
        self,
        drafted: Sequence[Drafted],
        documents: Mapping[Owner, list[Document]],
        institutions_before: int,
    ) -> None:
        self.drafted = drafted
        self._documents = documents
        self._skipped = {Owner.INSTITUTION: institutions_before}
        self._rows: dict[tuple[Owner, str], list[int]] = {}
        for at, each in enumerate(drafted):
            for owner, key in (
                (Owner.RESEARCHER, each.researcher),
                (Owner.INSTITUTION, each.institution),
            ):
                if key is not None:
                    self._rows.setdefault((owner, key), []).append(at)

    def spot(self, finding: Finding) -> _Spot | None:
        """Find where a finding belongs."""
        place = _PLACE.match(finding.place)
        if place is None:
            return None
        owner, number = Owner(place[1]), int(place[2])
        column = _column(owner, place[3] or "")
        if owner is Owner.REQUEST:
            return _Spot(number, column)
        number -= self._skipped.get(owner, 0)
        if number < 0:
            return None
        rows = self._rows.get((owner, self._documents[owner][number]["id"]), [])
        said = [at for at in rows if column in self.drafted[at].row.cells]
        return next((_Spot(at, column) for at in (*said, *rows)), None)


def _by_row(
    findings: tuple[Finding, ...], blame: _Blame
) -> tuple[dict[int, list[Fault]], tuple[str, ...]]:
    rows: dict[int, list[Fault]] = {}
    elsewhere = []
    for finding in findings:
        spot = blame.spot(finding)
        if spot is None:
            elsewhere.append(str(finding))
            continue
        drafted = blame.drafted[spot.at]
        if not _is_told(drafted, spot.column):
            value = drafted.row.cells.get(spot.column, "")
            fault = Fault(column=spot.column, value=value, message=finding.message)
            rows.setdefault(spot.at, []).append(fault)
    return rows, tuple(elsewhere)


def _column(owner: Owner, place: str) -> str:
    """Return the column of a field, or of the part of a field that has one of its own."""
    parts = _PART.findall(place)
    for depth in (2, 1):
        name = ".".join(parts[:depth])
        if (owner.value, name) in _COLUMN_OF:
            return _COLUMN_OF[owner.value, name]
    return ""


def _is_told(drafted: Drafted, column: str) -> bool:
    """Tell whether a finding only follows from what is said of the row already."""
    wrong = {fault.column for fault in drafted.faults}
    if column in wrong:
        return True
    if column == "researcher" and "researcher" not in drafted.request:
        return bool(wrong & _PEOPLE)
    if column == "id" and "id" not in drafted.row.cells:
        return bool(wrong)
    if column in {"country", "institution", "institution_name"} and wrong & {"country"}:
        return True
    return _PARTNERS.get(column) in wrong
