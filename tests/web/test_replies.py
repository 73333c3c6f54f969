"""Answers out of files and mails: whose they are, to what, and what becomes of each."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from models.answer_store import AnswerKind, AnswerVia, StayAnswer, load_answers, load_answers_to
from models.database import Database
from models.history_store import ChangeKind, load_changes
from models.mail_store import edit_mail
from scheduler.problem.types import ProgrammeId
from tests.builders import (
    day,
    make_problem,
    make_programme,
    make_request,
    make_researcher,
    make_residency,
)
from tests.models.memory import recall
from tests.web.laboratory import NOW, later, plan_by_hand, publish, publish_ada, seed
from tests.web.post_office import mails_of, publish_guests
from tests.web.replies import OUTLOOK, make_mail, make_reply
from web.calendars.replies import Fault
from web.use_cases.researchers.answering import answer_stay
from web.use_cases.researchers.replies import Taking, found_in, take_reply
from web.use_cases.views.replies import AnsweredStay, Outcome, ReplyView

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

SOON = "20260105T010000Z"
LATER = "20260105T013000Z"


def take(database: Database, data: bytes, **others: Any) -> ReplyView:
    """Hand a file over two hours after the release."""
    with database.writing() as session:
        return take_reply(session, found_in(data), Taking(**{"now": later(hours=2)} | others))


def standing(database: Database) -> StayAnswer:
    """Return the answer to Ada's stay that counts."""
    with database.reading() as session:
        return load_answers(session, "lab")["ada"]


def kinds(database: Database) -> list[AnswerKind]:
    """Return all answers to Ada's stay, the latest first."""
    with database.reading() as session:
        return [each.answer for each in load_answers_to(session, "lab", "ada")]


def move_ada(database: Database, **others: Any) -> None:
    """Publish another stay of Ada's."""
    moved = {"first_day": day("2026-01-12")} | others
    plan_by_hand(database, recall(database), make_residency("ada", **moved))
    publish(database, now=later(hours=1))


def test_an_answer_is_taken_with_its_note_and_stands_in_the_history(database: Database) -> None:
    publish_guests(database, ada="en")
    reply = make_reply(OUTLOOK, answer="DECLINED")
    assert take(database, make_mail(reply)) == ReplyView(
        outcome=Outcome.TAKEN,
        stay=AnsweredStay(
            programme_id="lab",
            request="ada",
            name="ada",
            answer=AnswerKind.DECLINED,
            first_day=day("2026-01-05"),
            last_day=day("2026-02-01"),
        ),
    )
    assert standing(database) == StayAnswer(
        request="ada",
        researcher_id="ada",
        answer=AnswerKind.DECLINED,
        note="I would rather come in May; is that\npossible?",
        release=1,
        sequence=0,
        via=AnswerVia.REPLY,
        answered_at=dt.datetime(2026, 1, 5, 1, tzinfo=dt.UTC),
    )
    with database.reading() as session:
        change = load_changes(session, "lab")[0]
    assert (change.kind, change.at, change.by) == (ChangeKind.ANSWER, later(hours=2), None)
    assert (change.facts["researcher"], change.facts["answer"]) == ("ada", "declined")


def test_the_same_answer_twice_is_one(database: Database) -> None:
    publish_guests(database, ada="en")
    outcomes = [take(database, data).outcome for data in (make_reply(), make_mail(make_reply()))]
    assert outcomes == [Outcome.TAKEN, Outcome.TAKEN_BEFORE]
    assert kinds(database) == [AnswerKind.ACCEPTED]


def test_a_later_answer_counts_whichever_comes_first(database: Database) -> None:
    publish_guests(database, ada="en")
    accepted, declined = make_reply(stamp=SOON), make_reply(answer="DECLINED", stamp=LATER)
    outcomes = [take(database, data).outcome for data in (declined, accepted)]
    assert outcomes == [Outcome.TAKEN, Outcome.OVERTAKEN]
    assert standing(database).answer is AnswerKind.DECLINED


