"""What researchers set on their page: what they have read and done, and how they read it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy.orm import Session

from models.programme_store import lock_programme
from models.settings_store import (
    ResearcherSettings,
    keep_researcher_settings,
    load_researcher_settings,
    tick,
)
from web.use_cases.errors import UnknownZoneError
from web.use_cases.researchers.answering import get_stay
from web.use_cases.researchers.checklist import KEY
from web.use_cases.researchers.home_time import is_zone
from web.use_cases.researchers.visiting import Visit


def note_first_look(session: Session, visit: Visit) -> None:
    """Note the latest release as read by somebody who has never looked before."""
    settings = _settings(session, visit)
    if settings.read_release is None and visit.release is not None:
        _keep(session, visit, replace(settings, read_release=visit.release))


def note_read(session: Session, visit: Visit, release: int) -> None:
    """Note that somebody has read all up to a release; nobody unreads, or reads what is to come."""
    settings = _settings(session, visit)
    latest = visit.release or 0
    read = max(settings.read_release or 0, min(release, latest))
    if read > (settings.read_release or 0):
        _keep(session, visit, replace(settings, read_release=read))


def keep_zone(session: Session, visit: Visit, name: str | None) -> None:
    """Keep the time zone at home, None for the one that we would guess.

    Raises:
        UnknownZoneError: There is no such time zone.
    """
    if name is not None and not is_zone(name):
        raise UnknownZoneError(f"{name[:80]!r}: no time zone")
    _keep(session, visit, replace(_settings(session, visit), timezone=name))


def keep_wants_invitations(session: Session, visit: Visit, *, wants: bool) -> None:
    """Keep whether somebody prefers invitations by mail to a calendar that follows by itself."""
    _keep(session, visit, replace(_settings(session, visit), wants_invitations=wants))


def keep_ticks(
    session: Session,
    visit: Visit,
    request: str,
    ticks: dict[str, bool],
    *,
    now: dt.datetime,
) -> None:
    """Keep what is done for a stay, and what is not; whatever is not named stays as it is.

    Raises:
        NoSuchStayError: The latest release tells the researcher of no such stay, or cancels it.
    """
    get_stay(session, visit.programme_id, visit.researcher_id, request)
    for key, is_done in ticks.items():
        if KEY.fullmatch(key):
            tick(session, visit.programme_id, request, key, now=now if is_done else None)


def _settings(session: Session, visit: Visit) -> ResearcherSettings:
    """Load what somebody has set, which nobody else sets meanwhile."""
    lock_programme(session, visit.programme_id)
    return load_researcher_settings(session, visit.programme_id, visit.researcher_id)


def _keep(session: Session, visit: Visit, settings: ResearcherSettings) -> None:
    keep_researcher_settings(session, visit.programme_id, visit.researcher_id, settings)
