"""One stay as a calendar's file, to be taken over once."""

from __future__ import annotations

from sqlalchemy.orm import Session

from web.calendars.entries import Kind
from web.calendars.ical import spell_download
from web.calendars.wording import spoken_language
from web.use_cases.errors import NotThereError
from web.use_cases.links.making import LinkMaker
from web.use_cases.researchers.told import load_told
from web.use_cases.researchers.visiting import Visit


def spell_stay(session: Session, visit: Visit, request: str, maker: LinkMaker) -> bytes:
    """Return the file of a stay that the latest release tells somebody of.

    Raises:
        NotThereError: It tells them of no such stay.
    """
    told = load_told(session, visit.link)
    for entry in told.entries:
        if entry.kind is Kind.RESIDENCY and entry.subject == request:
            return spell_download(
                entry,
                language=spoken_language(visit.language),
                timezone=told.programme.timezone,
                page_url=maker.page(visit.token),
            )
    raise NotThereError(f"{request}: no stay of this link")
