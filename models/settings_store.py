"""How researchers read their pages, and what the office sets for those; knows no scheduler."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.programme_store import lock_programme
from models.tables.visits import ChecklistTickRow, OfficeSettingsRow, ResearcherSettingsRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ResearcherSettings:
    """How a researcher reads: up to which release all was seen, from where, and by which mails."""

    read_release: int | None = None
    timezone: str | None = None
    wants_invitations: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeSettings:
    """Until when wishes may be changed, and what is to be done before a stay.

    A ``checklist`` is a list of documents, None for the one that comes with the product.
    """

    wishes_until: dt.date | None = None
    checklist: tuple[Mapping[str, Any], ...] | None = None


def load_researcher_settings(
    session: Session, programme_id: str, researcher_id: str
) -> ResearcherSettings:
    """Load what a researcher has set, or what holds for one who has set nothing."""
    row = session.get(ResearcherSettingsRow, (programme_id, researcher_id))
    if row is None:
        return ResearcherSettings()
    return ResearcherSettings(
        read_release=row.read_release,
        timezone=row.timezone,
        wants_invitations=row.wants_invitations,
    )


def load_who_want_invitations(session: Session, programme_id: str) -> frozenset[str]:
    """Load the researchers who prefer invitations by mail to a feed."""
    query = select(ResearcherSettingsRow.researcher_id).where(
        ResearcherSettingsRow.programme_id == programme_id,
        ResearcherSettingsRow.wants_invitations,
    )
    return frozenset(session.scalars(query))


def keep_researcher_settings(
    session: Session, programme_id: str, researcher_id: str, settings: ResearcherSettings
) -> None:
    """Keep what a researcher has set."""
    lock_programme(session, programme_id)
    row = ResearcherSettingsRow(
        programme_id=programme_id, researcher_id=researcher_id, **asdict(settings)
    )
    session.merge(row)
    session.flush()


def load_office_settings(session: Session, programme_id: str) -> OfficeSettings:
    """Load what the office has set, or what holds where it has set nothing."""
    row = session.get(OfficeSettingsRow, programme_id)
    if row is None:
        return OfficeSettings()
    return OfficeSettings(
        wishes_until=row.wishes_until,
        checklist=None if row.checklist is None else tuple(row.checklist),
    )


def keep_office_settings(session: Session, programme_id: str, settings: OfficeSettings) -> None:
    """Keep what the office has set."""
    lock_programme(session, programme_id)
    checklist = None if settings.checklist is None else [dict(each) for each in settings.checklist]
    row = OfficeSettingsRow(
        programme_id=programme_id, wishes_until=settings.wishes_until, checklist=checklist
    )
    session.merge(row)
    session.flush()


def load_ticks(
    session: Session, programme_id: str, requests: Collection[str] | None = None
) -> dict[str, frozenset[str]]:
    """Load what is done of the checklists of some stays or of all, by request."""
    query = select(ChecklistTickRow).where(ChecklistTickRow.programme_id == programme_id)
    if requests is not None:
        query = query.where(ChecklistTickRow.request.in_(requests))
    ticks: dict[str, set[str]] = {}
    for row in session.scalars(query):
        ticks.setdefault(row.request, set()).add(row.item)
    return {request: frozenset(items) for request, items in ticks.items()}


def tick(
    session: Session, programme_id: str, request: str, item: str, *, now: dt.datetime | None
) -> None:
    """Note that an item of a checklist is done, or with no moment that it is not."""
    lock_programme(session, programme_id)
    session.execute(
        delete(ChecklistTickRow).where(
            ChecklistTickRow.programme_id == programme_id,
            ChecklistTickRow.request == request,
            ChecklistTickRow.item == item,
        )
    )
    if now is not None:
        session.add(
            ChecklistTickRow(programme_id=programme_id, request=request, item=item, ticked_at=now)
        )
        session.flush()
