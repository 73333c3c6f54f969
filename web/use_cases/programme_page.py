"""The programme's page."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.link_store import load_links
from models.plan_store import StoredPlan, find_latest_plan
from models.problem_loader import load_problem
from models.release_store import Release, find_latest_release
from models.run_store import Run, find_active_run, find_latest_run
from scheduler.plan import Plan
from web.use_cases.figures import count_figures
from web.use_cases.links import show_feeds, show_researcher_links
from web.use_cases.months import (
    day_within,
    days_of_month,
    first_of_month,
    next_month,
    previous_month,
    today_of,
)
from web.use_cases.names import Names
from web.use_cases.plans import local, summarise_plan, view_run
from web.use_cases.publish import Publisher, draft_of
from web.use_cases.rows import residency_row, stays_of, unplaced_rows
from web.use_cases.views import ProgrammeView, ReleaseSummary, RunView


def show_programme(
    session: Session,
    programme_id: str,
    publisher: Publisher,
    *,
    language: str,
    now: dt.datetime,
    month: dt.date | None = None,
) -> ProgrammeView:
    """Return the programme's page; without a month that of today, or the programme's nearest."""
    problem = load_problem(session, programme_id)
    programme = problem.programme
    names = Names(problem=problem, language=language)
    stored = find_latest_plan(session, programme_id)
    release = find_latest_release(session, programme_id)
    links = load_links(session, programme_id)
    stays = stays_of(problem, stored)
    today = today_of(programme, now)
    shown = first_of_month(day_within(programme, month or today))
    in_month = (stay for stay in stays if stay.days.common(days_of_month(shown)))
    return ProgrammeView(
        id=programme.id,
        name=names.programme(),
        timezone=programme.timezone,
        first_day=programme.first_day,
        last_day=programme.last_day,
        today=today,
        month=shown,
        previous_month=previous_month(problem, shown),
        next_month=next_month(problem, shown),
        figures=count_figures(problem, stays, month=shown, day=day_within(programme, today)),
        who_is_where=tuple(residency_row(names, stay) for stay in in_month),
        unplaced=unplaced_rows(names, stored),
        plan=None if stored is None else summarise_plan(stored, problem, release),
        active_run=_view(session, names, find_active_run(session, programme_id), now),
        last_run=_view(session, names, find_latest_run(session, programme_id), now),
        release=_summarise_release(
            session, names, stored=stored, release=release, domain=publisher.domain, now=now
        ),
        feeds=show_feeds(problem, links, publisher.maker, language=language),
        researcher_links=show_researcher_links(problem, links, publisher.maker, language=language),
    )


def _view(session: Session, names: Names, run: Run | None, now: dt.datetime) -> RunView | None:
    if run is None:
        return None
    timezone = names.problem.programme.timezone
    return view_run(session, run, names.programme(), timezone, now=now)


def _summarise_release(
    session: Session,
    names: Names,
    *,
    stored: StoredPlan | None,
    release: Release | None,
    domain: str,
    now: dt.datetime,
) -> ReleaseSummary | None:
    """Return the latest release, and whether the plan would be news to anybody."""
    if release is None or stored is None:
        return None
    problem, plan = names.problem, stored.file.plan
    known = Plan(residencies=stays_of(problem, stored))
    draft = draft_of(session, problem, known, release, domain=domain, now=now)
    return ReleaseSummary(
        number=release.number,
        published_at=local(release.created_at, problem.programme.timezone),
        note=release.note,
        residencies=draft.residencies_told,
        plan_differs=draft.is_news or len(known.residencies) < len(plan.residencies),
    )
