"""The programme's page."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.link_store import load_links
from models.plan_store import find_latest_plan
from models.release_store import Release, find_latest_release
from models.run_store import Run, find_active_run, find_latest_run
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
from web.use_cases.plans import local, summarise_draft, view_run
from web.use_cases.publish import Publisher, telling_of
from web.use_cases.rows import residency_row, unplaced_rows
from web.use_cases.views import ProgrammeView, ReleaseSummary, RunView
from web.use_cases.workspace import Workspace


def show_programme(
    session: Session,
    workspace: Workspace,
    publisher: Publisher,
    *,
    language: str,
    now: dt.datetime,
    month: dt.date | None = None,
) -> ProgrammeView:
    """Return the programme's page; without a month that of today, or the programme's nearest."""
    problem, stays = workspace.problem, workspace.stays
    programme = problem.programme
    programme_id = programme.id
    names = Names(problem=problem, language=language)
    latest = find_latest_plan(session, programme_id)
    release = find_latest_release(session, programme_id)
    links = load_links(session, programme_id)
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
        unplaced=unplaced_rows(names, workspace, () if latest is None else latest.file.unplaced),
        draft=summarise_draft(session, workspace),
        active_run=_view(session, names, find_active_run(session, programme_id), now),
        last_run=_view(session, names, find_latest_run(session, programme_id), now),
        release=_summarise_release(session, workspace, release, domain=publisher.domain, now=now),
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
    workspace: Workspace,
    release: Release | None,
    *,
    domain: str,
    now: dt.datetime,
) -> ReleaseSummary | None:
    """Return the latest release, and whether the draft would be news to anybody."""
    if release is None:
        return None
    telling = telling_of(session, workspace, release, domain=domain, now=now)
    return ReleaseSummary(
        number=release.number,
        published_at=local(release.created_at, workspace.problem.programme.timezone),
        note=release.note,
        residencies=telling.residencies_told,
        draft_differs=telling.is_news,
    )
