"""The timeline of the draft over the whole programme."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from scheduler.problem.requests import Residency
from web.use_cases.months import today_of
from web.use_cases.names import Names
from web.use_cases.plans import summarise_draft
from web.use_cases.timeline_backgrounds import build_backgrounds
from web.use_cases.timeline_groups import build_groups, group_of
from web.use_cases.views import GroupBy, TimelineItem, TimelineView
from web.use_cases.workspace import Workspace


def show_timeline(
    session: Session,
    workspace: Workspace,
    *,
    language: str,
    now: dt.datetime,
    group_by: GroupBy = GroupBy.PLACE,
) -> TimelineView:
    """Return the timeline with the rows asked for; bands stand only behind rows that are there."""
    problem, stays = workspace.problem, workspace.stays
    names = Names(problem=problem, language=language)
    groups = build_groups(names, stays, group_by)
    rows = {None, *(group.id for group in groups)}
    bands = (band for band in build_backgrounds(names, group_by) if band.group in rows)
    return TimelineView(
        programme_id=problem.programme.id,
        programme=names.programme(),
        group_by=group_by,
        first_day=problem.programme.first_day,
        last_day=problem.programme.last_day,
        today=today_of(problem.programme, now),
        tracks=tuple(names.track(track.id) for track in problem.tracks),
        groups=groups,
        items=tuple(_item(names, stay, group_by) for stay in stays),
        backgrounds=tuple(bands),
        draft=summarise_draft(session, workspace),
    )


def _item(names: Names, stay: Residency, group_by: GroupBy) -> TimelineItem:
    request = names.problem.request[stay.request]
    place = names.place(stay.zone)
    researcher = names.researcher(request)
    return TimelineItem(
        id=f"residency:{request.id}",
        group=group_of(names.problem, stay, group_by),
        label=place.zone if group_by is GroupBy.RESEARCHER else researcher,
        first_day=stay.first_day,
        last_day=stay.last_day,
        track=names.track(request.track),
        researcher=researcher,
        institution=names.institution(request),
        country=names.country(request),
        host=names.host(stay.host),
        pool=names.pool(stay.pool),
        slot=names.slot(stay),
        place=place,
    )
