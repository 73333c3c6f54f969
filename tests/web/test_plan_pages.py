"""The room for planning, from its addresses to the words on its pages."""

from __future__ import annotations

from typing import Any, cast

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models.database import Database
from models.draft_store import load_draft_plan, main_draft, store_draft_plan
from models.run_store import RunKind, claim_run, find_latest_run, get_run
from scheduler.plan import Plan
from scheduler.problem.requests import Residency
from tests.builders import day, make_problem, make_request, make_residency, make_zone
from tests.web.laboratory import NOW, NoJobs, plan_by_hand, seed
from tests.web.page_reading import texts
from web.context import services_of
from web.use_cases.planning.runs import key_of
from web.use_cases.planning.work import run_at

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

THREE = make_problem(
    zones=(make_zone(desks=1), make_zone("zone-b", desks=1)),
    requests=tuple(map(make_request, ("ada", "bob", "eve"))),
)
ADA, BOB, EVE = make_residency("ada"), make_residency("bob", zone="zone-b"), make_residency("eve")
ADA_LATER = make_residency("ada", first_day=day("2026-02-02"))
PLAN = "/programmes/lab/plan"


def submitted(app: Flask) -> list[str]:
    return cast("NoJobs", services_of(app).jobs).submitted


def work_off(database: Database, run_id: str) -> None:
    run_at(database.engine.url.render_as_string(hide_password=False), run_id)


def drafted(database: Database, *stays: Residency) -> None:
    with database.writing() as session:
        draft = main_draft(session, "lab", now=NOW)
        store_draft_plan(session, draft.id, Plan(residencies=stays))


def proposed(database: Database) -> int:
    """Draft Ada and Bob, and propose Ada later, Eve in her place, and nothing for Bob."""
    plan_id = plan_by_hand(database, seed(database, THREE), ADA_LATER, EVE)
    drafted(database, ADA, BOB)
    return plan_id


def revision(database: Database) -> int:
    with database.writing() as session:
        return main_draft(session, "lab", now=NOW).revision


def in_draft(database: Database) -> set[str]:
    with database.writing() as session:
        draft = main_draft(session, "lab", now=NOW)
        return {stay.request for stay in load_draft_plan(session, draft.id).residencies}


def messages(page: str) -> list[str]:
    return texts(page, "div", class_="message good") + texts(page, "div", class_="message warn")


def test_before_the_first_plan_there_is_nothing_to_choose_but_time(
    browser: FlaskClient, database: Database
) -> None:
    seed(database, THREE)
    page = browser.get(PLAN).text
    assert texts(page, "h2") == ["Make the first plan", "The draft now"]
    assert texts(page, "legend") == ["Who may move"]
    assert len(texts(page, "label", class_="scope")) == 1


def test_with_a_draft_one_chooses_who_may_move(browser: FlaskClient, database: Database) -> None:
    seed(database, THREE)
    drafted(database, ADA, BOB)
    scopes = texts(browser.get(PLAN).text, "label", class_="scope")
    assert [scope.split(" The ")[0] for scope in scopes[1:]] == [
        "Only those without a place",
        (
            "A selection Those whom you choose are planned anew; all other stays keep their days, "
            "zone and host."
        ),
    ]


def test_a_selection_comes_with_the_address(browser: FlaskClient, database: Database) -> None:
    seed(database, THREE)
    drafted(database, ADA)
    page = browser.get(f"{PLAN}?requests=eve,bob").text
    assert texts(page, "ul", class_="chips") == ["eve eve bob bob"]


