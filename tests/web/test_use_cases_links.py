"""Links: derived from the secret, shown again, replaced for good."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from models.database import Database
from models.link_store import (
    Link,
    find_link,
    get_device_link,
    load_device_links,
    load_links,
    touch_link,
)
from models.problem_loader import load_problem
from models.release_store import Scope, ScopeKind
from scheduler.problem.types import ZoneId
from tests.builders import make_problem, make_request, make_researcher, make_residency
from tests.web.laboratory import (
    MAKER,
    NOW,
    SECRET,
    later,
    plan_by_hand,
    publish,
    publish_ada,
    seed,
)
from web.use_cases.errors import NotThereError
from web.use_cases.links.devices import Owner, Wanted, add_device
from web.use_cases.links.freshness import Freshness, Seen, load_moments
from web.use_cases.links.making import (
    LinkMaker,
    create_links,
    derived_key,
    end_link,
    readers_of,
    replace_link,
    show_feeds,
)
from web.use_cases.links.programs import Program

ADA = Scope(kind=ScopeKind.RESEARCHER, id="ada")
OWNER = Owner(programme_id="lab", scope=ADA, name="ada")
PHONE = Wanted(label="Phone", program=Program.APPLE, language="en")


def token_of(database: Database, scope: Scope) -> str:
    with database.reading() as session:
        links = {link.scope: link.id for link in load_links(session, "lab")}
    return MAKER.token(links[scope])


def test_a_token_has_256_bits_that_follow_from_secret_and_link() -> None:
    link = uuid.UUID("12345678-1234-5678-1234-567812345678")
    other = LinkMaker(
        public_url="https://lab.example.org", secret=b"another secret of 32 bytes, too!"
    )
    assert len(MAKER.token(link)) == 43
    assert MAKER.token(link) == MAKER.token(link)
    assert MAKER.token(link) != other.token(link)
    assert MAKER.token(link) != MAKER.token(uuid.uuid4())


def test_a_secret_gives_each_purpose_a_key_of_its_own() -> None:
    assert derived_key(SECRET, "links") != derived_key(SECRET, "session")


def test_a_token_opens_the_link_that_it_follows_from(database: Database) -> None:
    publish_ada(database)
    with database.reading() as session:
        link = find_link(session, token_of(database, ADA))
    assert link is not None
    assert link.scope == ADA


def test_a_link_is_spelled_for_copying_for_a_click_and_as_a_file() -> None:
    feed = MAKER.feed("token", kind=ScopeKind.ZONE, subject="zone-a", name="Zone A")
    assert feed.https == "https://lab.example.org/c/token.ics"
    assert feed.webcal == "webcal://lab.example.org/c/token.ics"
    assert feed.download == "https://lab.example.org/c/token.ics?download=1"


def test_a_researchers_link_speaks_the_researchers_language(database: Database) -> None:
    researcher = make_researcher("bo")
    problem = seed(
        database, make_problem(researchers=(researcher,), requests=(make_request("bo"),))
    )
    with database.writing() as session:
        create_links(session, problem, MAKER, now=NOW)
    with database.reading() as session:
        spoken = {link.scope.id: (link.language, link.label) for link in load_links(session, "lab")}
    assert spoken == {
        "bo": ("en", "bo"),
        "kim": (None, "kim"),
        "lab": (None, "Lab"),
        "vision": (None, "vision"),
        "seoul": (None, "seoul"),
        "floor-1": (None, "floor-1"),
        "zone-a": (None, "zone-a"),
    }


def test_a_replaced_link_opens_nothing_and_its_successor_does(database: Database) -> None:
    publish_ada(database)
    old = token_of(database, ADA)
    with database.writing() as session:
        replace_link(session, "lab", ADA, MAKER, now=later(hours=1))
    new = token_of(database, ADA)
    with database.reading() as session:
        assert find_link(session, old) is None
        assert find_link(session, new) is not None


def test_a_new_link_bears_the_language_and_the_name_of_today(database: Database) -> None:
    problem = publish_ada(database)
    (ada,) = problem.researchers
    seed(database, replace(problem, researchers=(replace(ada, name="Ada King", language="ko"),)))
    with database.writing() as session:
        replace_link(session, "lab", ADA, MAKER, now=later(hours=1))
    with database.reading() as session:
        link = find_link(session, token_of(database, ADA))
    assert link is not None
    assert (link.language, link.label, link.created_at) == ("ko", "Ada King", later(hours=1))


def test_an_ended_link_opens_nothing_until_another_is_made(database: Database) -> None:
    publish_ada(database)
    old = token_of(database, ADA)
    with database.writing() as session:
        end_link(session, "lab", ADA, now=later(hours=1))
        assert ADA not in {link.scope for link in load_links(session, "lab")}
        end_link(session, "lab", ADA, now=later(hours=2))
        replace_link(session, "lab", ADA, MAKER, now=later(hours=3))
    new = token_of(database, ADA)
    with database.reading() as session:
        assert find_link(session, old) is None
        assert find_link(session, new) is not None


def test_before_the_first_release_nobody_has_a_link(database: Database) -> None:
    seed(database)
    with (
        pytest.raises(NotThereError, match="researcher 'ada': has no link; publish a plan first"),
        database.writing() as session,
    ):
        replace_link(session, "lab", ADA, MAKER, now=NOW)


def test_one_who_left_the_programme_gets_no_new_link(database: Database) -> None:
    publish_ada(database)
    seed(database, make_problem(requests=(make_request("bo"),)))
    old = token_of(database, ADA)
    with (
        pytest.raises(NotThereError, match="researcher 'ada': not in the programme any more"),
        database.writing() as session,
    ):
        replace_link(session, "lab", ADA, MAKER, now=later(hours=1))
    assert token_of(database, ADA) == old


def test_the_coordinator_sees_all_feeds_again(database: Database) -> None:
    publish_ada(database)
    with database.reading() as session:
        problem, links = load_problem(session, "lab"), load_links(session, "lab")
    feeds = show_feeds(problem, links, MAKER, language="en")
    shown = [(feed.kind.value, feed.subject, feed.name) for feed in feeds]
    assert shown == [
        ("programme", "lab", "Lab"),
        ("track", "vision", "vision"),
        ("site", "seoul", "seoul"),
        ("floor", "floor-1", "floor-1"),
        ("zone", "zone-a", "zone-a"),
        ("host", "kim", "kim"),
    ]


def test_links_of_all_readers_are_added_in_one_statement(database: Database) -> None:
    problem = seed(database)
    with database.writing() as session:
        sent = statements_of(session)
        create_links(session, problem, MAKER, now=NOW)
    inserts = [statement for statement in sent if statement.startswith("INSERT INTO feed_links")]
    assert len(inserts) == 1
    assert len(links_of(database)) == len(dict(readers_of(problem)))


@pytest.mark.parametrize(("with_devices", "left"), [(True, 0), (False, 1)])
def test_devices_end_with_the_own_link_where_that_is_wished(
    database: Database, *, with_devices: bool, left: int
) -> None:
    publish_ada(database)
    with database.writing() as session:
        add_device(session, OWNER, PHONE, MAKER, now=NOW)
        replace_link(session, "lab", ADA, MAKER, now=later(hours=1), with_devices=with_devices)
    with database.reading() as session:
        assert len(load_device_links(session, "lab", ADA)) == left


def test_a_calendar_is_old_only_after_a_release_that_changed_it(database: Database) -> None:
    problem = seed(database, make_problem(requests=(make_request("ada"), make_request("bo"))))
    bo = make_residency("bo", zone=ZoneId("zone-a"))
    plan_by_hand(database, problem, make_residency("ada"), bo)
    publish(database)
    with database.writing() as session:
        link = add_device(session, OWNER, PHONE, MAKER, now=NOW)
        assert freshness_of(session, link.id) == Seen(freshness=Freshness.NEVER)
        touch_link(session, link.id, now=later(hours=1), release=1)
    plan_by_hand(database, problem, make_residency("ada"), now=later(days=1))
    publish(database, now=later(days=1))
    with database.reading() as session:
        seen = freshness_of(session, link.id)
        assert (seen.freshness, seen.release, seen.wanted) == (Freshness.CURRENT, 1, 1)
    plan_by_hand(database, problem, now=later(days=2))
    publish(database, now=later(days=2))
    with database.reading() as session:
        seen = freshness_of(session, link.id)
        assert (seen.freshness, seen.release, seen.wanted) == (Freshness.OLD, 1, 3)


def test_a_fetch_from_before_releases_were_noted_counts_by_its_time(database: Database) -> None:
    publish_ada(database)
    with database.writing() as session:
        link = add_device(session, OWNER, PHONE, MAKER, now=NOW)
        touch_link(session, link.id, now=later(hours=1), release=None)
        seen = freshness_of(session, link.id)
        assert (seen.freshness, seen.release) == (Freshness.CURRENT, 1)
        touch_link(session, link.id, now=later(hours=-1), release=None)
        seen = freshness_of(session, link.id)
        assert (seen.freshness, seen.release) == (Freshness.OLD, None)


def freshness_of(session: Session, link_id: uuid.UUID) -> Seen:
    link = get_device_link(session, "lab", ADA, link_id)
    return load_moments(session, "lab", "Asia/Seoul", scope=ADA).seen(link)


def links_of(database: Database) -> tuple[Link, ...]:
    with database.reading() as session:
        return load_links(session, "lab")


def statements_of(session: Session) -> list[str]:
    """Return a list that takes up every statement which is sent from now on."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        sent.append(statement)

    event.listen(session.connection(), "before_cursor_execute", note)
    return sent
