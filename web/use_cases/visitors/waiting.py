"""What researchers wait for: counted without loading the programme, for every page's head."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.answer_store import load_declined
from models.change_request_store import count_open_change_requests
from models.release_store import find_latest_release
from models.visit_store import Mark, find_submitted, read_mark
from web.use_cases.researchers.answering import load_answer_views
from web.use_cases.views.visitors import Waiting
from web.use_cases.visitors.told import ToldReleases


def find_mark(session: Session, programme_id: str, *, now: dt.datetime) -> Mark:
    """Return what is another once something new was said; ``NoSuchProgramme`` without one."""
    return read_mark(session, programme_id, now=now)


def count_waiting(
    session: Session, programme_id: str, releases: ToldReleases, *, today: dt.date
) -> Waiting:
    """Count what the office has to decide for researchers."""
    return Waiting(
        declined=len(find_declined(session, programme_id, releases, today=today)),
        changes=count_open_change_requests(session, programme_id),
    )


def find_declined(
    session: Session, programme_id: str, releases: ToldReleases, *, today: dt.date
) -> tuple[str, ...]:
    """Find the stays that were declined as they are told now, asked for still, and not over."""
    declined = load_declined(session, programme_id)
    release = find_latest_release(session, programme_id) if declined else None
    if release is None:
        return ()
    stays = releases.of(session, release).stays
    found = (stays[request] for request in declined if request in stays)
    told = [stay for stay in found if stay.last_day >= today]
    views = load_answer_views(session, programme_id, told, release.number, timezone="UTC")
    current = [request for request, view in views.items() if view.is_current]
    asked = find_submitted(session, programme_id, current)
    return tuple(request for request in current if request in asked)
