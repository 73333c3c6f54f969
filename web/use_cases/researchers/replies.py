"""Answers that calendar programs sent: found in a file or a mail, checked, and kept once.

Who sent a mail can be forged, so an answer that came by mail says so wherever it is shown, and
can be changed. Whether a sender is to be believed is the business of the mail server.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.answer_store import AnswerKind, AnswerVia, StayAnswer, find_answer
from models.mail_store import MailKind, load_addresses
from models.programme_store import get_programme, lock_programme
from models.release_store import (
    EntryKind,
    find_earlier_entry,
    find_latest_release,
    load_latest_entries_of,
)
from models.settings_store import load_who_want_invitations
from web.calendars.entries import Entry
from web.calendars.replies import Fault, Reply, UnreadableReply
from web.calendars.texts import said
from web.mail.addresses import AddressError, checked_address
from web.mail.reading import read_received_reply
from web.mail.server import MailServer, answers_to
from web.use_cases.releases.changes import StayChange
from web.use_cases.releases.entries import told_entry
from web.use_cases.researchers.answering import keep_answer
from web.use_cases.views.replies import AnsweredStay, Outcome, RepliesView, ReplyView


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """Who hands a file over, and when.

    ``programme_id`` is the only programme whose stays may be answered, ``researcher_id`` the only
    researcher, whose own page it came through: there the address in it does not matter. ``by`` is
    the coordinator who had the file.
    """

    now: dt.datetime
    programme_id: str | None = None
    researcher_id: str | None = None
    by: uuid.UUID | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The stay that a reply is to, as the latest release tells it."""

    programme_id: str
    release: int
    entry: Entry

    @property
    def researcher_id(self) -> str:
        """Whose stay it is."""
        return self.entry.researcher_id or ""


def found_in(data: bytes) -> Reply | Fault:
    """Return the answer that a file or a mail holds, or why there is none; needs no database."""
    try:
        return read_received_reply(data)
    except UnreadableReply as error:
        return error.fault


def take_reply(session: Session, reply: Reply | Fault, taking: Taking) -> ReplyView:
    """Take what was found in a file, and say what became of it.

    The same file twice is one answer. What is older than the answer that stands changes nothing;
    an answer to a stay that has changed since is kept as one to the stay before.
    """
    if isinstance(reply, Fault):
        return ReplyView(outcome=reply)
    asked = _find_asked(session, reply.uid)
    if asked is None:
        is_office = taking.researcher_id is None
        return ReplyView(outcome=Outcome.NOT_OURS if is_office else Outcome.NOT_YOURS)
    refused = _refusal(session, reply, asked, taking)
    if refused is not None:
        return ReplyView(outcome=refused)
    outcome = _keep(session, reply, asked, taking)
    return ReplyView(
        outcome=outcome,
        stay=AnsweredStay(
            programme_id=asked.programme_id,
            request=asked.entry.subject,
            name=said(asked.entry.facts.researcher, taking.language),
            answer=AnswerKind(reply.answer.value),
            first_day=asked.entry.first_day,
            last_day=asked.entry.last_day,
        ),
    )


def show_replies(
    session: Session, programme_id: str, server: MailServer | None, *, language: str
) -> RepliesView:
    """Return what the office's page of replies says before any file was sent."""
    programme = get_programme(session, programme_id)
    return RepliesView(
        programme_id=programme_id,
        programme=said(programme.name, language),
        address=None if server is None else answers_to(server),
        invited=len(load_who_want_invitations(session, programme_id)),
    )


def _find_asked(session: Session, uid: str) -> _Asked | None:
    """Find the stay of a permanent id, which no other programme has; its programme is locked."""
    for programme_id in load_latest_entries_of(session, uid):
        lock_programme(session, programme_id)
        release = find_latest_release(session, programme_id)
        entries = load_latest_entries_of(session, uid).get(programme_id, ())
        stays = [told_entry(each) for each in entries if each.kind is EntryKind.RESIDENCY]
        stays.sort(key=lambda entry: (entry.farewell, entry.hidden))
        if release is not None and stays:
            return _Asked(programme_id=programme_id, release=release.number, entry=stays[0])
    return None


