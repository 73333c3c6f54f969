"""Answering a stay: what is kept, which answer counts, and what cannot be answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.answer_store import AnswerKind, AnswerVia, load_answers_to
from models.database import Database
from models.history_store import ChangeKind, load_changes
from models.release_store import Scope, ScopeKind, find_latest_release, load_entries
from tests.builders import make_problem, make_request, make_residency, make_zone
from tests.web.laboratory import NOW, later, plan_by_hand, publish, publish_ada, seed
from web.calendars.texts import LONGEST_NOTE
from web.use_cases.errors import NoSuchStayError, NoteTooLongError, StayMovedError, UseCaseError
from web.use_cases.releases.entries import told_entry
from web.use_cases.researchers.answering import answer_stay, load_answer_views
from web.use_cases.views.answers import AnswerView


def answer(
    database: Database,
    kind: AnswerKind = AnswerKind.ACCEPTED,
    *,
    researcher: str = "ada",
    request: str = "ada",
    note: str = "",
    sequence: int | None = None,
    hours: int = 1,
) -> None:
    with database.writing() as session:
        answer_stay(
            session,
            "lab",
            researcher,
            request,
            kind,
            note=note,
            via=AnswerVia.PAGE,
            now=later(hours=hours),
            sequence=sequence,
        )


def counting(database: Database) -> dict[str, AnswerView]:
    with database.reading() as session:
        release = find_latest_release(session, "lab")
        assert release is not None
        scope = Scope(kind=ScopeKind.RESEARCHER, id="ada")
        entries = [told_entry(row) for row in load_entries(session, "lab", release.number, scope)]
        return load_answer_views(session, "lab", entries, release.number, timezone="Asia/Seoul")


def test_the_latest_answer_counts_and_all_are_kept(database: Database) -> None:
    publish_ada(database)
    answer(database, AnswerKind.TENTATIVE, note="  One moment.\r\nA visa\x07! ")
    answer(database, AnswerKind.ACCEPTED, hours=2)
    counts = counting(database)["ada"]
    assert (counts.kind, counts.note, counts.is_current) == (AnswerKind.ACCEPTED, "", True)
    assert counts.answered_at == later(hours=2)
    with database.reading() as session:
        notes = [kept.note for kept in load_answers_to(session, "lab", "ada")]
        (second, first) = load_changes(session, "lab", kind=ChangeKind.ANSWER)
    assert notes == ["", "One moment.\nA visa!"]
    assert (first.at, first.by) == (later(hours=1), None)
    assert second.facts == {
        "researcher": "ada",
        "name": "ada",
        "request": "ada",
        "answer": "accepted",
    }


def test_a_stay_that_changed_asks_again(database: Database) -> None:
    problem = publish_ada(database)
    answer(database)
    plan_by_hand(database, problem, make_residency("ada", days=21), now=later(hours=2))
    publish(database, now=later(hours=3))
    assert [(view.kind, view.is_current) for view in counting(database).values()] == [
        (AnswerKind.ACCEPTED, False)
    ]
    answer(database, sequence=1, hours=4)
    assert counting(database)["ada"].is_current is True


def test_a_room_that_is_called_otherwise_asks_nobody_again(database: Database) -> None:
    publish_ada(database)
    answer(database)
    renamed = make_problem(zones=(replace(make_zone(), name="Studio"),))
    plan_by_hand(database, seed(database, renamed), make_residency("ada"), now=later(hours=2))
    publish(database, now=later(hours=3))
    assert [view.is_current for view in counting(database).values()] == [True]


def test_a_stay_that_was_cancelled_meanwhile_asks_again(database: Database) -> None:
    problem = publish_ada(database)
    answer(database)
    plan_by_hand(database, problem, now=later(hours=2))
    publish(database, now=later(hours=3))
    plan_by_hand(database, problem, make_residency("ada"), now=later(hours=4))
    publish(database, now=later(hours=5))
    assert [view.is_current for view in counting(database).values()] == [False]


def test_an_answer_to_the_stay_before_is_refused(database: Database) -> None:
    problem = publish_ada(database)
    plan_by_hand(database, problem, make_residency("ada", days=21), now=later(hours=2))
    publish(database, now=later(hours=3))
    with pytest.raises(StayMovedError):
        answer(database, sequence=0)
    assert counting(database) == {}


def test_a_cancelled_stay_takes_no_answer_and_keeps_the_one_before(database: Database) -> None:
    problem = publish_ada(database)
    answer(database)
    plan_by_hand(database, problem, now=later(hours=2))
    publish(database, now=later(hours=3))
    with pytest.raises(NoSuchStayError):
        answer(database, AnswerKind.DECLINED, hours=4)
    assert [view.is_current for view in counting(database).values()] == [False]


@pytest.mark.parametrize(
    ("researcher", "request_id", "note", "wrong"),
    [
        ("bo", "ada", "", NoSuchStayError),
        ("ada", "bo", "", NoSuchStayError),
        ("ada", "nothing", "", NoSuchStayError),
        ("ada", "ada", "가" * (LONGEST_NOTE + 1), NoteTooLongError),
    ],
)
def test_nobody_answers_for_others_or_at_endless_length(
    database: Database, researcher: str, request_id: str, note: str, wrong: type[UseCaseError]
) -> None:
    problem = seed(database, make_problem(requests=(make_request("ada"), make_request("bo"))))
    plan_by_hand(database, problem, make_residency("ada"), make_residency("bo"))
    publish(database, now=NOW)
    with pytest.raises(wrong):
        answer(database, researcher=researcher, request=request_id, note=note)
    assert counting(database) == {}


def test_a_note_may_be_as_long_as_a_page(database: Database) -> None:
    publish_ada(database)
    answer(database, note="🌸" * LONGEST_NOTE)
    assert counting(database)["ada"].note == "🌸" * LONGEST_NOTE
