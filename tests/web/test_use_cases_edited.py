"""A few steps are checked by what they could break; a check of everything finds the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from models.edit_store import POLICY, PROGRAMME
from models.steps import Document, Step
from models.subjects import SUBJECTS, document_of
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Quota, QuotaBy
from scheduler.problem.requests import RequestStatus
from scheduler.problem.types import QuotaId, RequestId
from tests.seeded import tiny_problem
from web.use_cases.edited import check_steps, edited
from web.use_cases.errors import EditRefusedError, StepFinding

SEED = 12
"""Of a tiny problem with something in each of its lists."""

BROKEN: tuple[Any, ...] = (None, "", "nobody", -1, "2020-01-01", ["nobody"] * 2)
"""What is put into every field of an item, one value after another."""


@pytest.fixture(scope="module")
def problem() -> Problem:
    """Return a programme with something in each of its lists, and somebody who has withdrawn."""
    problem = tiny_problem(SEED)
    leaves = replace(
        problem.requests[0], id=RequestId("left"), status=RequestStatus.WITHDRAWN, hosts=None
    )
    return replace(problem, requests=(*problem.requests, leaves))


def whole(problem: Problem, *steps: Step) -> tuple[StepFinding, ...]:
    """Return what a check of everything finds."""
    try:
        edited(problem, steps)
    except EditRefusedError as error:
        return error.findings
    return ()


def near(problem: Problem, *steps: Step) -> tuple[StepFinding, ...]:
    """Return what a check of what steps could break finds."""
    try:
        check_steps(problem, steps)
    except EditRefusedError as error:
        return error.findings
    return ()


def first_items(problem: Problem) -> Iterator[tuple[str, str, Document]]:
    """Yield one item of each list, the policy and the programme, each with its key."""
    key = problem.programme.id
    yield PROGRAMME, key, document_of(problem.programme)
    yield POLICY, key, document_of(problem.policy)
    for subject in SUBJECTS:
        for item in getattr(problem, subject.field)[-1:]:
            document = document_of(item)
            yield subject.field, str(document.get("id", document.get("request"))), document


def test_a_broken_value_in_any_field_of_anything_is_found_alike(problem: Problem) -> None:
    found = 0
    for subject, key, before in first_items(problem):
        for field in before:
            for value in BROKEN:
                step = Step(subject=subject, key=key, before=before, after=before | {field: value})
                findings = whole(problem, step)
                assert near(problem, step) == findings, (subject, field, value)
                found += len(findings)
    assert found > len(BROKEN)


def test_whatever_goes_is_missed_alike_by_those_who_name_it(problem: Problem) -> None:
    gone = [
        Step(subject=subject, key=key, before=before, after=None)
        for subject, key, before in first_items(problem)
        if subject not in {PROGRAMME, POLICY}
    ]
    assert [near(problem, step) for step in gone] == [whole(problem, step) for step in gone]
    assert near(problem, *gone) == whole(problem, *gone)


def test_whatever_comes_is_read_alike(problem: Problem) -> None:
    for subject, _, document in first_items(problem):
        same = Step(subject=subject, key="new", before=None, after=document)
        other = Step(subject=subject, key="new", before=None, after={**document, "id": "new"})
        unknown = Step(subject=subject, key="new", before=None, after={**document, "odd": "\ud83d"})
        for step in (same, other, unknown):
            assert near(problem, step) == whole(problem, step)


def test_who_is_pinned_and_withdraws_is_found_alike(problem: Problem) -> None:
    submitted = document_of(problem.request[problem.pins[0].request])
    leaves = Step(
        subject="requests",
        key=submitted["id"],
        before=submitted,
        after=submitted | {"status": "withdrawn"},
    )
    pin = document_of(problem.pins[0])
    stays = replace(problem.pins[0], request=problem.requests[-1].id)
    pinned = Step(
        subject="pins", key=stays.request, before=None, after=pin | {"request": stays.request}
    )
    (message,) = {finding.message for finding in near(problem, leaves)}
    assert message.endswith("is withdrawn; remove the pin or submit it again")
    assert near(problem, leaves) == whole(problem, leaves)
    assert near(problem, pinned, leaves) == whole(problem, pinned, leaves)


def test_what_a_quota_counts_by_is_missed_alike(problem: Problem) -> None:
    counting = Quota(
        id=QuotaId("of-a-site"),
        name="",
        by=QuotaBy.SITE,
        value=problem.sites[-1].id,
        first_day=problem.programme.first_day,
        last_day=problem.programme.last_day,
    )
    counted = replace(problem, quotas=(*problem.quotas, counting))
    site = document_of(problem.sites[-1])
    gone = Step(subject="sites", key=site["id"], before=site, after=None)
    assert near(counted, gone) == whole(counted, gone)
    assert any(finding.place.startswith("quotas[") for finding in near(counted, gone))


def test_what_is_right_is_let_pass(problem: Problem) -> None:
    before = document_of(problem.zones[0])
    step = Step(subject="zones", key=before["id"], before=before, after=before | {"desks": 99})
    assert near(problem, step) == whole(problem, step) == ()
