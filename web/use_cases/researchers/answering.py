"""Answering the invitation to a published stay, and which answer counts.

An answer is to the stay as it was told: once its days, its place or its host are others, or it
was cancelled meanwhile, the stay asks again, and what was said is shown as said to the stay before.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from models.answer_store import AnswerKind, AnswerVia, StayAnswer, add_answer, load_answers
from models.history_store import ChangeKind, add_change
from models.programme_store import lock_programme
from models.release_store import (
    Release,
    Scope,
    ScopeKind,
    find_latest_release,
    load_entries,
    load_told_stays,
)
from web.calendars.entries import Entry, Kind
from web.calendars.texts import LONGEST_NOTE, noted, said
from web.use_cases.errors import NoSuchStayError, NoteTooLongError, StayMovedError
from web.use_cases.plans import local
from web.use_cases.releases.entries import told_entry
from web.use_cases.views.answers import AnswerView


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
    release, entry = get_stay(session, programme_id, researcher_id, request, sequence)
    answer = StayAnswer(
        request=request,
        researcher_id=researcher_id,
        answer=kind,
        note=checked_note(note),
        release=release.number,
        sequence=entry.sequence,
        via=via,
        answered_at=now,
    )
    keep_answer(session, programme_id, answer, entry, now=now, by=by)
    return answer


def get_stay(
    session: Session,
    programme_id: str,
    researcher_id: str,
    request: str,
    sequence: int | None = None,
) -> tuple[Release, Entry]:
    """Return the latest release and a stay in it, as it was seen if a ``sequence`` is named.

    Raises:
        NoSuchStayError: The latest release tells the researcher of no such stay, or cancels it.
        StayMovedError: The stay has changed since.
    """
    release = find_latest_release(session, programme_id)
    entry = None if release is None else _find_stay(session, release, researcher_id, request)
    if release is None or entry is None:
        raise NoSuchStayError(f"{request}: no stay of {researcher_id} that is published")
    if sequence is not None and sequence != entry.sequence:
        raise StayMovedError(f"{request}: the stay has changed since")
    return release, entry


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
    session: Session,
    programme_id: str,
    entries: Iterable[Entry],
    release: int,
    *,
    timezone: str,
    answers: Mapping[str, StayAnswer] | None = None,
) -> dict[str, AnswerView]:
    """Return the answers that count to the stays of a release's entries, by request.

    ``answers`` are those that are looked at, where they are loaded already.
    """
    if answers is None:
        answers = load_answers(session, programme_id)
    stays = {
        entry.subject: entry
        for entry in entries
        if entry.kind is Kind.RESIDENCY and not entry.farewell and entry.subject in answers
    }
    risen = [answers[name] for name, entry in stays.items() if _has_risen(answers[name], entry)]
    moved = _find_moved(session, programme_id, risen, release)
    return {
        name: _view(answers[name], is_current=not (entry.cancelled or name in moved), zone=timezone)
        for name, entry in stays.items()
    }


def _has_risen(answer: StayAnswer, entry: Entry) -> bool:
    return answer.sequence != entry.sequence


def _find_moved(
    session: Session, programme_id: str, answers: Sequence[StayAnswer], release: int
) -> frozenset[str]:
    """Return the requests whose stay was another than the one answered, then or since."""
    if not answers:
        return frozenset()
    first = min(answer.release for answer in answers)
    people = {answer.researcher_id for answer in answers}
    told = load_told_stays(session, programme_id, people, range(first, release + 1))
    looks: dict[str, list[tuple[int, object]]] = {}
    for number, row in told:
        entry = told_entry(row)
        looks.setdefault(entry.subject, []).append((number, _look(entry)))
    return frozenset(
        answer.request
        for answer in answers
        if len({look for at, look in looks.get(answer.request, ()) if at >= answer.release}) != 1
    )


def _look(entry: Entry) -> object:
    """Return what somebody agrees to; a room that is called otherwise is the same room."""
    days = entry.first_day, entry.last_day
    return days, entry.zone_id, entry.site_id, entry.host_id, entry.cancelled


def _view(answer: StayAnswer, *, is_current: bool, zone: str) -> AnswerView:
    return AnswerView(
        kind=answer.answer,
        note=answer.note,
        via=answer.via,
        release=answer.release,
        answered_at=local(answer.answered_at, zone),
        is_current=is_current,
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


def checked_note(note: str) -> str:
    """Return a note as it is kept; ``NoteTooLongError`` where it is longer."""
    kept = noted(note)
    if len(kept) > LONGEST_NOTE:
        raise NoteTooLongError(f"a note of {len(kept)} characters; {LONGEST_NOTE} at most")
    return kept