def test_a_run_is_started_for_those_who_may_move(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    seed(database, THREE)
    drafted(database, ADA)
    form = {"scope": "some", "request": "eve,bob", "seconds": "300", "seed": "7"}
    answer = browser.post(f"{PLAN}/runs", data=form)
    assert (answer.status_code, answer.location) == (303, PLAN)
    [run_id] = submitted(app)
    with database.reading() as session:
        run = get_run(session, key_of(run_id))
    assert (run.requests, run.seconds_limit, run.seed) == (("bob", "eve"), 300.0, 7)


def test_a_run_without_anybody_is_not_started(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    seed(database, THREE)
    page = browser.post(f"{PLAN}/runs", data={"scope": "some"}, follow_redirects=True).text
    assert submitted(app) == []
    assert messages(page) == ["Nobody was chosen who could be planned, so nothing was started."]


def test_an_unknown_scope_is_not_understood(browser: FlaskClient, database: Database) -> None:
    seed(database, THREE)
    assert browser.post(f"{PLAN}/runs", data={"scope": "x"}).status_code == 400


def test_a_run_under_way_is_shown_with_who_asked_and_can_be_stopped(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    seed(database, THREE)
    browser.post(f"{PLAN}/runs", data={"scope": "all"})
    [run_id] = submitted(app)
    with database.writing() as session:
        claim_run(session, key_of(run_id), now=NOW)
    page = browser.get(PLAN).text
    assert texts(page, "h2")[0] == "Planning…"
    assert "Asked for by Coordinator" in texts(page, "p", class_="small soft")[0]

    browser.post(f"{PLAN}/runs/{run_id}/stop")

    document = browser.get(f"{PLAN}/runs/{run_id}?since=5").json
    assert document is not None
    assert (document["status"], document["stop_asked"], document["incumbents"]) == (
        "running",
        True,
        [],
    )


def test_a_script_that_stops_a_run_gets_no_page(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    seed(database, THREE)
    browser.post(f"{PLAN}/runs", data={"scope": "all"})
    headers = {"Accept": "application/json"}
    answer = browser.post(f"{PLAN}/runs/{submitted(app)[0]}/stop", headers=headers)
    assert answer.json == {"stopped": True}
    page = browser.get(PLAN).text
    assert texts(page, "h2")[0] == "The last run was stopped before it had a plan"


def test_stays_that_contradict_are_named_with_a_way_out(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    seed(database, THREE)
    drafted(database, ADA, make_residency("bob"))
    browser.post(f"{PLAN}/runs", data={"scope": "some", "request": "eve"})
    work_off(database, submitted(app)[0])
    page = browser.get(PLAN).text
    assert texts(page, "ul", class_="requests conflicts") == [
        "ada ada Desks and floor space bob bob Desks and floor space"
    ]
    assert "Let these move too, and plan" in texts(page, "button")


def test_a_proposal_stands_with_each_change(browser: FlaskClient, database: Database) -> None:
    plan_id = proposed(database)
    page = browser.get(f"{PLAN}?plan={plan_id}").text
    rows = texts(page, "tbody")[0]
    assert rows == (
        "Take over the change for bob bob waterloo Loses the place Jan 5 - Feb 1, 2026 "
        "zone-b main, floor-1 None needed "
        "Take over the change for ada ada waterloo Moves was Jan 5 - Feb 1, 2026 now "
        "Feb 2 - Mar 1, 2026 zone-a main, floor-1 None needed "
        "Take over the change for eve eve waterloo Gains a place Jan 5 - Feb 1, 2026 "
        "zone-a main, floor-1 None needed"
    )


def test_a_part_that_breaks_a_rule_is_told_before_and_after(
    browser: FlaskClient, database: Database
) -> None:
    plan_id = proposed(database)
    answer = browser.post(f"{PLAN}/check", json={"plan": plan_id, "requests": ["eve"]}).json
    assert answer is not None
    assert answer["broken"].startswith("Desks and floor space")

    form = {
        "plan": plan_id,
        "revision": revision(database),
        "what": "selected",
        "request": "eve",
    }
    page = browser.post(f"{PLAN}/accept", data=form, follow_redirects=True).text

    assert in_draft(database) == {"ada", "bob", "eve"}
    good, warning = messages(page)
    assert good == "1 change was taken over into the draft."
    assert warning.startswith("The draft breaks rules now: Desks and floor space")


def test_the_whole_plan_is_taken_over(browser: FlaskClient, database: Database) -> None:
    plan_id = proposed(database)
    form = {"plan": plan_id, "revision": revision(database), "what": "all"}
    page = browser.post(f"{PLAN}/accept", data=form, follow_redirects=True).text
    assert in_draft(database) == {"ada", "eve"}
    assert messages(page) == ["3 changes were taken over into the draft."]


def test_a_draft_that_a_colleague_changed_is_shown_anew_and_left_alone(
    browser: FlaskClient, database: Database
) -> None:
    plan_id = proposed(database)
    form = {"plan": plan_id, "revision": revision(database) - 1, "what": "all"}
    answer = browser.post(f"{PLAN}/accept", data=form)
    assert answer.location == f"{PLAN}?plan={plan_id}"
    assert in_draft(database) == {"ada", "bob"}
    assert messages(browser.get(answer.location).text) == [
        (
            "Somebody has changed the draft meanwhile, so nothing was taken over. The difference "
            "below is to the draft as it is now: look at it and decide again."
        )
    ]


def test_nothing_ticked_changes_nothing(browser: FlaskClient, database: Database) -> None:
    plan_id = proposed(database)
    form = {"plan": plan_id, "revision": revision(database), "what": "selected"}
    page = browser.post(f"{PLAN}/accept", data=form, follow_redirects=True).text
    assert messages(page) == ["Nothing was chosen, so the draft stays as it is."]


def test_a_plan_is_set_aside(browser: FlaskClient, database: Database) -> None:
    plan_id = proposed(database)
    page = browser.post(f"{PLAN}/discard", data={"plan": plan_id}, follow_redirects=True).text
    assert messages(page) == ["The plan was set aside. The draft stays as it is."]
    assert in_draft(database) == {"ada", "bob"}


@pytest.mark.parametrize(
    ("verb", "form"), [("accept", {"plan": "1"}), ("discard", {}), ("accept", {"revision": "1"})]
)
def test_a_form_that_says_too_little_is_not_understood(
    browser: FlaskClient, database: Database, verb: str, form: dict[str, str]
) -> None:
    seed(database, THREE)
    assert browser.post(f"{PLAN}/{verb}", data=form).status_code == 400


@pytest.mark.parametrize("document", [None, [], {}, {"plan": "x"}], ids=str)
def test_a_check_of_nothing_is_not_understood(
    browser: FlaskClient, database: Database, document: Any
) -> None:
    seed(database, THREE)
    assert browser.post(f"{PLAN}/check", json=document).status_code == 400


def test_people_are_found_for_a_selection(browser: FlaskClient, database: Database) -> None:
    seed(database, THREE)
    assert browser.get(f"{PLAN}/people?q=bo").json == {
        "people": [{"request": "bob", "name": "bob", "below": "waterloo · vision · bob"}]
    }


def test_the_freedom_of_stays_is_asked_for_once(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    seed(database, THREE)
    drafted(database, ADA, BOB)
    first = browser.post(f"{PLAN}/freedom").json
    again = browser.post(f"{PLAN}/freedom").json
    assert first is not None
    assert first == again
    assert submitted(app) == [first["run"]]

    work_off(database, first["run"])

    answer = browser.get(first["url"]).json
    assert answer is not None
    assert (answer["status"], answer["result"]["freedom"]) == (
        "done",
        {"ada": "free", "bob": "free"},
    )


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [({"seconds": 20}, 20.0), ({"seconds": 1e9}, 3600.0), ({"seconds": True}, 60.0), ({}, 60.0)],
    ids=["asked", "too long", "no number", "not said"],
)
def test_the_curve_takes_as_long_as_it_may(
    browser: FlaskClient, database: Database, asked: dict[str, Any], seconds: float
) -> None:
    seed(database, THREE)
    drafted(database, ADA)
    assert browser.post(f"{PLAN}/stability", json=asked).status_code == 200
    with database.reading() as session:
        run = find_latest_run(session, "lab", kind=RunKind.STABILITY)
    assert run is not None
    assert run.seconds_limit == seconds