def test_a_mind_is_changed_by_mail(database: Database) -> None:
    publish_guests(database, ada="en")
    for answer, stamp in (("ACCEPTED", SOON), ("DECLINED", LATER)):
        take(database, make_reply(answer=answer, stamp=stamp))
    assert kinds(database) == [AnswerKind.DECLINED, AnswerKind.ACCEPTED]


def test_a_mail_that_was_overtaken_by_the_page_changes_nothing(database: Database) -> None:
    publish_guests(database, ada="en")
    with database.writing() as session:
        answer_stay(
            session,
            "lab",
            "ada",
            "ada",
            AnswerKind.DECLINED,
            note="",
            via=AnswerVia.PAGE,
            now=later(hours=1),
        )
    assert take(database, make_reply(stamp=SOON)).outcome is Outcome.OVERTAKEN
    assert take(database, make_reply(stamp="20260105T020000Z")).outcome is Outcome.TAKEN


@pytest.mark.parametrize("stamp", ["", "20260105", "20260105T003000Z", "20991231T000000Z"])
def test_a_stamp_that_cannot_be_the_answers_is_that_of_now(database: Database, stamp: str) -> None:
    publish_guests(database, ada="en")
    take(database, make_reply(stamp=stamp))
    assert standing(database).answered_at == later(hours=2)


def test_other_days_that_somebody_proposes_are_kept_as_a_note_to_a_perhaps(
    database: Database,
) -> None:
    publish_guests(database, ada="en")
    proposal = make_reply(OUTLOOK, answer="TENTATIVE").replace(b"METHOD:REPLY", b"METHOD:COUNTER")
    view = take(database, make_mail(proposal, method="COUNTER"))
    assert view.outcome is Outcome.PROPOSED
    assert standing(database).answer is AnswerKind.TENTATIVE
    assert standing(database).note == (
        "→ 2026-01-05 – 2026-02-01\nI would rather come in May; is that\npossible?"  # noqa: RUF001
    )


def test_an_answer_to_the_stay_before_it_moved_is_kept_and_asks_again(database: Database) -> None:
    publish_guests(database, ada="en")
    move_ada(database)
    view = take(database, make_reply(sequence=0))
    assert view.outcome is Outcome.OLD_STATE
    assert (standing(database).release, standing(database).sequence) == (1, 0)
    assert take(database, make_reply(answer="DECLINED", sequence=1)).outcome is Outcome.TAKEN
    assert (standing(database).release, standing(database).sequence) == (2, 1)


def test_an_answer_to_the_stay_before_changes_no_answer_to_the_stay_now(
    database: Database,
) -> None:
    publish_guests(database, ada="en")
    move_ada(database)
    take(database, make_reply(answer="DECLINED", sequence=1))
    assert take(database, make_reply(sequence=0, stamp=LATER)).outcome is Outcome.OVERTAKEN
    assert standing(database).answer is AnswerKind.DECLINED


def test_a_renamed_room_leaves_an_invitation_good(database: Database) -> None:
    problem = publish_guests(database, ada="en")
    zones = tuple(replace(zone, name="Garden room") for zone in problem.zones)
    renamed = replace(recall(database), zones=zones)
    seed(database, renamed)
    plan_by_hand(database, renamed, make_residency("ada"))
    publish(database, now=later(hours=1))
    assert take(database, make_reply(sequence=0)).outcome is Outcome.TAKEN
    assert (standing(database).release, standing(database).sequence) == (2, 1)


def test_an_answer_to_a_state_that_nobody_was_told_of_is_refused(database: Database) -> None:
    publish_guests(database, ada="en")
    assert take(database, make_reply(sequence=1)).outcome is Outcome.UNTOLD
    assert kinds(database) == []


def test_a_cancelled_stay_cannot_be_accepted(database: Database) -> None:
    problem = publish_guests(database, ada="en", bob="en")
    plan_by_hand(database, problem, make_residency("bob"))
    publish(database, now=later(hours=1))
    assert take(database, make_reply()) == ReplyView(outcome=Outcome.CANCELLED)


