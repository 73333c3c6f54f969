"""A researcher's calendars: which there are, what each has seen, and how to add one."""

from __future__ import annotations

import uuid

from sqlalchemy.orm import Session

from models.link_store import get_device_link, load_device_links
from models.programme_store import get_programme
from scheduler.problem.types import text_in
from web.calendars.wording import spoken_language
from web.use_cases.links.device_views import DeviceShelf
from web.use_cases.links.devices import MOST_DEVICES, Owner
from web.use_cases.links.freshness import load_moments
from web.use_cases.links.making import LinkMaker
from web.use_cases.researchers.visiting import Visit
from web.use_cases.views.calendars import CalendarsView, CalendarView


def show_calendars(session: Session, visit: Visit, maker: LinkMaker) -> CalendarsView:
    """Return the calendars of whoever has come by their private link."""
    shelf = _shelf(session, visit, maker)
    links = load_device_links(session, visit.programme_id, visit.link.scope)
    download = f"{maker.calendar(visit.token)}?download=1&lang={spoken_language(visit.language)}"
    return CalendarsView(
        timezone=shelf.moments.timezone,
        devices=tuple(map(shelf.show, links)),
        most=MOST_DEVICES,
        download=download,
        is_published=visit.release is not None,
    )


def show_calendar(
    session: Session, visit: Visit, link_id: uuid.UUID, maker: LinkMaker
) -> CalendarView:
    """Return one of them; ``NoSuchLink`` where it is none of theirs, or ended."""
    link = get_device_link(session, visit.programme_id, visit.link.scope, link_id)
    shelf = _shelf(session, visit, maker)
    return CalendarView(timezone=shelf.moments.timezone, device=shelf.show(link))


def owner_of(visit: Visit) -> Owner:
    """Return whose the calendars are that a visitor adds and changes."""
    link = visit.link
    return Owner(programme_id=link.programme_id, scope=link.scope, name=link.label)


def _shelf(session: Session, visit: Visit, maker: LinkMaker) -> DeviceShelf:
    programme = get_programme(session, visit.programme_id)
    moments = load_moments(session, programme.id, programme.timezone, scope=visit.link.scope)
    return DeviceShelf(
        moments=moments, maker=maker, programme=text_in(programme.name, visit.language)
    )
