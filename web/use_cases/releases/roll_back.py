"""Rolling back: an earlier release's stays become the draft again, and a new release."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from models.draft_store import load_draft_plan, main_draft
from models.history_store import Change, ChangeKind
from models.plan_store import load_plan
from models.programme_store import lock_programme
from models.release_store import Release, find_release
from scheduler.plan import Plan
from scheduler.problem.requests import Residency
from web.use_cases.drafts import steps_between
from web.use_cases.editing import Edit, make_steps
from web.use_cases.errors import NotThereError
from web.use_cases.names import knows
from web.use_cases.releases.publish import (
    Publication,
    Publisher,
    check_unchanged,
    publish_draft,
)
from web.use_cases.workspace import Workspace, load_workspace

ROLLED_BACK_TO = "rolled_back_to"
"""The fact of a release, and of a change, that names the release which holds again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollingBack:
    """What a draft would be with an earlier release's stays; ``lost`` are of things now gone."""

    workspace: Workspace
    lost: tuple[Residency, ...]


def get_release(session: Session, programme_id: str, number: int) -> Release:
    """Return a release by its number; ``NotThereError`` where there is none."""
    release = find_release(session, programme_id, number)
    if release is None:
        raise NotThereError(f"Programme {programme_id} has no release {number}.")
    return release


def rolling_back(session: Session, workspace: Workspace, release: Release) -> RollingBack:
    """Return the draft as it would be with a release's stays, as far as the programme knows them.

    ``NotThereError`` where the release's plan was not kept.
    """
    told = _plan_of(session, release).residencies
    known = tuple(stay for stay in told if knows(workspace.problem, stay))
    lost = tuple(stay for stay in told if not knows(workspace.problem, stay))
    return RollingBack(
        workspace=replace(workspace, plan=Plan(residencies=known), strays=()), lost=lost
    )


def open_release(
    session: Session, programme_id: str, number: int, publication: Publication
) -> Change | None:
    """Put a release's stays into the draft, to be mended there; None where it holds them already.

    Raises:
        PlanOutdatedError: The draft or the data are not what the coordinator looked at.
    """
    lock_programme(session, programme_id)
    workspace = load_workspace(session, programme_id)
    check_unchanged(workspace, publication)
    release = get_release(session, programme_id, number)
    back = rolling_back(session, workspace, release)
    draft = main_draft(session, programme_id, now=publication.now)
    steps = steps_between(load_draft_plan(session, draft.id), back.workspace.plan)
    edit = Edit(
        kind=ChangeKind.ROLL_BACK,
        now=publication.now,
        by=publication.by,
        draft_id=draft.id,
        facts={ROLLED_BACK_TO: number},
    )
    return make_steps(session, programme_id, steps, edit)


def roll_back(
    session: Session,
    programme_id: str,
    number: int,
    publisher: Publisher,
    publication: Publication,
) -> Release:
    """Publish an earlier release's stays as a new release, by steps that can be taken back.

    Raises:
        PlanOutdatedError: The draft or the data are not what the coordinator looked at.
        PlanRefusedError: They break rules in the programme as it is.
        NothingNewError: The latest release says the same.
        UnacknowledgedError: There are warnings that the coordinator has not seen.
    """
    open_release(session, programme_id, number, publication)
    again = replace(
        publication,
        revision=None,
        kind=ChangeKind.ROLL_BACK,
        facts={**publication.facts, ROLLED_BACK_TO: number},
    )
    return publish_draft(session, programme_id, publisher, again)


def _plan_of(session: Session, release: Release) -> Plan:
    if release.plan_id is None:
        raise NotThereError(f"Release {release.number} has kept no plan.")
    return load_plan(session, release.plan_id).plan