@pytest.mark.parametrize("uid", ["lab.bob@lab.example.org", "lab.event+demo@lab.example.org", "x"])
def test_what_was_never_asked_is_not_answered(database: Database, uid: str) -> None:
    publish_guests(database, ada="en")
    assert take(database, make_reply(uid=uid)) == ReplyView(outcome=Outcome.NOT_OURS)


@pytest.mark.parametrize("address", ["bob@example.org", "invalid:nomail", "", "ada@example.org.x"])
def test_an_answer_from_another_address_is_not_the_researchers(
    database: Database, address: str
) -> None:
    publish_guests(database, ada="en", bob="en")
    assert take(database, make_reply(address=address)) == ReplyView(outcome=Outcome.STRANGER)
    assert kinds(database) == []


@pytest.mark.parametrize(
    ("known", "answers"),
    [
        ("ada@example.org", "ADA@EXAMPLE.ORG"),
        ("Ada@Example.org", "ada@example.org"),
        ("ada@münchen.de", "ada@xn--mnchen-3ya.de"),
        ("에이다@example.org", "%EC%97%90%EC%9D%B4%EB%8B%A4@example.org"),
    ],
)
def test_an_address_is_the_same_however_it_is_spelled(
    database: Database, known: str, answers: str
) -> None:
    ada = replace(make_researcher("ada"), email=known)
    problem = seed(database, make_problem(researchers=(ada,)))
    plan_by_hand(database, problem, make_residency("ada"))
    publish(database)
    assert take(database, make_reply(address=answers)).outcome is Outcome.TAKEN


def test_an_answer_may_come_from_where_the_mail_went(database: Database) -> None:
    publish_guests(database, ada="en")
    (mail,) = mails_of(database)
    with database.writing() as session:
        edit_mail(session, mail, {"address": "countess@example.org"}, now=NOW)
    assert take(database, make_reply(address="countess@example.org")).outcome is Outcome.TAKEN


def test_through_their_own_page_researchers_answer_from_any_address(database: Database) -> None:
    publish_ada(database)
    data = make_reply(address="home@example.com")
    own = take(database, data, programme_id="lab", researcher_id="ada")
    assert own.outcome is Outcome.TAKEN


def test_nobody_answers_for_others_through_their_own_page(database: Database) -> None:
    publish_guests(database, ada="en", bob="en")
    others, nobodys = make_reply(), make_reply(uid="lab.nobody@lab.example.org")
    for sent in (others, nobodys):
        view = take(database, sent, programme_id="lab", researcher_id="bob")
        assert view == ReplyView(outcome=Outcome.NOT_YOURS)
    assert kinds(database) == []


def test_an_answer_to_another_programme_is_said_to_be_one(database: Database) -> None:
    publish_guests(database, ada="en")
    seed(database, make_problem(programme=replace(make_programme(), id=ProgrammeId("club"))))
    assert take(database, make_reply(), programme_id="club").outcome is Outcome.ELSEWHERE


def test_each_of_two_stays_is_answered_by_itself(database: Database) -> None:
    ada = replace(make_researcher("ada"), email="ada@example.org")
    requests = (make_request("ada-1", researcher="ada"), make_request("ada-2", researcher="ada"))
    problem = seed(database, make_problem(requests=requests, researchers=(ada,)))
    second = make_residency("ada-2", first_day=day("2026-02-09"))
    plan_by_hand(database, problem, make_residency("ada-1"), second)
    publish(database)
    take(database, make_reply(uid="lab.ada-2@lab.example.org", answer="TENTATIVE"))
    with database.reading() as session:
        answers = load_answers(session, "lab")
    assert {name: each.answer.value for name, each in answers.items()} == {"ada-2": "tentative"}


def test_what_cannot_be_read_needs_no_database(database: Database) -> None:
    assert take(database, b"") == ReplyView(outcome=Fault.EMPTY)
