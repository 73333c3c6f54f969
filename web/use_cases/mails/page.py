"""The pages of mails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy.orm import Session

from models.mail_queue import BROKEN, INTERRUPTED
from models.mail_store import Mail, MailStatus, count_mails, find_beside, load_mails
from models.programme_store import ProgrammeFacts, get_programme
from models.release_store import load_release_entries
from models.settings_store import load_who_want_invitations
from scheduler.problem.types import text_in
from web.calendars.entries import Kind
from web.calendars.texts import said, summary_of
from web.mail.addresses import mailto
from web.mail.message import Letter
from web.mail.server import MailServer, answers_to
from web.mail.writing import LINK
from web.use_cases.mails.letters import (
    enclosure_of,
    entries_of_reader,
    find_invitation,
    letter_of,
)
from web.use_cases.mails.sending import MailEdit, fillable_mails
from web.use_cases.paging import page_of
from web.use_cases.plans import local
from web.use_cases.releases.entries import told_entry
from web.use_cases.releases.publish import Publisher
from web.use_cases.releases.roll_back import get_release
from web.use_cases.releases.warnings import has_address
from web.use_cases.requests.words import fold
from web.use_cases.views.mails import (
    EventView,
    MailRow,
    MailsQuery,
    MailsView,
    MailView,
    ServerView,
    TroubleView,
)

UNSURE = frozenset({BROKEN, INTERRUPTED})
"""Troubles of mails that may have gone out all the same."""

MAILS_A_PAGE = 50

_LONGEST_MAILTO = 1900
"""Some mail programs and browsers cut longer addresses."""


def show_mails(
    session: Session,
    programme_id: str,
    release: int,
    server: MailServer | None,
    query: MailsQuery,
    *,
    emails: Mapping[str, str | None],
    language: str,
) -> MailsView:
    """Return a page of a release's mails; ``NotThereError`` where there is no such release.

    ``emails`` are the researchers' of now, which mails without an address may take.
    """
    get_release(session, programme_id, release)
    programme = get_programme(session, programme_id)
    names = _names(session, programme_id, release, language)
    mails = load_mails(session, programme_id, release)
    wanted = load_who_want_invitations(session, programme_id) if server else frozenset()
    counted = Counter(mail.status for mail in mails)
    drafts = [has_address(mail.address) for mail in mails if mail.status is MailStatus.DRAFT]
    failed = [mail for mail in mails if mail.status is MailStatus.FAILED and mail.trouble]
    shown = page_of(_found(mails, names, query), query.page, size=MAILS_A_PAGE)
    return MailsView(
        programme_id=programme_id,
        programme=text_in(programme.name, language),
        release=release,
        numbers=tuple(sorted(count_mails(session, programme_id), reverse=True)),
        server=server_view(server),
        query=query,
        rows=tuple(_row(programme, mail, names, wanted) for mail in shown.items),
        page=shown.number,
        pages=shown.pages,
        total=len(mails),
        counts={status.value: counted[status] for status in MailStatus},
        ready=sum(drafts),
        addressless=len(drafts) - sum(drafts),
        fillable=len(fillable_mails(mails, emails)),
        unsure=sum(mail.trouble in UNSURE for mail in failed),
        troubles=_troubles(failed),
    )


def show_mail(
    session: Session,
    mail: Mail,
    publisher: Publisher,
    server: MailServer | None,
    *,
    language: str,
) -> MailView:
    """Return one mail as its reader will see it."""
    programme_id, release = mail.programme_id, mail.release
    programme = get_programme(session, programme_id)
    letter = letter_of(session, mail, publisher, server)
    by_hand = letter_of(session, mail, publisher, server, by_hand=True)
    names = _names(session, programme_id, release, language)
    wanted = load_who_want_invitations(session, programme_id) if server else frozenset()
    before, after = find_beside(session, mail)
    return MailView(
        programme_id=programme_id,
        programme=text_in(programme.name, language),
        release=release,
        server=server_view(server),
        row=_row(programme, mail, names, wanted),
        revision=mail.revision,
        waits=mail.waits,
        written=MailEdit(subject=mail.subject, text=mail.text, address=mail.address or ""),
        shown_text=letter.text,
        has_link=LINK not in mail.text or letter.text.count("/r/") > 0,
        events=_events(session, mail, server),
        previous=before,
        next=after,
        mailto=_mailto(by_hand),
        text_by_hand=by_hand.text,
        enclosure=enclosure_of(session, mail, server),
        answers_to=None if server is None else answers_to(server),
    )


def count(session: Session, programme_id: str, release: int) -> dict[str, int]:
    """Count the mails of a release by where they stand."""
    counts = count_mails(session, programme_id).get(release, {})
    return {status.value: counts.get(status, 0) for status in MailStatus}


def server_view(server: MailServer | None) -> ServerView | None:
    """Return what pages say of the mail server; None where none is set."""
    if server is None:
        return None
    return ServerView(
        host=server.host,
        port=server.port,
        security=server.security.value,
        user=server.user,
        sender=_said(server.sender.display_name, server.sender.addr_spec),
        reply_to=""
        if server.reply_to is None
        else _said(server.reply_to.display_name, server.reply_to.addr_spec),
    )


def _said(name: str, address: str) -> str:
    return f"{name} <{address}>" if name else address


def _names(session: Session, programme_id: str, release: int, language: str) -> dict[str, str]:
    """Return what the office calls those whose stays a release knows, by request."""
    entries = map(told_entry, load_release_entries(session, programme_id, release))
    stays = (entry for entry in entries if entry.kind is Kind.RESIDENCY)
    return {entry.subject: said(entry.facts.researcher, language) for entry in stays}


def _found(mails: Iterable[Mail], names: Mapping[str, str], query: MailsQuery) -> list[Mail]:
    """Return the mails that are in a state and hold all words that were asked for."""
    words = fold(query.words).split()

    def holds(mail: Mail) -> bool:
        name = names.get(mail.request, "")
        text = fold(f"{name} {mail.name} {mail.address} {mail.subject}")
        return all(word in text for word in words)

    left = [mail for mail in mails if query.status in (None, mail.status)]
    return [mail for mail in left if holds(mail)] if words else left


def _row(
    programme: ProgrammeFacts, mail: Mail, names: Mapping[str, str], wanted: Collection[str]
) -> MailRow:
    """Return a mail's row; ``wanted`` are those who prefer invitations, and could be sent one."""
    sent_at = mail.sent_at
    return MailRow(
        id=mail.id,
        name=names.get(mail.request, mail.name),
        request=mail.request,
        kind=mail.kind,
        status=mail.status,
        language=mail.language,
        address=mail.address,
        has_address=has_address(mail.address),
        is_invitation=has_address(mail.address) and mail.researcher_id in wanted,
        subject=mail.subject,
        sent_at=None if sent_at is None else local(sent_at, programme.timezone),
        by_hand=mail.by_hand,
        trouble=mail.trouble,
        answer=mail.answer or "",
    )


def _troubles(failed: Iterable[Mail]) -> tuple[TroubleView, ...]:
    """Return why mails failed, the most frequent first."""
    counted = Counter(mail.trouble for mail in failed)
    answers: dict[str | None, str] = {}
    for mail in failed:
        answers.setdefault(mail.trouble, mail.answer or "")
    return tuple(
        TroubleView(name=name or "", count=count, answer=answers[name])
        for name, count in counted.most_common()
    )


def _events(session: Session, mail: Mail, server: MailServer | None) -> tuple[EventView, ...]:
    """Return what goes along: all that the reader sees, or the stay to which they are invited."""
    stay = find_invitation(session, mail, server)
    return tuple(
        EventView(
            summary=summary_of(entry, mail.language),
            first_day=entry.first_day,
            last_day=entry.last_day,
            is_cancelled=entry.cancelled,
        )
        for entry in (entries_of_reader(session, mail) if stay is None else (stay,))
    )


def _mailto(letter: Letter) -> str:
    """Return the address by which a mail program writes it; without the text where too long."""
    whole = mailto(letter.address, subject=letter.subject, text=letter.text)
    if len(whole) <= _LONGEST_MAILTO:
        return whole
    return mailto(letter.address, subject=letter.subject)
