"""Mails as their readers see them: with the private link, and the calendar of the release."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.database import Database
from models.link_store import find_researcher_link
from models.mail_store import Mail
from models.programme_store import get_programme
from models.release_store import Scope, ScopeKind, load_entries
from web.calendars.entries import Entry
from web.calendars.ical import spell_mail
from web.calendars.readers import Reader, ReaderKind, entries_for
from web.calendars.texts import said
from web.mail.message import Letter
from web.mail.server import MailServer
from web.mail.writing import with_link
from web.use_cases.releases.entries import told_entry
from web.use_cases.releases.publish import Publisher


class LetterWriter:
    """Makes letters of mails: each with its private link and its reader's calendar."""

    def __init__(self, database: Database, publisher: Publisher, server: MailServer | None) -> None:
        """Remember where entries and links are, and who organises."""
        self._database = database
        self._publisher = publisher
        self._server = server

    def __call__(self, mail: Mail) -> Letter:
        """Return what goes to the mail's reader."""
        with self._database.reading() as session:
            return letter_of(session, mail, self._publisher, self._server)


def letter_of(
    session: Session, mail: Mail, publisher: Publisher, server: MailServer | None
) -> Letter:
    """Return a mail as its reader will see it; the link is the one that stands now."""
    link = find_researcher_link(session, mail.programme_id, mail.researcher_id)
    page = None if link is None else publisher.maker.page(publisher.maker.token(link.id))
    programme = get_programme(session, mail.programme_id)
    organizer = None
    if server is not None:
        address = (server.reply_to or server.sender).addr_spec
        organizer = (said(programme.name, mail.language), address)
    moment = f"{mail.created_at:%Y%m%d%H%M%S}"
    return Letter(
        message_id=f"{mail.programme_id}.{mail.id}.{moment}@{publisher.domain}",
        name=mail.name,
        address=mail.address or "",
        language=mail.language,
        subject=mail.subject,
        text=with_link(mail.text, page),
        calendar=spell_mail(
            entries_of_reader(session, mail),
            language=mail.language,
            timezone=programme.timezone,
            organizer=organizer,
            page_url=page,
        ),
        calendar_method=None if organizer is None else "PUBLISH",
    )


def entries_of_reader(session: Session, mail: Mail) -> tuple[Entry, ...]:
    """Return what the release of a mail shows its reader."""
    scope = Scope(kind=ScopeKind.RESEARCHER, id=mail.researcher_id)
    rows = load_entries(session, mail.programme_id, mail.release, scope)
    reader = Reader(kind=ReaderKind.RESEARCHER, id=mail.researcher_id, name=mail.name)
    return entries_for(reader, map(told_entry, rows))
