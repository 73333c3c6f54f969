"""A change of a published stay: asked for, taken back, decided; the draft and the history."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from models.change_request_store import ChangeRequest, load_change_requests
from models.database import Database
from models.draft_store import main_draft
from models.errors import ChangeRequestDecided, NoSuchChangeRequest
from models.history_store import ChangeKind, load_changes
from models.steps import EditConflict, Step
from models.subjects import document_of
from scheduler.problem.requests import Request, Residency
from scheduler.problem.types import ZoneId
from tests.builders import (
    day,
    make_pin,
    make_plan,
    make_problem,
    make_request,
    make_residency,
    make_zone,
)
from tests.web.laboratory import later, plan_by_hand, publish, seed
from web.use_cases.change_requests.ask import (
    AskedTooLateError,
    NothingAskedError,
    Stale,
    Wish,
    ask_change,
    withdraw_change,
)
from web.use_cases.change_requests.decide import (
    ChangeBreaksRulesError,
    ChangeImpossibleError,
    Decision,
    accept_change,
    refuse_change,
)
from web.use_cases.change_requests.office import show_change_requests
from web.use_cases.change_requests.published import PublishedPlans
from web.use_cases.change_requests.stays import spell_stay
from web.use_cases.drafts import steps_between
from web.use_cases.editing import Edit, make_steps, undo
from web.use_cases.errors import NoteTooLongError
from web.use_cases.views.change_requests import ChangeRequestView
from web.use_cases.workspace import Workspaces, load_workspace

EARLY = later(days=-21)
"""Three weeks before the stays begin."""
ADA = make_residency("ada")
BOB = make_residency("bob", zone=ZoneId("zone-b"))
LATER = replace(ADA, first_day=day("2026-01-19"), last_day=day("2026-02-15"))
BESIDE_BOB = replace(ADA, zone=ZoneId("zone-b"))


@pytest.fixture
def lab(database: Database) -> Database:
    """Return a database in which Ada and Bob, in one-desk zones, were told of their stays."""
    furnish(database)
    return database


def furnish(database: Database, *, of_ada: dict[str, Any] | None = None, **others: Any) -> None:
    requests = (make_request("ada", **of_ada or {}), make_request("bob"))
    zones = (make_zone("zone-a", desks=1), make_zone("zone-b", desks=2))
    problem = seed(database, make_problem(requests=requests, zones=zones, **others))
    plan_by_hand(database, problem, ADA, BOB)
    publish(database)


def ask(database: Database, stay: Residency | None = LATER, **others: Any) -> int:
    """Let Ada ask for a stay, or with words alone."""
    values: dict[str, Any] = {
        "researcher_id": "ada",
        "request": "ada",
        "chosen": spell_stay(stay),
        "note": "",
        "release": 1,
        "replaces": None,
    }
    moment = others.pop("now", EARLY)
    with database.writing() as session:
        plan = PublishedPlans().load(session, Workspaces(), "lab")
        return ask_change(session, plan, Wish(**values | others), now=moment)


def why_stale(database: Database, stay: Residency | None = LATER, **others: Any) -> Stale:
    with pytest.raises(AskedTooLateError) as told:
        ask(database, stay, **others)
    return told.value.why


def take_back(database: Database, number: int, *, researcher: str = "ada") -> None:
    with database.writing() as session:
        problem = load_workspace(session, "lab").problem
        withdraw_change(session, problem, researcher, number, now=EARLY)


def accept(database: Database, number: int, **decision: Any) -> None:
    with database.writing() as session:
        workspace = load_workspace(session, "lab")
        how = Decision(now=later(hours=1), **decision)
        accept_change(session, workspace, number, how, language="en")


def refuse(database: Database, number: int, **decision: Any) -> None:
    with database.writing() as session:
        how = Decision(now=later(hours=1), **decision)
        refuse_change(session, load_workspace(session, "lab"), number, how)


def asked(database: Database) -> tuple[ChangeRequest, ...]:
    with database.reading() as session:
        return load_change_requests(session, "lab")


def seen_by_office(database: Database) -> ChangeRequestView:
    with database.reading() as session:
        view = show_change_requests(session, load_workspace(session, "lab"), language="en")
    (only,) = (*view.waiting, *view.decided)
    return only


def move_in_draft(database: Database, before: Residency, after: Residency | None) -> None:
    """Let a coordinator move somebody by hand."""
    with database.writing() as session:
        then = make_plan() if after is None else make_plan(after)
        steps = steps_between(make_plan(before), then)
        edit = Edit(
            kind=ChangeKind.MOVE, now=EARLY, draft_id=main_draft(session, "lab", now=EARLY).id
        )
        make_steps(session, "lab", steps, edit)


def drafted(database: Database) -> tuple[Residency, ...]:
    with database.reading() as session:
        return load_workspace(session, "lab").plan.residencies


def request_of_ada(database: Database) -> Request:
    with database.reading() as session:
        return load_workspace(session, "lab").problem.requests[0]


def acts(database: Database) -> list[tuple[str, str, int]]:
    """Return what the history says of changes, the latest first."""
    with database.reading() as session:
        changes = load_changes(session, "lab", kind=ChangeKind.ANSWER)
    return [(c.facts["act"], c.facts["name"], c.facts["change"]) for c in changes]


def test_what_is_asked_waits_for_the_office_and_stands_in_the_history(lab: Database) -> None:
    number = ask(lab, note=" two weeks\r\nlater, please ")
    (waiting,) = asked(lab)
    assert (waiting.kind, waiting.status, waiting.note, waiting.release) == (
        "later",
        "open",
        "two weeks\nlater, please",
        1,
    )
    assert acts(lab) == [("asked", "ada", number)]
    assert drafted(lab) == (ADA, BOB)


def test_words_alone_ask_for_no_stay(lab: Database) -> None:
    ask(lab, None, note="Could my desk be near a window?")
    assert (asked(lab)[0].kind, asked(lab)[0].residency) == ("words", None)


def test_neither_a_choice_nor_words_is_nothing(lab: Database) -> None:
    with pytest.raises(NothingAskedError):
        ask(lab, None, note=" \n ")
    assert asked(lab) == ()


def test_a_note_has_at_most_4000_characters(lab: Database) -> None:
    ask(lab, note="가" * 4000)
    with pytest.raises(NoteTooLongError):
        ask(lab, note="가" * 4001, replaces=asked(lab)[0].id)


def test_a_new_request_takes_the_place_of_the_one_that_was_shown(lab: Database) -> None:
    first = ask(lab)
    second = ask(lab, BESIDE_BOB, replaces=first)
    assert [(one.id, one.status.value, one.kind) for one in asked(lab)] == [
        (second, "open", "place"),
        (first, "withdrawn", "later"),
    ]


def test_a_request_that_was_not_shown_is_not_replaced(lab: Database) -> None:
    number = ask(lab)
    assert why_stale(lab) is Stale.ANSWERED
    refuse(lab, number)
    assert why_stale(lab, replaces=number) is Stale.ANSWERED


def test_after_a_new_release_the_page_has_to_be_read_again(lab: Database) -> None:
    move_in_draft(lab, BOB, None)
    publish(lab, now=later(hours=1))
    assert why_stale(lab) is Stale.RELEASED
    ask(lab, release=2)


def test_what_somebody_else_got_meanwhile_is_not_possible_any_more(lab: Database) -> None:
    taken = replace(BOB, zone=ADA.zone, first_day=day("2026-02-02"), last_day=day("2026-03-01"))
    move_in_draft(lab, BOB, taken)
    publish(lab, now=later(hours=1))
    assert why_stale(lab, release=2) is Stale.TAKEN


def test_the_present_stay_nonsense_and_the_past_are_no_options(lab: Database) -> None:
    past = replace(ADA, first_day=day("2025-12-01"), last_day=day("2025-12-28"))
    for chosen in (spell_stay(ADA), "~~~~~", "x", spell_stay(past), spell_stay(LATER) + "~"):
        assert why_stale(lab, chosen=chosen) is Stale.TAKEN


def test_a_frozen_stay_can_be_asked_about_in_words_alone(database: Database) -> None:
    problem = make_problem()
    furnish(database, programme=replace(problem.programme, today=day("2025-12-29")))
    assert why_stale(database) is Stale.TAKEN
    ask(database, None, note="My flight was cancelled.")


def test_nobody_asks_for_somebody_elses_stay(lab: Database) -> None:
    assert why_stale(lab, researcher_id="bob") is Stale.GONE
    with pytest.raises(NoSuchChangeRequest):
        take_back(lab, ask(lab), researcher="bob")


def test_what_was_asked_can_be_taken_back_until_it_is_decided(lab: Database) -> None:
    number = ask(lab)
    take_back(lab, number)
    assert asked(lab)[0].status == "withdrawn"
    assert acts(lab) == [("unasked", "ada", number), ("asked", "ada", number)]
    with pytest.raises(ChangeRequestDecided):
        take_back(lab, number)


def test_the_office_sees_what_was_and_what_is_wanted_and_that_it_fits(lab: Database) -> None:
    ask(lab)
    view = seen_by_office(lab)
    shown = [stay.first_day for stay in (view.before, view.wanted) if stay is not None]
    assert shown == [ADA.first_day, LATER.first_day]
    assert (view.broken, view.widened, view.can_accept, view.has_moved) == ((), (), True, False)


def test_the_office_sees_what_it_would_break_in_the_draft_now(lab: Database) -> None:
    ask(lab)
    move_in_draft(lab, BOB, replace(BOB, zone=ADA.zone, last_day=day("2026-01-25")))
    view = seen_by_office(lab)
    assert [rule.rule for rule in view.broken] == ["H5"]
    with pytest.raises(ChangeBreaksRulesError) as refused:
        accept(lab, view.id)
    assert [rule.rule for rule in refused.value.broken] == ["H5"]
    assert asked(lab)[0].status == "open"
    accept(lab, view.id, anyway=True)
    assert LATER in drafted(lab)


def test_an_accepted_stay_is_in_the_draft_by_one_change_that_can_be_taken_back(
    lab: Database,
) -> None:
    number = ask(lab)
    accept(lab, number, reply="With pleasure.")
    assert drafted(lab) == (LATER, BOB)
    assert (asked(lab)[0].status, asked(lab)[0].reply) == ("accepted", "With pleasure.")
    assert acts(lab)[0] == ("accepted_change", "ada", number)
    assert seen_by_office(lab).is_drafted
    with lab.writing() as session:
        draft = main_draft(session, "lab", now=EARLY)
        undo(session, "lab", Edit(kind=ChangeKind.MOVE, now=EARLY, draft_id=draft.id))
    assert drafted(lab) == (ADA, BOB)
    assert (seen_by_office(lab).status, seen_by_office(lab).is_drafted) == ("open", False)


def test_accepting_widens_the_request_and_taking_back_narrows_it(database: Database) -> None:
    narrow: dict[str, Any] = {"last_day": day("2026-02-01"), "min_days": 28}
    furnish(database, of_ada=narrow)
    stay = replace(ADA, first_day=day("2026-01-26"), last_day=day("2026-02-15"))
    number = ask(database, stay)
    view = seen_by_office(database)
    assert [(w.field, str(w.was), str(w.now)) for w in view.widened] == [
        ("last_day", "2026-02-01", "2026-02-15"),
        ("min_days", "28", "21"),
    ]
    accept(database, number)
    wide = request_of_ada(database)
    assert (wide.last_day, wide.min_days, wide.max_days) == (day("2026-02-15"), 21, 28)
    with database.reading() as session:
        assert load_workspace(session, "lab").violations == ()
    with database.writing() as session:
        draft = main_draft(session, "lab", now=EARLY)
        undo(session, "lab", Edit(kind=ChangeKind.MOVE, now=EARLY, draft_id=draft.id))
    assert request_of_ada(database) == make_request("ada", **narrow)


def test_words_are_accepted_without_touching_the_draft(lab: Database) -> None:
    number = ask(lab, None, note="A desk by the window?")
    accept(lab, number, reply="You have one.")
    assert (drafted(lab), acts(lab)[0]) == ((ADA, BOB), ("accepted_change", "ada", number))


def test_a_stay_that_a_colleague_moved_meanwhile_is_not_moved_unseen(lab: Database) -> None:
    number = ask(lab)
    seen = seen_by_office(lab).seen
    move_in_draft(lab, ADA, replace(ADA, zone=ZoneId("zone-b")))
    with pytest.raises(EditConflict):
        accept(lab, number, seen=seen)
    assert asked(lab)[0].status == "open"
    assert seen_by_office(lab).has_moved
    accept(lab, number, seen=seen_by_office(lab).seen)
    assert LATER in drafted(lab)


def test_a_refusal_says_why_and_leaves_the_draft(lab: Database) -> None:
    number = ask(lab)
    refuse(lab, number, reply="We have a conference then.")
    assert (drafted(lab), asked(lab)[0].reply) == ((ADA, BOB), "We have a conference then.")
    assert acts(lab)[0] == ("refused_change", "ada", number)
    with pytest.raises(ChangeRequestDecided):
        accept(lab, number)


def test_a_long_reply_is_kept_whole_or_not_at_all(lab: Database) -> None:
    number = ask(lab)
    with pytest.raises(NoteTooLongError):
        refuse(lab, number, reply="가" * 4001)
    refuse(lab, number, reply="가\r\n" * 1999 + "가가")
    assert asked(lab)[0].reply == "가\n" * 1999 + "가가"


def test_a_stay_of_a_request_that_was_withdrawn_leads_nowhere(lab: Database) -> None:
    number = ask(lab)
    with lab.writing() as session:
        problem = load_workspace(session, "lab").problem
        before = document_of(problem.requests[0])
        step = Step(
            subject="requests", key="ada", before=before, after=before | {"status": "withdrawn"}
        )
        make_steps(session, "lab", [step], Edit(kind=ChangeKind.EDIT, now=EARLY))
    assert not seen_by_office(lab).can_accept
    with pytest.raises(ChangeImpossibleError):
        accept(lab, number)
    refuse(lab, number)


def test_a_pin_that_came_later_is_named(lab: Database) -> None:
    number = ask(lab)
    with lab.writing() as session:
        pin = document_of(make_pin("ada", first_day=ADA.first_day))
        step = Step(subject="pins", key="ada", before=None, after=pin)
        make_steps(session, "lab", [step], Edit(kind=ChangeKind.PIN, now=EARLY))
    with pytest.raises(ChangeBreaksRulesError) as refused:
        accept(lab, number)
    assert [rule.rule for rule in refused.value.broken] == ["H14"]
