"""What the coordinator works on: the programme as it stands, and a draft of its plan.

Loading a programme takes long beside answering a question about it, so workspaces are kept: a
scenario as long as its version stands, a draft as long as its revision does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy.orm import Session

from models.draft_store import Draft, find_main_draft, get_draft, load_draft_plan
from models.plan_store import Frame
from models.problem_loader import load_problem
from models.programme_store import get_version
from models.subjects import document_of
from scheduler.bound.trivial import trivial_bound
from scheduler.candidates.space import Space, build_space
from scheduler.plan import Plan
from scheduler.problem.adjustments import apply, parse_documents
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.scenario_file import scenario_bytes, sha256_of
from scheduler.problem.types import RequestId
from scheduler.rules import Term
from scheduler.verify import check_plan, score_plan
from scheduler.verify.violation import Violation
from web.use_cases.names import knows
from web.use_cases.recent import Recent

NO_DRAFT = 0
"""The id of a draft that was not begun."""


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A programme as it stands, or with the adjustments of a branch.

    What takes long is worked out when asked for, and kept.
    """

    version: str
    problem: Problem

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the file that an export would write."""
        return sha256_of(scenario_bytes(self.problem))

    @cached_property
    def frame(self) -> Frame:
        """What a bound of the programme is proven for."""
        pins = self.problem.pins
        unpinned = replace(self.problem, pins=())
        return Frame(
            unpinned_sha256=sha256_of(scenario_bytes(unpinned)) if pins else self.sha256,
            pins=tuple(map(document_of, pins)),
        )

    @cached_property
    def space(self) -> Space:
        """Every allowed way of every request."""
        return build_space(self.problem)

    @cached_property
    def trivial_bound(self) -> int:
        """What no plan can exceed, were every request alone."""
        return trivial_bound(self.space)


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """A draft beside the programme that it is for.

    ``plan`` holds what the programme still knows, ``strays`` what it does not any more: stays of
    requests that were withdrawn, or in places that are gone. ``draft`` is None before anything
    was put into one.
    """

    scenario: Scenario
    draft: Draft | None
    plan: Plan
    strays: tuple[Residency, ...]

    @property
    def problem(self) -> Problem:
        """The programme as it stands."""
        return self.scenario.problem

    @property
    def draft_id(self) -> int:
        """The draft's id, ``NO_DRAFT`` where there is none."""
        return NO_DRAFT if self.draft is None else self.draft.id

    @property
    def revision(self) -> int:
        """How often the draft was changed; what pages show is of this revision."""
        return 0 if self.draft is None else self.draft.revision

    @property
    def key(self) -> tuple[str, str, int, int]:
        """What is another as soon as the programme or the draft is."""
        return self.problem.programme.id, self.scenario.version, self.draft_id, self.revision

    @property
    def is_empty(self) -> bool:
        """Tell whether nobody has a place."""
        return not self.plan.residencies

    @cached_property
    def stays(self) -> tuple[Residency, ...]:
        """The residencies by first day."""
        return tuple(
            sorted(
                self.plan.residencies,
                key=lambda stay: (stay.first_day, stay.last_day, stay.request),
            )
        )

    @cached_property
    def unplaced(self) -> tuple[RequestId, ...]:
        """Submitted requests without a place, the most urgent first."""
        placed = self.plan.by_request
        left_out = [request for request in self.problem.submitted if request.id not in placed]
        left_out.sort(key=lambda request: (-request.priority, request.first_day, request.id))
        return tuple(request.id for request in left_out)

    @cached_property
    def violations(self) -> tuple[Violation, ...]:
        """The rules that the draft breaks, as the verifier finds them."""
        return check_plan(self.problem, self.plan)

    @cached_property
    def terms(self) -> Mapping[Term, int]:
        """What the draft is worth, by term."""
        return score_plan(self.problem, self.plan)

    @property
    def objective(self) -> int:
        """What the draft is worth."""
        return sum(self.terms.values())


class Workspaces:
    """Gives workspaces, kept from one request to the next; threads may share it."""

    def __init__(self, size: int = 8) -> None:
        """Keep at most so many scenarios and drafts."""
        self._scenarios: Recent[tuple[str, str], Scenario] = Recent(size)
        self._workspaces: Recent[tuple[str | int | None, ...], Workspace] = Recent(2 * size)

    def load(self, session: Session, programme_id: str, draft_id: int | None = None) -> Workspace:
        """Return the draft that will be published, or the one of an id, beside its programme.

        Raises:
            NoSuchProgramme: The database holds no such programme.
            NoSuchDraft: The programme has no draft of that id.
            AdjustmentError: What a branch tries cannot be done to the programme any more.
        """
        scenario = self.scenario(session, programme_id)
        draft = _find_draft(session, programme_id, draft_id)
        drafted = (NO_DRAFT,) if draft is None else (draft.id, draft.revision, draft.name)
        key = (programme_id, scenario.version, *drafted)
        return self._workspaces.get(key, lambda: open_workspace(session, scenario, draft))

    def scenario(self, session: Session, programme_id: str) -> Scenario:
        """Return a programme as it stands; ``NoSuchProgramme`` where there is none."""
        version = get_version(session, programme_id)
        return self._scenarios.get(
            (programme_id, version),
            lambda: Scenario(version=version, problem=load_problem(session, programme_id)),
        )


def load_workspace(session: Session, programme_id: str, draft_id: int | None = None) -> Workspace:
    """Load a draft, without one the one that will be published, where nothing is kept."""
    version = get_version(session, programme_id)
    scenario = Scenario(version=version, problem=load_problem(session, programme_id))
    return open_workspace(session, scenario, _find_draft(session, programme_id, draft_id))


def open_workspace(session: Session, scenario: Scenario, draft: Draft | None) -> Workspace:
    """Return a draft beside its programme, changed as the draft tries it if it is a branch."""
    residencies = () if draft is None else load_draft_plan(session, draft.id).residencies
    if draft is not None and draft.adjustments:
        changed = apply(scenario.problem, parse_documents(list(draft.adjustments)))
        scenario = Scenario(version=scenario.version, problem=changed)
    known = tuple(stay for stay in residencies if knows(scenario.problem, stay))
    strays = tuple(stay for stay in residencies if not knows(scenario.problem, stay))
    return Workspace(scenario=scenario, draft=draft, plan=Plan(residencies=known), strays=strays)


def _find_draft(session: Session, programme_id: str, draft_id: int | None) -> Draft | None:
    if draft_id is None:
        return find_main_draft(session, programme_id)
    return get_draft(session, programme_id, draft_id)
