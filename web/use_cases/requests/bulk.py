"""What is done to several requests at once: withdrawn, submitted again, pinned as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy.orm import Session

from models.history_store import Change
from models.steps import Step
from models.subjects import document_of
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Pin, Request, RequestStatus
from web.use_cases.editing import Edit, make_steps
from web.use_cases.workspace import Workspace

PINS, REQUESTS = "pins", "requests"


def withdraw(
    session: Session, workspace: Workspace, requests: Iterable[str], edit: Edit
) -> Change | None:
    """Withdraw requests, whose pins go too; None where nothing differs."""
    problem = workspace.problem
    steps: list[Step] = []
    for request in _known(problem, requests):
        steps += (_with_status(request, RequestStatus.WITHDRAWN), *_released(problem, request))
    return make_steps(session, problem.programme.id, steps, edit)


def submit_again(
    session: Session, workspace: Workspace, requests: Iterable[str], edit: Edit
) -> Change | None:
    """Let withdrawn requests stand again; None where nothing differs."""
    problem = workspace.problem
    known = _known(problem, requests)
    steps = [_with_status(request, RequestStatus.SUBMITTED) for request in known]
    return make_steps(session, problem.programme.id, steps, edit)


def pin_as_they_are(
    session: Session, workspace: Workspace, requests: Iterable[str], edit: Edit
) -> Change | None:
    """Pin stays of the draft whole; requests without a stay are passed over."""
    problem, stays = workspace.problem, workspace.plan.by_request
    pins = {pin.request: pin for pin in problem.pins}
    steps = []
    for request in _known(problem, requests):
        stay = stays.get(request.id)
        if stay is None:
            continue
        pin = Pin(
            request=request.id,
            slot=stay.slot,
            zone=stay.zone,
            host=stay.host,
            pool=stay.pool,
            first_day=stay.first_day,
            last_day=stay.last_day,
        )
        before = pins.get(request.id)
        steps.append(
            Step(
                subject=PINS,
                key=request.id,
                before=None if before is None else document_of(before),
                after=document_of(pin),
            )
        )
    return make_steps(session, problem.programme.id, steps, edit)


def _known(problem: Problem, requests: Iterable[str]) -> Iterator[Request]:
    """Return the requests that there are, in the programme's order."""
    wanted = set(requests)
    return (request for request in problem.requests if request.id in wanted)


def _with_status(request: Request, status: RequestStatus) -> Step:
    before = document_of(request)
    after = before | {"status": status.value}
    return Step(subject=REQUESTS, key=request.id, before=before, after=after)


def _released(problem: Problem, request: Request) -> Iterator[Step]:
    for pin in problem.pins:
        if pin.request == request.id:
            yield Step(subject=PINS, key=request.id, before=document_of(pin), after=None)
