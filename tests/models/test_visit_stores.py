"""What researchers say and do on their pages is kept: answers, settings, ticks, requests."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from models.answer_store import (
    AnswerKind,
    AnswerVia,
    StayAnswer,
    add_answer,
    find_answer,
    load_answers,
    load_answers_to,
)
from models.change_request_store import (
    ChangeRequestStatus,
    NewChangeRequest,
    add_change_request,
    count_open_change_requests,
    decide_change_request,
    get_change_request,
    load_change_requests,
    reopen_change_request,
)
from models.database import Database
from models.errors import ChangeRequestDecided, NoSuchChangeRequest
from models.settings_store import (
    OfficeSettings,
    ResearcherSettings,
    keep_office_settings,
    keep_researcher_settings,
    load_office_settings,
    load_researcher_settings,
    load_ticks,
    load_who_want_invitations,
    tick,
)
from tests.models.memory import NOW, later


def answer(request: str = "ada", **others: Any) -> StayAnswer:
    values: dict[str, Any] = {
        "request": request,
        "researcher_id": request,
        "answer": AnswerKind.ACCEPTED,
        "release": 1,
        "sequence": 0,
        "via": AnswerVia.PAGE,
        "answered_at": NOW,
    }
    return StayAnswer(**values | others)


def wish(request: str = "ada", **others: Any) -> NewChangeRequest:
    values: dict[str, Any] = {
        "request": request,
        "researcher_id": request,
        "kind": "later",
        "residency": {"request": request, "first_day": "2026-02-02"},
        "before": {"request": request, "first_day": "2026-01-05"},
        "note": "My term ends later.",
        "release": 1,
    }
    return NewChangeRequest(**values | others)


def test_the_latest_answer_counts_and_earlier_ones_are_kept(lab: Database) -> None:
    first = answer(note="With pleasure.")
    second = answer(answer=AnswerKind.DECLINED, via=AnswerVia.REPLY, answered_at=later(days=1))
    other = answer("bob", answer=AnswerKind.TENTATIVE)
    with lab.writing() as session:
        for each in (first, second, other):
            add_answer(session, "lab", each)

    with lab.reading() as session:
        assert load_answers(session, "lab") == {"ada": second, "bob": other}
        assert load_answers(session, "lab", researcher_id="bob") == {"bob": other}
        assert find_answer(session, "lab", "ada") == second
        assert find_answer(session, "lab", "eve") is None
        assert load_answers_to(session, "lab", "ada") == (second, first)


def test_what_nobody_has_set_is_how_pages_begin(lab: Database) -> None:
    with lab.reading() as session:
        assert load_researcher_settings(session, "lab", "ada") == ResearcherSettings()
        assert load_office_settings(session, "lab") == OfficeSettings()


def test_what_a_researcher_has_set_is_kept_and_set_anew(lab: Database) -> None:
    settings = ResearcherSettings(
        read_release=2, timezone="America/Toronto", wants_invitations=True
    )
    with lab.writing() as session:
        keep_researcher_settings(session, "lab", "ada", ResearcherSettings(read_release=1))
        keep_researcher_settings(session, "lab", "ada", settings)
        keep_researcher_settings(session, "lab", "bob", ResearcherSettings())

    with lab.reading() as session:
        assert load_researcher_settings(session, "lab", "ada") == settings
        assert load_who_want_invitations(session, "lab") == {"ada"}


def test_what_the_office_has_set_is_kept_and_an_empty_list_is_no_list_of_ours(
    lab: Database,
) -> None:
    settings = OfficeSettings(wishes_until=dt.date(2026, 3, 1), checklist=())
    with lab.writing() as session:
        keep_office_settings(session, "lab", OfficeSettings(checklist=({"id": "visa"},)))
        keep_office_settings(session, "lab", settings)

    with lab.reading() as session:
        assert load_office_settings(session, "lab") == settings


def test_what_is_ticked_stays_until_it_is_not(lab: Database) -> None:
    with lab.writing() as session:
        tick(session, "lab", "ada", "passport", now=NOW)
        tick(session, "lab", "ada", "passport", now=later(days=1))
        tick(session, "lab", "ada", "insurance", now=NOW)
        tick(session, "lab", "ada", "insurance", now=None)

    with lab.reading() as session:
        assert load_ticks(session, "lab") == {"ada": {"passport"}}
        assert load_ticks(session, "lab", ["bob"]) == {}


def test_a_change_that_is_asked_for_waits_until_it_is_decided_once(lab: Database) -> None:
    with lab.writing() as session:
        number = add_change_request(session, "lab", wish(), now=NOW)
        assert count_open_change_requests(session, "lab") == 1
        decide_change_request(
            session, "lab", number, ChangeRequestStatus.REFUSED, now=later(days=1), reply="Sorry."
        )
        with pytest.raises(ChangeRequestDecided, match="was decided already"):
            decide_change_request(
                session, "lab", number, ChangeRequestStatus.ACCEPTED, now=later(days=2)
            )

    with lab.reading() as session:
        decided = get_change_request(session, "lab", number)
        assert (decided.status, decided.reply) == (ChangeRequestStatus.REFUSED, "Sorry.")
        assert (decided.residency, decided.decided_at) == (wish().residency, later(days=1))
        assert count_open_change_requests(session, "lab") == 0


def test_what_was_decided_waits_again_unless_something_else_is_asked_for(lab: Database) -> None:
    refused, withdrawn = ChangeRequestStatus.REFUSED, ChangeRequestStatus.WITHDRAWN
    with lab.writing() as session:
        first, second = (add_change_request(session, "lab", wish(), now=NOW) for _ in range(2))
        decide_change_request(session, "lab", first, refused, now=NOW, reply="Sorry.")
        assert not reopen_change_request(session, "lab", first)
        decide_change_request(session, "lab", second, withdrawn, now=NOW)
        assert not reopen_change_request(session, "lab", second)
        assert not reopen_change_request(session, "other", first)
        assert reopen_change_request(session, "lab", first)

    with lab.reading() as session:
        again = get_change_request(session, "lab", first)
        assert (again.status, again.reply) == (ChangeRequestStatus.OPEN, "Sorry.")
        assert (again.decided_at, again.decided_by) == (None, None)


def test_changes_that_are_asked_for_are_found_by_where_they_stand_and_whose_they_are(
    lab: Database,
) -> None:
    with lab.writing() as session:
        first = add_change_request(session, "lab", wish(), now=NOW)
        second = add_change_request(session, "lab", wish("bob", residency=None), now=NOW)
        third = add_change_request(session, "lab", wish(), now=NOW)
        decide_change_request(session, "lab", first, ChangeRequestStatus.WITHDRAWN, now=NOW)

    with lab.reading() as session:
        waiting = load_change_requests(session, "lab", status=ChangeRequestStatus.OPEN)
        of_ada = load_change_requests(session, "lab", researcher_id="ada")
    assert [each.id for each in waiting] == [third, second]
    assert [each.id for each in of_ada] == [third, first]


def test_a_change_that_nobody_asked_for_is_not_there(lab: Database) -> None:
    with (
        lab.reading() as session,
        pytest.raises(NoSuchChangeRequest, match="change request 7: none of the programme"),
    ):
        get_change_request(session, "lab", 7)
