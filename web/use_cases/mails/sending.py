"""What the coordinator does to mails: edits them, lets them out, holds them back, discards."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.errors import MailHasChanged
from models.history_store import ChangeKind, add_change
from models.mail_queue import queue_mail, queue_mails, unqueue_mails
from models.mail_store import (
    Mail,
    MailStatus,
    discard_mail,
    discard_mails,
    edit_mail,
    get_mail,
    load_mails,
    note_sent_by_hand,
    restore_mail,
)
from web.mail.addresses import AddressError, checked_address
from web.mail.server import MailServer
from web.use_cases.errors import NoAddressError, NoMailServerError
from web.use_cases.releases.warnings import has_address

SUBJECT_LENGTH, TEXT_LENGTH = 200, 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class MailEdit:
    """What somebody makes of a mail."""

    subject: str
    text: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Who does something to mails, when, and through which server they would go."""

    now: dt.datetime
    by: uuid.UUID | None
    server: MailServer | None = None


def change_mail(session: Session, mail: Mail, edit: MailEdit, deed: Deed) -> bool:
    """Keep another subject, text or address; False where nothing differs.

    Raises:
        NoAddressError: The address is none; an empty one may be kept.
        MailHasChanged: It is not as it was looked at any more.
    """
    address = edit.address.strip()
    if address:
        address = _checked(address)
    values: dict[str, str | None] = {
        "subject": " ".join(edit.subject.split())[:SUBJECT_LENGTH],
        "text": edit.text.replace("\r\n", "\n").strip()[:TEXT_LENGTH] + "\n",
        "address": address or None,
    }
    if all(getattr(mail, name) == value for name, value in values.items()):
        return False
    edit_mail(session, mail, values, now=deed.now)
    _note(session, mail, deed, "edit")
    return True


def fill_addresses(
    session: Session,
    programme_id: str,
    release: int,
    emails: Mapping[str, str | None],
    deed: Deed,
) -> int:
    """Give waiting mails without a usable address the researcher's of now; return how many."""
    fillable = fillable_mails(load_mails(session, programme_id, release), emails)
    for mail, address in fillable:
        edit_mail(session, mail, {"address": address}, now=deed.now)
    of = (programme_id, release)
    _note_all(session, of, deed, action="addresses", count=len(fillable))
    return len(fillable)


def fillable_mails(
    mails: Iterable[Mail], emails: Mapping[str, str | None]
) -> list[tuple[Mail, str]]:
    """Return the waiting mails without a usable address whose researcher has one now."""
    return [
        (mail, address.strip())
        for mail in mails
        if mail.waits and not has_address(mail.address)
        if has_address(address := emails.get(mail.researcher_id) or "")
    ]


def let_out(session: Session, mail: Mail, deed: Deed) -> None:
    """Let one mail go out; the postman is to be woken once this is committed.

    Raises:
        NoMailServerError: No server is set.
        NoAddressError: It has no address.
        MailHasChanged: It is not as it was looked at any more.
    """
    _check_server(deed)
    _checked(mail.address or "")
    queue_mail(session, mail, now=deed.now)
    _note(session, mail, deed, "send")


def let_all_out(
    session: Session,
    programme_id: str,
    release: int,
    deed: Deed,
    *,
    status: MailStatus = MailStatus.DRAFT,
) -> int:
    """Let all drafts of a release go out, or all that failed; return how many there are."""
    _check_server(deed)
    count = queue_mails(session, programme_id, release, now=deed.now, status=status)
    _note_all(session, (programme_id, release), deed, action="send", count=count)
    return count


def hold_back(session: Session, programme_id: str, release: int, deed: Deed) -> int:
    """Make drafts again of mails that wait to go out, and return how many there were."""
    count = unqueue_mails(session, programme_id, release, now=deed.now)
    _note_all(session, (programme_id, release), deed, action="stop", count=count)
    return count


def put_aside(session: Session, mail: Mail, deed: Deed) -> None:
    """Discard a mail, which can be taken back."""
    discard_mail(session, mail, now=deed.now)
    _note(session, mail, deed, "discard")


def put_all_aside(session: Session, programme_id: str, release: int, deed: Deed) -> int:
    """Discard all mails of a release that wait, and return how many there were."""
    count = discard_mails(session, programme_id, release, now=deed.now)
    _note_all(session, (programme_id, release), deed, action="discard", count=count)
    return count


def take_up(session: Session, mail: Mail, deed: Deed) -> None:
    """Make a draft again of a mail that was discarded."""
    restore_mail(session, mail, now=deed.now)
    _note(session, mail, deed, "restore")


def tick_off(session: Session, mail: Mail, deed: Deed) -> None:
    """Write down that a mail was sent by hand."""
    note_sent_by_hand(session, mail, now=deed.now)
    _note(session, mail, deed, "by_hand")


def looked_at(
    session: Session, programme_id: str, release: int, mail_id: int, revision: int | None
) -> Mail:
    """Return a mail that is still as somebody looked at it; ``MailHasChanged`` where it is not."""
    mail = get_mail(session, programme_id, release, mail_id)
    if revision != mail.revision:
        raise MailHasChanged("Somebody else has changed this mail since you opened it.")
    return mail


def _checked(address: str) -> str:
    try:
        return checked_address(address)
    except AddressError:
        raise NoAddressError(address) from None


def _check_server(deed: Deed) -> None:
    if deed.server is None:
        raise NoMailServerError("SARANGCHAE_SMTP_HOST is not set.")


def _note(session: Session, mail: Mail, deed: Deed, action: str) -> None:
    facts = {"release": mail.release, "action": action, "mail": mail.id, "to": mail.name}
    add_change(session, mail.programme_id, ChangeKind.MAIL, now=deed.now, by=deed.by, facts=facts)


def _note_all(
    session: Session, of: tuple[str, int], deed: Deed, *, action: str, count: int
) -> None:
    """Note what was done to several mails of a programme's release, if there were any."""
    programme_id, release = of
    facts = {"release": release, "action": action, "count": count}
    if count:
        add_change(session, programme_id, ChangeKind.MAIL, now=deed.now, by=deed.by, facts=facts)
