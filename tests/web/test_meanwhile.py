"""What others do to a what-if while it is kept or planned: seen, and never overwritten."""

from __future__ import annotations

from models.database import Database
from models.draft_store import rename_draft, store_draft_plan
from models.run_store import RunStatus, get_run
from scheduler.outcome import Progress
from scheduler.plan import Plan
from scheduler.problem.requests import Residency
from tests.builders import make_residency
from tests.web.branch_samples import branch_off, draft_stays, elsewhere, small_lab, stays_of
from tests.web.laboratory import NOW, seed
from web.use_cases.planning.messages import MOVED
from web.use_cases.planning.runs import RunWish, key_of, start_plan_run
from web.use_cases.planning.solving import run_plan
from web.use_cases.workspace import Workspaces


def test_a_what_if_that_was_renamed_is_called_by_its_new_name(database: Database) -> None:
    seed(database, small_lab())
    draft = branch_off(database, name="Old")
    workspaces = Workspaces()
    with database.reading() as session:
        workspaces.load(session, "lab", draft.id)
    with database.writing() as session:
        rename_draft(session, "lab", draft.id, "New")

    with database.reading() as session:
        kept = workspaces.load(session, "lab", draft.id)

    assert kept.draft is not None
    assert kept.draft.name == "New"


def test_a_stay_that_is_moved_while_a_what_if_is_planned_is_not_overwritten(
    database: Database,
) -> None:
    seed(database, small_lab())
    draft_stays(database, make_residency("ada"))
    draft = branch_off(database)
    with database.writing() as session:
        wish = RunWish(seconds=10, workers=1, draft_id=draft.id)
        run_id = start_plan_run(session, "lab", wish, now=NOW)
    moved: list[Residency] = []

    def move(_progress: Progress) -> None:
        if not moved:
            moved.append(elsewhere("ada"))
            with database.writing() as session:
                store_draft_plan(session, draft.id, Plan(residencies=tuple(moved)))

    run_plan(database, run_id, clock=lambda: NOW, show=move)

    with database.reading() as session:
        run = get_run(session, key_of(run_id))
    assert (run.status, run.message) == (RunStatus.FAILED, MOVED)
    assert stays_of(database, draft) == {("ada", "zone-b")}
