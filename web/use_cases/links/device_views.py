"""Calendars of devices as pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from models.link_store import Link
from web.use_cases.links.freshness import Moments
from web.use_cases.links.making import LinkMaker
from web.use_cases.links.programs import (
    OUTLOOK_AT_HOME,
    OUTLOOK_AT_WORK,
    Program,
    find_program,
    google_address,
    outlook_address,
)
from web.use_cases.views.calendars import DeviceView


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceShelf:
    """Shows the calendars of devices; ``programme`` is what others call the calendars."""

    moments: Moments
    maker: LinkMaker
    programme: str

    def show(self, link: Link) -> DeviceView:
        """Return the calendar of one device."""
        feed = self.maker.feed(
            self.maker.token(link.id),
            kind=link.scope.kind,
            subject=link.scope.id,
            name=self.programme,
        )
        return DeviceView(
            id=str(link.id),
            device=link.device or "",
            program=find_program(link.program) or Program.OTHER,
            language=link.language or "en",
            shows_holidays=link.shows_holidays,
            busy_only=link.busy_only,
            made_at=self.moments.local(link.created_at),
            seen=self.moments.seen(link),
            https=feed.https,
            webcal=feed.webcal,
            download=feed.download,
            google=google_address(feed.webcal),
            outlook_at_work=outlook_address(feed.https, feed.name, server=OUTLOOK_AT_WORK),
            outlook_at_home=outlook_address(feed.https, feed.name, server=OUTLOOK_AT_HOME),
        )
