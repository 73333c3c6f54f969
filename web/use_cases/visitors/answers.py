"""The told stays with what their researchers have said: narrowed, counted, sorted and paged."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from models.answer_store import load_answers_to
from models.release_store import find_latest_release
from web.use_cases.errors import NotThereError
from web.use_cases.links.making import LinkMaker
from web.use_cases.names import Names
from web.use_cases.paging import page_of
from web.use_cases.plans import local
from web.use_cases.requests.words import fold
from web.use_cases.views.visitors import AnswersView, EarlierAnswer, NoteView
from web.use_cases.visitors.deciding import find_decided
from web.use_cases.visitors.query import PAGE_SIZE, VisitorOrder, VisitorQuery, VisitorState
from web.use_cases.visitors.standing import Standing, load_standings
from web.use_cases.visitors.told import ToldReleases
from web.use_cases.workspace import Workspace

_URGENCY = (
    VisitorState.NONE,
    VisitorState.OUTDATED,
    VisitorState.TENTATIVE,
    VisitorState.DECLINED,
    VisitorState.ACCEPTED,
)
"""In which order answers are shown after those that need a decision."""


def show_answers(
    session: Session,
    workspace: Workspace,
    maker: LinkMaker,
    releases: ToldReleases,
    query: VisitorQuery,
    *,
    language: str,
    now: dt.datetime,
    decided_id: int | None = None,
) -> AnswersView:
    """Return the page of the told stays that a query asks for."""
    programme = workspace.problem.programme
    release = find_latest_release(session, programme.id)
    standings = (
        ()
        if release is None
        else load_standings(
            session, workspace, releases, release, maker, language=language, now=now
        )
    )
    left = _with_words(standings, query)
    found = _in_order([each for each in left if query.state in (None, *each.states)], query)
    shown = page_of(found, query.page, size=PAGE_SIZE)
    return AnswersView(
        programme_id=programme.id,
        programme=Names(problem=workspace.problem, language=language).programme(),
        timezone=programme.timezone,
        release=None if release is None else release.number,
        query=query,
        rows=tuple(each.row() for each in shown.items),
        counts=_count(left),
        total=len(standings),
        left=len(left),
        found=len(found),
        page=shown.number,
        pages=shown.pages,
        decided=find_decided(session, programme.id, decided_id),
    )


def show_note(
    session: Session,
    workspace: Workspace,
    maker: LinkMaker,
    releases: ToldReleases,
    request: str,
    *,
    language: str,
    now: dt.datetime,
) -> NoteView:
    """Return one told stay with every answer to it; ``NotThereError`` where none is told."""
    programme = workspace.problem.programme
    release = find_latest_release(session, programme.id)
    if release is None or request not in releases.of(session, release).stays:
        raise NotThereError(f"There is no published stay of {request}.")
    standings = load_standings(
        session, workspace, releases, release, maker, language=language, now=now
    )
    standing = next(each for each in standings if each.entry.subject == request)
    return NoteView(
        programme_id=programme.id,
        row=standing.row(),
        answers=tuple(
            EarlierAnswer(
                kind=answer.answer,
                note=answer.note,
                via=answer.via,
                release=answer.release,
                answered_at=local(answer.answered_at, programme.timezone),
            )
            for answer in load_answers_to(session, programme.id, request)
        ),
    )


def _with_words(standings: Iterable[Standing], query: VisitorQuery) -> list[Standing]:
    words = fold(query.words).split()
    return [each for each in standings if not words or all(word in each.text for word in words)]


def _count(standings: Iterable[Standing]) -> Mapping[VisitorState, int]:
    counted = Counter(state for each in standings for state in each.states)
    return {state: counted[state] for state in VisitorState}


def _in_order(standings: list[Standing], query: VisitorQuery) -> list[Standing]:
    ordered = sorted(standings, key=lambda each: (each.entry.first_day, each.name_key))
    ordered.sort(key=_KEYS[query.order], reverse=query.is_descending)
    return ordered


def _by_decision(each: Standing) -> tuple[bool, bool, int]:
    return not each.needs_decision, each.is_over, _URGENCY.index(each.state)


_KEYS: Mapping[VisitorOrder, Callable[[Standing], Any]] = {
    VisitorOrder.DECISION: _by_decision,
    VisitorOrder.NAME: lambda each: each.name_key,
    VisitorOrder.STAY: lambda each: (each.entry.first_day, each.entry.last_day),
    VisitorOrder.ANSWER: lambda each: _URGENCY.index(each.state),
    VisitorOrder.PREPARED: lambda each: each.share_done,
}
