"""Drafts of the mails to those whom a release touches, each in its reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy.orm import Session

from models.link_store import load_links
from models.mail_store import MailKind, NewMail, add_mails, supersede_mails
from models.release_store import Release, ScopeKind
from scheduler.problem.problem import Problem
from web.calendars.texts import said
from web.calendars.wording import spoken_language
from web.mail.writing import Writing, write_cancelled, write_moved, write_new
from web.use_cases.releases.changes import StayChange


class MailReader(NamedTuple):
    """In which language somebody reads mails, and where."""

    language: str
    address: str | None


def draft_mails(
    session: Session,
    release: Release,
    problem: Problem,
    changes: Sequence[StayChange],
    *,
    now: dt.datetime,
) -> int:
    """Add a draft for each stay that is new, moved or cancelled; return how many there are.

    What earlier releases would still tell of them is put aside. Who was to hear of a new stay
    and never did hears of it now, as it is.
    """
    readers = readers_of(session, problem)
    unheard = supersede_mails(
        session,
        release.programme_id,
        release.number,
        [change.request for change in changes],
        now=now,
    )
    mails = (mail_of(readers, _as_heard(change, unheard)) for change in changes)
    return add_mails(session, release.programme_id, release.number, mails, now=now)


def _as_heard(change: StayChange, unheard: Mapping[str, MailKind]) -> StayChange:
    """Return a change as it is to somebody who did not get the mail of an earlier release."""
    is_new = unheard.get(change.request) is MailKind.NEW and change.kind is MailKind.MOVED
    return replace(change, kind=MailKind.NEW, before=None) if is_new else change


def mail_of(readers: Mapping[str, MailReader], change: StayChange) -> NewMail:
    """Return the mail that tells of a change."""
    entry = change.entry
    researcher_id = entry.researcher_id or ""
    reader = readers.get(researcher_id, MailReader("en", None))
    writing = write_change(change, reader.language)
    return NewMail(
        request=change.request,
        researcher_id=researcher_id,
        name=said(entry.facts.researcher, reader.language),
        kind=change.kind,
        language=reader.language,
        address=reader.address,
        subject=writing.subject,
        text=writing.text,
    )


def readers_of(session: Session, problem: Problem) -> dict[str, MailReader]:
    """Return language and address of each researcher; of those who are gone their link's."""
    gone = {
        link.scope.id: MailReader(spoken_language(link.language), None)
        for link in load_links(session, problem.programme.id)
        if link.scope.kind is ScopeKind.RESEARCHER
    }
    return gone | {
        one.id: MailReader(spoken_language(one.language), (one.email or "").strip() or None)
        for one in problem.researchers
    }


def write_change(change: StayChange, language: str) -> Writing:
    """Write what a change tells."""
    if change.kind is MailKind.MOVED and change.before is not None and change.after is not None:
        return write_moved(change.before, change.after, language)
    if change.kind is MailKind.CANCELLED:
        return write_cancelled(change.entry, language)
    return write_new(change.entry, language)
