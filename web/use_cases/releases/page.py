"""The pages of what was published: the list, one release, two of them side by side."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace

from sqlalchemy.orm import Session

from models.mail_store import count_mails
from models.plan_store import load_plan
from models.release_store import (
    Release,
    find_release_scenario,
    load_release_entries,
    load_releases,
)
from scheduler.claims import check_claims
from scheduler.plan_file import PlanFile
from scheduler.problem.scenario_file import parse_scenario, sha256_of
from scheduler.problem.types import text_in
from scheduler.rules import Term
from scheduler.verify import check_plan
from web.calendars.entries import Entry
from web.use_cases.errors import NotThereError
from web.use_cases.plans import local
from web.use_cases.releases.changes import standing
from web.use_cases.releases.entries import told_entry
from web.use_cases.releases.preview import Looking, preview_release
from web.use_cases.releases.roll_back import get_release
from web.use_cases.releases.rows import Rows, kept_warnings, release_row, terms_of
from web.use_cases.views import TermView
from web.use_cases.views.releases import (
    ChangesQuery,
    ComparisonView,
    ReleasesView,
    ReleaseView,
    TermPair,
    VerdictView,
    WeightView,
)
from web.use_cases.workspace import Workspace


def show_releases(session: Session, workspace: Workspace, looking: Looking) -> ReleasesView:
    """Return the list of releases, the latest first, and what the next one would be."""
    programme = workspace.problem.programme
    mails = count_mails(session, programme.id)
    return ReleasesView(
        programme_id=programme.id,
        programme=text_in(programme.name, looking.language),
        timezone=programme.timezone,
        next=preview_release(session, workspace, looking),
        rows=tuple(
            release_row(release, programme.timezone, mails.get(release.number, {}))
            for release in load_releases(session, programme.id)
        ),
    )


def show_release(
    session: Session,
    workspace: Workspace,
    number: int,
    query: ChangesQuery,
    *,
    language: str,
    is_verified_now: bool = False,
) -> ReleaseView:
    """Return one release; with the verifier's verdict where it is asked to look again.

    ``NotThereError`` where there is no such release.
    """
    problem = workspace.problem
    programme = problem.programme
    release = get_release(session, programme.id, number)
    numbers = tuple(each.number for each in load_releases(session, programme.id))
    entries = _entries(session, release.programme_id, number)
    before = _entries(session, release.programme_id, number - 1)
    rows = Rows(problem=problem, language=language, told=standing(before) | standing(entries))
    file = _find_plan(session, release)
    mails = count_mails(session, programme.id).get(number, {})
    facts = release.facts
    has_scenario = find_release_scenario(session, programme.id, number) is not None
    return ReleaseView(
        programme_id=programme.id,
        programme=text_in(programme.name, language),
        timezone=programme.timezone,
        row=release_row(release, programme.timezone, mails),
        is_latest=number == numbers[0],
        previous=number - 1 if number > 1 else None,
        numbers=numbers,
        objective=release.objective,
        bound=release.bound,
        terms=tuple(TermView(name=name, points=points) for name, points in terms_of(file).items()),
        weights=tuple(
            WeightView(name=name, points=points)
            for name, points in facts.get("weights", {}).items()
        ),
        scenario_sha256=facts.get("scenario", release.scenario_sha256),
        seed=facts.get("seed"),
        version=facts.get("version", ""),
        verified_at=_verified_at(release, programme.timezone),
        warnings=rows.warnings(kept_warnings(release)),
        changes=rows.changes(before, entries, query),
        has_plan=file is not None,
        has_scenario=has_scenario,
        mails={status.value: count for status, count in mails.items()},
        verdict=_verdict(session, release, rows) if is_verified_now else None,
    )


def compare_releases(
    session: Session,
    workspace: Workspace,
    numbers: tuple[int, int],
    query: ChangesQuery,
    *,
    language: str,
) -> ComparisonView:
    """Return two releases side by side; ``NotThereError`` where one of them is none."""
    problem = workspace.problem
    programme = problem.programme
    first, second = (get_release(session, programme.id, number) for number in numbers)
    was, now = (_entries(session, programme.id, number) for number in numbers)
    rows = Rows(problem=problem, language=language, told=standing(was) | standing(now))
    terms_before = terms_of(_find_plan(session, first))
    terms_after = terms_of(_find_plan(session, second))
    return ComparisonView(
        programme_id=programme.id,
        programme=text_in(programme.name, language),
        numbers=tuple(each.number for each in load_releases(session, programme.id)),
        before=release_row(first, programme.timezone, {}),
        after=release_row(second, programme.timezone, {}),
        terms=tuple(
            TermPair(
                name=term.value,
                before=terms_before.get(term.value, 0),
                after=terms_after.get(term.value, 0),
            )
            for term in Term
        ),
        changes=rows.changes(was, now, query),
    )


def plan_of_release(session: Session, release: Release) -> PlanFile:
    """Return the plan of a release; ``NotThereError`` where none was kept."""
    file = _find_plan(session, release)
    if file is None:
        raise NotThereError(f"Release {release.number} has kept no plan.")
    return file


def scenario_of_release(session: Session, release: Release) -> bytes:
    """Return the programme that a release answers; ``NotThereError`` where it was not kept."""
    data = find_release_scenario(session, release.programme_id, release.number)
    if data is None:
        raise NotThereError(f"Release {release.number} is from before scenarios were kept.")
    return data


def _verdict(session: Session, release: Release, rows: Rows) -> VerdictView:
    """Verify a release's plan against the programme as it was, claims and all."""
    began = time.perf_counter()
    data = scenario_of_release(session, release)
    problem, file = parse_scenario(data), plan_of_release(session, release)
    violations = check_plan(problem, file.plan)
    then = replace(rows, problem=problem)
    faults = tuple(str(finding) for finding in check_claims(problem, sha256_of(data), file))
    return VerdictView(
        violations=then.violations(violations),
        faults=faults,
        seconds=time.perf_counter() - began,
    )


def _entries(session: Session, programme_id: str, number: int) -> tuple[Entry, ...]:
    return tuple(map(told_entry, load_release_entries(session, programme_id, number)))


def _find_plan(session: Session, release: Release) -> PlanFile | None:
    return None if release.plan_id is None else load_plan(session, release.plan_id)


def _verified_at(release: Release, timezone: str) -> dt.datetime | None:
    said = release.facts.get("verified_at")
    return None if said is None else local(dt.datetime.fromisoformat(said), timezone)
