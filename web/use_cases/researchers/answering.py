"""Answering the invitation to a published stay, and which answer counts.

An answer is to the stay as its calendar entry stood: once the entry has risen, whatever it was
that changed, the stay asks again, and the answer given is shown as one to the stay before.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from sqlalchemy.orm import Session

from models.answer_store import AnswerKind, AnswerVia, StayAnswer, add_answer, load_answers
from models.history_store import ChangeKind, add_change
from models.programme_store import lock_programme
from models.release_store import Release, Scope, ScopeKind, find_latest_release, load_entries
from web.calendars.entries import Entry, Kind
from web.calendars.texts import one_line, said
from web.use_cases.errors import NoSuchStayError, NoteTooLongError, StayMovedError
from web.use_cases.plans import local
from web.use_cases.releases.entries import told_entry
from web.use_cases.views.answers import AnswerView

LONGEST_NOTE = 4000


def answer_stay(
    session: Session,
    programme_id: str,
    researcher_id: str,
    request: str,
    kind: AnswerKind,
    *,
    note: str,
    via: AnswerVia,
    now: dt.datetime,
    sequence: int | None = None,
    by: uuid.UUID | None = None,
) -> StayAnswer:
    """Keep a researcher's answer to a stay; it counts from now on, earlier ones are kept.

    ``sequence`` is that of the entry which the answer is to, None for the one of the latest
    release. ``by`` is the coordinator who notes what they were told, None for the researcher.

    Raises:
        NoSuchStayError: The latest release tells the researcher of no such stay, or cancels it.
        StayMovedError: The stay has changed since the researcher saw it.
        NoteTooLongError: The note is longer than ``LONGEST_NOTE``.
    """
    lock_programme(session, programme_id)
    release = find_latest_release(session, programme_id)
    entry = None if release is None else _find_stay(session, release, researcher_id, request)
    if release is None or entry is None:
        raise NoSuchStayError(f"{request}: no stay of {researcher_id} that is published")
    if sequence is not None and sequence != entry.sequence:
        raise StayMovedError(f"{request}: the stay has changed since")
    answer = StayAnswer(
        request=request,
        researcher_id=researcher_id,
        answer=kind,
        note=_checked_note(note),
        release=release.number,
        sequence=entry.sequence,
        via=via,
        answered_at=now,
    )
    keep_answer(session, programme_id, answer, entry, now=now, by=by)
    return answer


def keep_answer(
    session: Session,
    programme_id: str,
    answer: StayAnswer,
    entry: Entry,
    *,
    now: dt.datetime,
    by: uuid.UUID | None = None,
) -> None:
    """Keep an answer to a stay and note in the history that it came."""
    add_answer(session, programme_id, answer)
    add_change(
        session,
        programme_id,
        ChangeKind.ANSWER,
        now=now,
        by=by,
        facts={
            "researcher": answer.researcher_id,
            "name": said(entry.facts.researcher, "en"),
            "request": answer.request,
            "answer": answer.answer.value,
        },
    )


def load_answer_views(
    session: Session, programme_id: str, entries: Iterable[Entry], *, timezone: str
) -> dict[str, AnswerView]:
    """Return the answers that count to the stays of some entries, by request."""
    answers = load_answers(session, programme_id)
    return {
        entry.subject: view_answer(answers[entry.subject], entry, timezone=timezone)
        for entry in entries
        if entry.kind is Kind.RESIDENCY and not entry.farewell and entry.subject in answers
    }


def view_answer(answer: StayAnswer, entry: Entry, *, timezone: str) -> AnswerView:
    """Return an answer beside the stay as it is told now, on the programme's clock."""
    return AnswerView(
        kind=answer.answer,
        note=answer.note,
        via=answer.via,
        release=answer.release,
        answered_at=local(answer.answered_at, timezone),
        is_current=not entry.cancelled and answer.sequence == entry.sequence,
    )


def _find_stay(
    session: Session, release: Release, researcher_id: str, request: str
) -> Entry | None:
    """Find the entry by which a release tells a researcher of a stay that takes place."""
    scope = Scope(kind=ScopeKind.RESEARCHER, id=researcher_id)
    rows = load_entries(session, release.programme_id, release.number, scope)
    for entry in map(told_entry, rows):
        is_stay = entry.kind is Kind.RESIDENCY and entry.subject == request
        if is_stay and not (entry.cancelled or entry.farewell or entry.hidden):
            return entry
    return None


def _checked_note(note: str) -> str:
    """Return a note with its lines as we break them, without what nobody could read."""
    kept = "\n".join(map(one_line, note.splitlines())).strip()
    if len(kept) > LONGEST_NOTE:
        raise NoteTooLongError(f"a note of {len(kept)} characters; {LONGEST_NOTE} at most")
    return kept
