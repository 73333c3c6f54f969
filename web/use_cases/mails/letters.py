"""Mails as their readers see them: with the private link, and the calendar of the release.

Who prefers invitations to a feed gets the stay as one, to be accepted or declined in the mail
program. That needs somebody to answer to: without a mail server, and in mails that the office
sends by hand, a file goes along as for everybody else.
"""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy.orm import Session

from models.database import Database
from models.link_store import find_researcher_link
from models.mail_store import Mail
from models.programme_store import ProgrammeFacts, get_programme
from models.release_store import Scope, ScopeKind, load_entries
from models.settings_store import load_researcher_settings
from web.calendars.entries import Entry, Kind
from web.calendars.ical import spell_mail
from web.calendars.itip import Invitation, Person, method_of, spell_invitation
from web.calendars.readers import Reader, ReaderKind, entries_for
from web.calendars.texts import said
from web.mail.message import Letter
from web.mail.server import MailServer, answers_to
from web.mail.writing import say_calendar, with_link
from web.use_cases.releases.entries import told_entry
from web.use_cases.releases.publish import Publisher
from web.use_cases.releases.warnings import has_address


class Enclosure(StrEnum):
    """How the calendar goes along; as a file only where a wished invitation cannot be made."""

    FILE = "file"
    INVITATION = "invitation"
    FILE_ONLY = "file_only"


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
    session: Session,
    mail: Mail,
    publisher: Publisher,
    server: MailServer | None,
    *,
    by_hand: bool = False,
) -> Letter:
    """Return a mail as its reader will see it; the link is the one that stands now.

    One that the office sends by hand is no invitation: other mail programs would make something
    else of it.
    """
    link = find_researcher_link(session, mail.programme_id, mail.researcher_id)
    page = None if link is None else publisher.maker.page(publisher.maker.token(link.id))
    programme = get_programme(session, mail.programme_id)
    stay = None if by_hand else find_invitation(session, mail, server)
    if stay is None or server is None:
        calendar, method = _file(session, mail, programme, page, server)
    else:
        calendar = spell_invitation(stay, _invitation(mail, programme, page, server))
        method = method_of(stay)
    text = say_calendar(mail.text, mail.language, kind=mail.kind, is_invitation=stay is not None)
    moment = f"{mail.created_at:%Y%m%d%H%M%S}"
    return Letter(
        message_id=f"{mail.programme_id}.{mail.id}.{moment}@{publisher.domain}",
        name=mail.name,
        address=mail.address or "",
        language=mail.language,
        subject=mail.subject,
        text=with_link(text, page),
        calendar=calendar,
        calendar_method=method,
        is_invitation=stay is not None,
    )


def enclosure_of(session: Session, mail: Mail, server: MailServer | None) -> Enclosure:
    """Return how the calendar goes along with a mail, once it is sent."""
    if not wants_invitation(session, mail):
        return Enclosure.FILE
    found = find_invitation(session, mail, server)
    return Enclosure.FILE_ONLY if found is None else Enclosure.INVITATION


def wants_invitation(session: Session, mail: Mail) -> bool:
    """Tell whether the reader of a mail prefers invitations."""
    settings = load_researcher_settings(session, mail.programme_id, mail.researcher_id)
    return settings.wants_invitations


def find_invitation(session: Session, mail: Mail, server: MailServer | None) -> Entry | None:
    """Find the stay to which a mail invites; None where it takes a file along instead."""
    if server is None or not has_address(mail.address) or not wants_invitation(session, mail):
        return None
    stays = [
        entry
        for entry in entries_of_reader(session, mail)
        if entry.kind is Kind.RESIDENCY and entry.subject == mail.request
    ]
    return min(stays, key=lambda entry: entry.farewell, default=None)


def entries_of_reader(session: Session, mail: Mail) -> tuple[Entry, ...]:
    """Return what the release of a mail shows its reader."""
    scope = Scope(kind=ScopeKind.RESEARCHER, id=mail.researcher_id)
    rows = load_entries(session, mail.programme_id, mail.release, scope)
    reader = Reader(kind=ReaderKind.RESEARCHER, id=mail.researcher_id, name=mail.name)
    return entries_for(reader, map(told_entry, rows))


def _invitation(
    mail: Mail, programme: ProgrammeFacts, page: str | None, server: MailServer
) -> Invitation:
    sender = server.sender.addr_spec
    return Invitation(
        organizer=_organizer(programme, mail, server),
        attendee=Person(mail.name, mail.address or ""),
        language=mail.language,
        timezone=programme.timezone,
        at=mail.created_at,
        page_url=page,
        sent_by=None if sender == answers_to(server) else sender,
    )


def _organizer(programme: ProgrammeFacts, mail: Mail, server: MailServer) -> Person:
    """Return who invites: the programme, at the address to which people answer."""
    return Person(said(programme.name, mail.language), answers_to(server))


def _file(
    session: Session,
    mail: Mail,
    programme: ProgrammeFacts,
    page: str | None,
    server: MailServer | None,
) -> tuple[bytes, str | None]:
    """Return the calendar of a reader as a file, with the method by which it is published."""
    organizer = None if server is None else _organizer(programme, mail, server)
    body = spell_mail(
        entries_of_reader(session, mail),
        language=mail.language,
        timezone=programme.timezone,
        organizer=organizer,
        page_url=page,
    )
    return body, None if organizer is None else "PUBLISH"
