"""The pages of releases: what comes next, what was published, and rolling back."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from models.database import Database
from models.draft_store import main_draft, store_draft_plan
from models.release_store import find_latest_release
from scheduler.plan import Plan
from scheduler.plan_file import parse_plan
from scheduler.problem.requests import Residency
from scheduler.problem.scenario_file import parse_scenario, sha256_of
from tests.builders import (
    day,
    make_problem,
    make_programme,
    make_request,
    make_researcher,
    make_residency,
)
from tests.web.laboratory import NOW, plan_by_hand, publish_ada, seed
from tests.web.page_reading import texts

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

AT = "/programmes/lab/releases"
START = day("2026-02-02")


def plan_two(database: Database, *stays: Residency) -> None:
    """Plan Ada and Bob, both with an address, for February."""
    researchers = tuple(
        replace(make_researcher(name), email=f"{name}@example.org") for name in ("ada", "bob")
    )
    problem = make_problem(
        programme=make_programme(today=day("2026-01-01")),
        requests=(make_request("ada"), make_request("bob")),
        researchers=researchers,
    )
    seed(database, problem)
    default = (make_residency("ada", first_day=START), make_residency("bob", first_day=START))
    plan_by_hand(database, problem, *(stays or default))


def draft(database: Database, *stays: Residency) -> None:
    with database.writing() as session:
        main = main_draft(session, "lab", now=NOW)
        store_draft_plan(session, main.id, Plan(residencies=stays))


def hidden(page: str) -> dict[str, str]:
    """Return what the form of a page sends without being asked."""
    found = re.findall(r'<input type="hidden" name="(revision|version)" value="([^"]*)"', page)
    return dict(found)


def publish(browser: FlaskClient, note: str = "", *ticked: str) -> tuple[int, str]:
    """Publish what the page of the next release shows; return the status and where it leads."""
    form = {**hidden(browser.get(f"{AT}/new").text), "note": note, "acknowledged": list(ticked)}
    answer = browser.post(AT, data=form)
    return answer.status_code, answer.location or answer.text


def latest(database: Database) -> int:
    with database.reading() as session:
        release = find_latest_release(session, "lab")
    return 0 if release is None else release.number


def test_before_the_first_plan_the_page_says_what_a_release_is(
    browser: FlaskClient, database: Database
) -> None:
    seed(database)
    page = browser.get(AT).text
    assert texts(page, "p", class_="empty")[0].startswith("Nothing is published yet")
    assert "Prepare release 1" not in page
    assert browser.get(f"{AT}/new").status_code == 200


def test_the_next_release_stands_at_the_head_of_the_list(
    browser: FlaskClient, database: Database
) -> None:
    plan_two(database)
    page = browser.get(AT).text
    assert texts(page, "ul", class_="tally") == ["2 New 0 Moved 0 Cancelled 0 Unchanged"]
    assert texts(page, "a", class_="button primary") == ["Prepare release 1"]


def test_a_release_is_published_with_its_note_and_leads_to_the_mails(
    browser: FlaskClient, database: Database
) -> None:
    plan_two(database)
    assert publish(browser, "Winter guests\r\nfirst wave") == (303, f"{AT}/1/mails")
    assert "2 mails wait to be sent." in browser.get(f"{AT}/1/mails").text
    page = browser.get(f"{AT}/1").text
    assert texts(page, "p", class_="note") == ["Winter guests first wave"]


def test_whoever_is_touched_stands_with_what_was_and_what_is(
    browser: FlaskClient, database: Database
) -> None:
    plan_two(database)
    publish(browser)
    draft(database, make_residency("ada", first_day=START, days=21))
    page = browser.get(f"{AT}/new").text
    place = "zone-a, floor-1, main, seoul"
    assert texts(page, "tbody") == [
        f"bob waterloo Feb 2 - Mar 1, 2026 {place} - Read the mail bob",
        f"ada waterloo Feb 2 - Mar 1, 2026 → Feb 2 - 22, 2026 {place} - Read the mail ada",
    ]


def test_warnings_are_ticked_before_it_is_published(
    browser: FlaskClient, database: Database
) -> None:
    plan_two(database)
    publish(browser)
    draft(database, make_residency("ada", first_day=START))
    status, page = publish(browser, "Bob is ill", "moved")
    assert (status, latest(database)) == (409, 1)
    assert texts(page, "div", role="alert") == [
        "Nothing was published: not every warning is ticked."
    ]
    assert texts(page, "textarea") == ["Bob is ill"]
    assert publish(browser, "Bob is ill", "cancelled")[0] == 303


def test_a_draft_that_changed_meanwhile_is_shown_anew_with_the_note_kept(
    browser: FlaskClient, database: Database
) -> None:
    plan_two(database)
    form = hidden(browser.get(f"{AT}/new").text)
    draft(database, make_residency("ada", first_day=START))
    answer = browser.post(AT, data={**form, "note": "Winter guests"})
    assert (answer.status_code, latest(database)) == (409, 0)
    assert texts(answer.text, "div", role="alert")[0].startswith("Nothing was published: the draft")
    assert texts(answer.text, "textarea") == ["Winter guests"]
    assert hidden(answer.text) != form


def test_a_broken_rule_stands_in_the_way_with_links_to_mend_it(
    browser: FlaskClient, database: Database
) -> None:
    plan_two(database, make_residency("ada", first_day=START, days=6))
    page = browser.get(f"{AT}/new").text
    assert texts(page, "h2", id="broken") == ["1 broken rule stands in the way"]
    assert "The stay has 6 days; asked for are 7 to 28." in page
    assert 'href="/programmes/lab/board?request=ada"' in page
    assert 'href="/programmes/lab/why/ada"' in page
    assert "Publish release 1" not in page
    assert browser.post(AT, data=hidden(page)).status_code == 409


def test_a_mail_is_read_before_it_is_written(browser: FlaskClient, database: Database) -> None:
    plan_two(database)
    page = browser.get(f"{AT}/new/mails/ada").text
    assert "Dear ada," in page
    assert "[private link]" in page
    assert browser.get(f"{AT}/new/mails/nobody").status_code == 404


def test_a_release_stands_with_its_facts(browser: FlaskClient, database: Database) -> None:
    publish_ada(database)
    page = browser.get(f"{AT}/1").text
    assert texts(page, "p", class_="verdict") == ["Breaks no rule"]
    assert texts(page, "dl", class_="facts")[0] == "Points 3,000 At most possible 3,000"
    assert "Proven optimal" in page


def test_a_release_is_verified_again_on_what_it_kept(
    browser: FlaskClient, database: Database
) -> None:
    publish_ada(database)
    seed(database, make_problem(requests=(make_request("ada", withdrawn=True),)))
    page = browser.post(f"{AT}/1/verify").text
    assert texts(page, "p", class_="verdict") == ["Allowed, and all it claims is true"]


def test_the_files_of_a_release_answer_each_other(browser: FlaskClient, database: Database) -> None:
    publish_ada(database)
    plan = parse_plan(browser.get(f"{AT}/1/plan.json").data)
    scenario = browser.get(f"{AT}/1/scenario.json").data
    assert plan.scenario_sha256 == sha256_of(scenario)
    assert parse_scenario(scenario).published == ()
    assert json.loads(scenario)["programme"]["id"] == "lab"


def test_the_calendars_of_a_release_are_packed_by_reader(
    browser: FlaskClient, database: Database
) -> None:
    publish_ada(database)
    packed = zipfile.ZipFile(io.BytesIO(browser.get(f"{AT}/1/calendars.zip").data))
    assert sorted(packed.namelist()) == [
        "floors/floor-1.ics",
        "hosts/kim.ics",
        "programme.ics",
        "researchers/ada.ics",
        "sites/seoul.ics",
        "tracks/vision.ics",
        "zones/zone-a.ics",
    ]
    events = Calendar.from_ical(packed.read("researchers/ada.ics")).events
    assert [str(event["UID"]) for event in events] == [
        "lab.ada++arrival@lab.example.org",
        "lab.ada@lab.example.org",
        "lab.ada++departure@lab.example.org",
    ]


def test_two_releases_are_compared(browser: FlaskClient, database: Database) -> None:
    plan_two(database)
    publish(browser)
    draft(database, make_residency("ada", first_day=START))
    publish(browser, "", "cancelled")
    page = browser.get(f"{AT}/compare?from=2&to=1").text
    assert texts(page, "h1") == ["From release 2 to release 1"]
    assert texts(page, "summary") == ["New 1"]
    assert browser.get(f"{AT}/compare?from=1&to=7").status_code == 404
    assert browser.get(f"{AT}/compare?from=1").status_code == 404


def test_a_release_is_rolled_back_to(browser: FlaskClient, database: Database) -> None:
    plan_two(database)
    publish(browser)
    draft(database, make_residency("ada", first_day=START))
    publish(browser, "", "cancelled")
    page = browser.get(f"{AT}/1/roll-back").text
    assert texts(page, "h1") == ["Roll back to release 1"]
    assert texts(page, "summary") == ["New 1"]
    answer = browser.post(f"{AT}/1/roll-back", data={**hidden(page), "acknowledged": "no_bound"})
    assert (answer.status_code, answer.location) == (303, f"{AT}/3/mails")
    assert "back to 1" in texts(browser.get(AT).text, "tbody")[0]


def test_a_release_that_no_longer_fits_opens_as_the_draft(
    browser: FlaskClient, database: Database
) -> None:
    publish_ada(database)
    late = make_request("ada", first_day=day("2026-01-12"))
    seed(database, make_problem(requests=(late,)))
    page = browser.get(f"{AT}/1/roll-back").text
    assert texts(page, "button", class_="button primary") == ["Open it as the draft"]
    answer = browser.post(f"{AT}/1/open", data=hidden(page))
    assert (answer.status_code, answer.location) == (303, f"{AT}/new")


@pytest.mark.parametrize("path", ["9", "9/roll-back", "9/plan.json", "9/mails"])
def test_a_release_that_never_was_is_not_found(
    browser: FlaskClient, database: Database, path: str
) -> None:
    publish_ada(database)
    assert browser.get(f"{AT}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "/new", "/1", "/1/mails", "/1/scenario.json"])
def test_a_stranger_sees_no_release(app: Flask, database: Database, path: str) -> None:
    publish_ada(database)
    answer = app.test_client().get(f"{AT}{path}")
    assert (answer.status_code, answer.location) == (303, "/sign-in")


def test_a_long_list_of_changes_is_turned_over_page_by_page_and_searched(
    browser: FlaskClient, database: Database
) -> None:
    guests = [f"guest-{number}" for number in range(60)]
    problem = make_problem(requests=tuple(map(make_request, guests)))
    seed(database, problem)
    plan_by_hand(database, problem, *(make_residency(guest) for guest in guests))

    def shown(asked: str) -> tuple[int, list[str]]:
        page = browser.get(f"{AT}/new{asked}").text
        return page.count("Read the mail"), texts(page, "nav", class_="pager")

    assert shown("") == (50, ["Page 1 of 2 1 2 Next"])
    assert shown("?kind=new&page=2") == (10, ["Page 2 of 2 Previous 1 2"])
    assert shown("?q=GUEST+47") == (1, [])
    assert shown("?q=nobody") == (0, [])
