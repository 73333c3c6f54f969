"""Mails that wait to go out, and what became of them; knows no scheduler.

Each step is one UPDATE that names the state it starts from, so that of two who want to send the
same mail only one does.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.mail_store import (
    COLUMNS,
    WAITING,
    Mail,
    MailStatus,
    change_mails,
    mail_of,
    step,
)
from models.tables.mails import MailRow

INTERRUPTED, BROKEN = "interrupted", "broken"
"""Troubles of a mail of which nobody knows whether it went out."""

_QUEUED = {"status": MailStatus.QUEUED.value, "trouble": None, "answer": None}


def queue_mail(session: Session, mail: Mail, *, now: dt.datetime) -> None:
    """Let one mail go out, as it was looked at; ``MailHasChanged`` where it is another now."""
    step(session, mail, WAITING, {**_QUEUED, "touched_at": now})


def queue_mails(
    session: Session,
    programme_id: str,
    release: int,
    *,
    now: dt.datetime,
    status: MailStatus = MailStatus.DRAFT,
) -> int:
    """Let all mails of a release go out that are drafts, or failed, and have an address.

    Those that may have gone out already are left to be sent one by one.
    """
    changed = update(MailRow).where(
        MailRow.programme_id == programme_id,
        MailRow.release == release,
        MailRow.status == status.value,
        MailRow.address.is_not(None),
        MailRow.trouble.is_(None) | MailRow.trouble.not_in([INTERRUPTED, BROKEN]),
    )
    return change_mails(session, changed, {**_QUEUED, "touched_at": now})


def unqueue_mails(session: Session, programme_id: str, release: int, *, now: dt.datetime) -> int:
    """Make drafts again of a release's mails that wait to go out, and return how many."""
    changed = update(MailRow).where(
        MailRow.programme_id == programme_id,
        MailRow.release == release,
        MailRow.status == MailStatus.QUEUED.value,
    )
    return change_mails(session, changed, {"status": MailStatus.DRAFT.value, "touched_at": now})


def claim_mail(session: Session, *, now: dt.datetime) -> Mail | None:
    """Take the next mail that waits to go out; whoever gets it hands it over, and nobody else.

    To be committed before it is handed over: it is never claimed again by itself.
    """
    query = (
        select(MailRow.id)
        .where(MailRow.status == MailStatus.QUEUED.value)
        .order_by(MailRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    mail_id = session.scalars(query).first()
    if mail_id is None:
        return None
    changed = update(MailRow).where(
        MailRow.id == mail_id, MailRow.status == MailStatus.QUEUED.value
    )
    change_mails(session, changed, {"status": MailStatus.SENDING.value, "touched_at": now})
    row = session.execute(select(*COLUMNS).where(MailRow.id == mail_id)).mappings().one()
    return mail_of(row)


def note_sent(session: Session, mail_id: int, *, now: dt.datetime) -> None:
    """Write down that the mail server took a mail."""
    values = {
        "status": MailStatus.SENT.value,
        "touched_at": now,
        "sent_at": now,
        "by_hand": False,
        "trouble": None,
        "answer": None,
    }
    change_mails(session, update(MailRow).where(MailRow.id == mail_id), values)


def note_failed(
    session: Session, mail_id: int, trouble: str, answer: str, *, now: dt.datetime
) -> None:
    """Write down why a mail did not go out."""
    values = _failed(trouble, answer, now)
    change_mails(session, update(MailRow).where(MailRow.id == mail_id), values)


def fail_queued(session: Session, trouble: str, answer: str, *, now: dt.datetime) -> int:
    """Write down why nothing goes out that waits to, and return how many mails that are."""
    changed = update(MailRow).where(MailRow.status == MailStatus.QUEUED.value)
    return change_mails(session, changed, _failed(trouble, answer, now))


def recover_mails(session: Session, *, before: dt.datetime, now: dt.datetime) -> int:
    """Look after what a server left behind that ended, and return how many mails that are.

    What waited is a draft again. What was being handed over may have gone out: it has failed, and
    somebody has to decide.
    """
    was = MailRow.touched_at < before
    sending = update(MailRow).where(MailRow.status == MailStatus.SENDING.value, was)
    queued = update(MailRow).where(MailRow.status == MailStatus.QUEUED.value, was)
    draft = {"status": MailStatus.DRAFT.value, "touched_at": now}
    return change_mails(session, sending, _failed(INTERRUPTED, "", now)) + change_mails(
        session, queued, draft
    )


def _failed(trouble: str, answer: str, now: dt.datetime) -> dict[str, Any]:
    return {
        "status": MailStatus.FAILED.value,
        "touched_at": now,
        "trouble": trouble,
        "answer": answer,
    }
