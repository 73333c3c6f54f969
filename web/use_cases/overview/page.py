"""The overview of a programme: where it stands, and what needs the coordinator."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.link_store import load_links
from models.release_store import Release, ScopeKind, find_latest_release
from models.run_store import Run, find_active_run, find_latest_run, load_runs
from scheduler.outcome import Scarcity
from web.use_cases.links.making import show_feeds
from web.use_cases.months import (
    day_within,
    days_of_month,
    first_of_month,
    next_month,
    previous_month,
    today_of,
)
from web.use_cases.names import Names
from web.use_cases.overview.counts import country_rows, quota_rows, track_rows
from web.use_cases.overview.decisions import find_decisions
from web.use_cases.overview.digest import Digests, News
from web.use_cases.overview.figures import count_figures
from web.use_cases.overview.scarce import view_scarce
from web.use_cases.overview.visits import Visits
from web.use_cases.overview.weeks import view_weeks
from web.use_cases.planning.scarce_result import read_scarce
from web.use_cases.plans import local, summarise_draft, view_run
from web.use_cases.releases.publish import Publisher
from web.use_cases.rows import residency_row, unplaced_rows
from web.use_cases.views import ProgrammeView, ReleaseSummary, RunView
from web.use_cases.views.overview import OverviewView, ScarceView, StackBy
from web.use_cases.views.plans import DraftSummary
from web.use_cases.workspace import Workspace

STAYS_SHOWN = 60
"""How many stays of the month are listed; the board has them all."""

UNPLACED_SHOWN = 5
"""How many of those without a place are listed."""

RUNS_LOOKED_AT = 20
"""How many runs back it is looked for prices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How somebody looks at the overview.

    Without a month it shows that of today, or the programme's nearest.
    """

    language: str
    now: dt.datetime
    month: dt.date | None = None
    by: StackBy = StackBy.TRACK


@dataclass(frozen=True, kw_only=True)
class _Page:
    """What the parts of the page share."""

    session: Session
    workspace: Workspace
    publisher: Publisher
    digests: Digests
    look: Look
    names: Names
    today: dt.date

    @property
    def programme_id(self) -> str:
        return self.workspace.problem.programme.id


def show_programme(
    session: Session, workspace: Workspace, publisher: Publisher, digests: Digests, look: Look
) -> ProgrammeView:
    """Return the programme's page."""
    problem, stays = workspace.problem, workspace.stays
    programme = problem.programme
    names = Names(problem=problem, language=look.language)
    today = today_of(programme, look.now)
    page = _Page(
        session=session,
        workspace=workspace,
        publisher=publisher,
        digests=digests,
        look=look,
        names=names,
        today=today,
    )
    shown = first_of_month(day_within(programme, look.month or today))
    in_month = [stay for stay in stays if stay.days.common(days_of_month(shown))]
    draft = summarise_draft(session, workspace)
    release = find_latest_release(session, programme.id)
    news = _news(page, release)
    latest = digests.latest_plan(session, programme.id)
    active = find_active_run(session, programme.id)
    links = load_links(session, programme.id, ScopeKind.PROGRAMME)
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
        who_is_where=tuple(residency_row(names, stay) for stay in in_month[:STAYS_SHOWN]),
        unplaced=unplaced_rows(
            names, workspace, () if latest is None else latest.file.unplaced, UNPLACED_SHOWN
        ),
        draft=draft,
        active_run=_view(page, active),
        last_run=_view(page, find_latest_run(session, programme.id)),
        release=_summarise_release(page, release, news),
        feeds=show_feeds(problem, links, publisher.maker, language=look.language),
        overview=_overview(page, draft, release, news),
    )


def _overview(
    page: _Page, draft: DraftSummary | None, release: Release | None, news: News | None
) -> OverviewView:
    digest = page.digests.of(page.workspace)
    session, workspace, names = page.session, page.workspace, page.names
    since = None if news is None else news.since
    last_run = find_latest_run(session, page.programme_id, workspace.draft_id)
    visits = Visits(
        session=session,
        names=names,
        releases=page.digests.told,
        release=release,
        last_run=last_run,
        today=page.today,
    )
    decisions = find_decisions(
        session,
        workspace,
        names,
        draft=draft,
        last_run=last_run,
        proposed=page.digests.latest_plan(session, page.programme_id),
        since=since,
        visits=visits,
        is_told=release is not None and release.scenario_sha256 == workspace.scenario.sha256,
    )
    return OverviewView(
        decisions=decisions,
        weeks=view_weeks(names, digest.weeks, page.look.by, page.today) if draft else None,
        tracks=track_rows(names, digest.counts),
        countries=country_rows(digest.counts),
        quotas=quota_rows(names, digest.counts) if draft else (),
        scarce=_scarce(page, draft) if draft else None,
        since=since,
    )


def _scarce(page: _Page, draft: DraftSummary) -> ScarceView:
    run, prices = _find_prices(page)
    timezone = page.workspace.problem.programme.timezone
    return view_scarce(
        page.names,
        prices,
        lambda: page.digests.of(page.workspace).full,
        found_at=None if run is None else local(run.finished_at or run.created_at, timezone),
        is_current=draft.bound is not None,
    )


def _find_prices(page: _Page) -> tuple[Run | None, tuple[Scarcity, ...] | None]:
    """Return the latest run of the draft that says what is scarce, and what it says."""
    workspace = page.workspace
    for run in load_runs(page.session, page.programme_id, workspace.draft_id, limit=RUNS_LOOKED_AT):
        prices = read_scarce(run.result)
        if prices is not None:
            return run, prices
    return None, None


def _view(page: _Page, run: Run | None) -> RunView | None:
    if run is None:
        return None
    timezone = page.workspace.problem.programme.timezone
    return view_run(page.session, run, page.names.programme(), timezone, now=page.look.now)


def _news(page: _Page, release: Release | None) -> News | None:
    if release is None:
        return None
    return page.digests.news(
        page.session,
        page.workspace,
        release,
        domain=page.publisher.domain,
        now=page.look.now,
    )


def _summarise_release(
    page: _Page, release: Release | None, news: News | None
) -> ReleaseSummary | None:
    """Return the latest release, and whether the draft would be news to anybody."""
    if release is None or news is None:
        return None
    return ReleaseSummary(
        number=release.number,
        published_at=local(release.created_at, page.workspace.problem.programme.timezone),
        note=release.note,
        residencies=news.residencies,
        draft_differs=news.is_news,
    )
