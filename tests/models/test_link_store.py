"""Private links: unguessable, kept only as a hash, one standing link for each researcher."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import LinkExists, NoSuchLink, NoSuchProgramme
from models.link_store import (
    Link,
    create_link,
    find_link,
    find_researcher_link,
    load_links,
    revoke_link,
    touch_link,
)
from models.release_store import Scope, ScopeKind
from tests.builders import make_problem
from tests.models.memory import NOW, later, remember

ADA = Scope(kind=ScopeKind.RESEARCHER, id="ada")
ZONE_A = Scope(kind=ScopeKind.ZONE, id="zone-a")


def _create(session: Session, scope: Scope = ADA, **others: Any) -> str:
    return create_link(session, programme_id="lab", scope=scope, now=NOW, **others)


def _found(session: Session, token: str) -> Link:
    link = find_link(session, token)
    assert link is not None
    return link


def test_a_link_is_found_by_its_token(lab: Database) -> None:
    with lab.writing() as session:
        token = _create(session, language="ko", label="Ada's page")

    with lab.reading() as session:
        link = _found(session, token)
        assert link == Link(
            id=link.id,
            programme_id="lab",
            scope=ADA,
            language="ko",
            label="Ada's page",
            created_at=NOW,
            last_fetched_at=None,
            revoked_at=None,
        )
        assert find_researcher_link(session, "lab", "ada") == link
        assert load_links(session, "lab") == (link,)
        assert find_link(session, token[:-1]) is None


def test_tokens_are_long_and_only_their_hash_is_kept(lab: Database) -> None:
    with lab.writing() as session:
        token = _create(session)
        kept = session.execute(text("SELECT * FROM feed_links")).mappings().one()

    assert len(token) == 43
    assert kept["token_hash"] == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(dict(kept))


def test_a_token_may_be_made_of_the_links_id_so_that_it_can_be_made_again(lab: Database) -> None:
    with lab.writing() as session:
        token = _create(session, token_of=lambda link_id: f"secret-{link_id}")

        assert token == f"secret-{_found(session, token).id}"


def test_a_researcher_has_one_standing_link(lab: Database) -> None:
    with lab.writing() as session:
        token = _create(session)
        with pytest.raises(LinkExists, match="researcher 'ada': has a private link already"):
            _create(session)
        assert find_link(session, token) is not None


def test_a_zone_may_have_several_links(lab: Database) -> None:
    with lab.writing() as session:
        tokens = {_create(session, ZONE_A), _create(session, ZONE_A)}

        assert len({_found(session, token).id for token in tokens}) == 2


def test_a_revoked_link_opens_nothing_and_makes_room_for_another(lab: Database) -> None:
    with lab.writing() as session:
        token = _create(session)
        revoke_link(session, _found(session, token).id, now=later(days=1))

        assert find_link(session, token) is None
        assert find_researcher_link(session, "lab", "ada") is None
        assert load_links(session, "lab") == ()
        assert find_link(session, _create(session)) is not None


def test_a_link_that_does_not_stand_cannot_be_revoked(lab: Database) -> None:
    with lab.writing() as session:
        link_id = _found(session, _create(session)).id
        revoke_link(session, link_id, now=NOW)

        for missing in (link_id, uuid.UUID(int=1)):
            with pytest.raises(NoSuchLink, match=f"link {missing}: none that stands"):
                revoke_link(session, missing, now=NOW)


def test_a_fetch_is_noted_and_then_not_again_for_a_while(lab: Database) -> None:
    with lab.writing() as session:
        token = _create(session)
        link = _found(session, token)
        assert link.wants_touch(NOW, 1)

        touch_link(session, link.id, now=NOW, release=1)

        touched = _found(session, token)
        assert touched.last_fetched_at == NOW
        assert not touched.wants_touch(later(minutes=14), 1)
        assert touched.wants_touch(later(minutes=15), 1)
        assert touched.wants_touch(later(minutes=1), 2)


def test_a_link_into_no_programme_is_refused_by_name(lab: Database) -> None:
    with lab.writing() as session, pytest.raises(NoSuchProgramme, match="programme 'moon'"):
        create_link(session, programme_id="moon", scope=ZONE_A, now=NOW)


def test_storing_a_scenario_anew_keeps_the_links(lab: Database) -> None:
    with lab.writing() as session:
        token = _create(session)

    remember(lab, make_problem(zones=()))

    with lab.reading() as session:
        assert find_link(session, token) is not None