def _refusal(session: Session, reply: Reply, asked: _Asked, taking: Taking) -> Outcome | None:
    """Return why a reply is not for whoever handed it over, or to nothing that stands."""
    entry = asked.entry
    is_own = (taking.programme_id, taking.researcher_id) == (
        asked.programme_id,
        asked.researcher_id,
    )
    if taking.researcher_id is not None and not is_own:
        return Outcome.NOT_YOURS
    if taking.programme_id not in (None, asked.programme_id):
        return Outcome.ELSEWHERE
    if entry.cancelled or entry.farewell or entry.hidden:
        return Outcome.CANCELLED
    known = load_addresses(session, asked.programme_id, entry.subject, asked.researcher_id)
    if taking.researcher_id is None and _spelled(reply.address) not in map(_spelled, known):
        return Outcome.STRANGER
    return None


def _keep(session: Session, reply: Reply, asked: _Asked, taking: Taking) -> Outcome:
    """Keep an answer, unless it was kept before or a later one stands."""
    entry = asked.entry
    found = _find_answered(session, reply, asked)
    if found is None:
        return Outcome.UNTOLD
    release, sequence = found
    answer = StayAnswer(
        request=entry.subject,
        researcher_id=asked.researcher_id,
        answer=AnswerKind(reply.answer.value),
        note=reply.note,
        release=release,
        sequence=sequence,
        via=AnswerVia.REPLY,
        answered_at=_moment(reply, entry, taking.now),
    )
    standing = find_answer(session, asked.programme_id, entry.subject)
    if standing is not None and standing.researcher_id == answer.researcher_id:
        if _is_same(answer, standing):
            return Outcome.TAKEN_BEFORE
        is_older = answer.answered_at < standing.answered_at
        if answer.sequence < standing.sequence or is_older:
            return Outcome.OVERTAKEN
    keep_answer(session, asked.programme_id, answer, entry, now=taking.now, by=taking.by)
    if sequence != entry.sequence:
        return Outcome.OLD_STATE
    return Outcome.PROPOSED if reply.proposes else Outcome.TAKEN


def _find_answered(session: Session, reply: Reply, asked: _Asked) -> tuple[int, int] | None:
    """Find release and sequence of the stay that a reply is to; None where nobody was told of it.

    Where nothing is another but how things are called, nobody was asked again: the reply is to
    the stay as it stands.
    """
    entry = asked.entry
    if reply.sequence == entry.sequence:
        return asked.release, entry.sequence
    found = find_earlier_entry(
        session, asked.programme_id, entry.uid, reply.sequence, asked.researcher_id
    )
    if found is None:
        return None
    release, then = found
    change = StayChange(
        request=entry.subject, kind=MailKind.MOVED, before=told_entry(then), after=entry
    )
    return (release, reply.sequence) if change.parts else (asked.release, entry.sequence)


def _moment(reply: Reply, entry: Entry, now: dt.datetime) -> dt.datetime:
    """Return when somebody answered; some programs say there when they were asked instead."""
    said_at = reply.answered_at
    is_current = reply.sequence == entry.sequence
    if said_at is None or (is_current and said_at <= entry.changed_at):
        return now
    return min(said_at, now)


def _is_same(answer: StayAnswer, standing: StayAnswer) -> bool:
    """Tell whether an answer is the one that stands, come once more."""
    return standing.via is AnswerVia.REPLY and (
        (answer.answer, answer.note, answer.sequence)
        == (standing.answer, standing.note, standing.sequence)
    )


def _spelled(address: str) -> str:
    try:
        return checked_address(address).lower()
    except AddressError:
        return address.strip().lower()
