"""When the draft moves on, a what-if is told, keeps its own, takes the news, and asks."""

from __future__ import annotations

import pytest

from models.database import Database
from tests.builders import make_residency
from tests.web.branch_samples import (
    ADA,
    BOB,
    EVE,
    MORE_DESKS,
    WHO,
    branch_off,
    change_zone,
    draft_stays,
    elsewhere,
    fresh,
    move_in_draft,
    small_lab,
    stays_of,
    withdraw,
)
from tests.web.laboratory import seed
from web.use_cases.views.branch_sides import PlaceText
from web.use_cases.what_ifs.base import THEIRS, has_moved, rebase, view_base
from web.use_cases.what_ifs.make import BranchMovedError
from web.use_cases.workspace import load_workspace


@pytest.fixture
def lab(database: Database) -> Database:
    """Return a database with the small laboratory, where Ada and Bob have places."""
    seed(database, small_lab())
    draft_stays(database, ADA, elsewhere("bob"))
    return database


def test_nothing_has_moved_at_first(lab: Database) -> None:
    draft = branch_off(lab, MORE_DESKS)
    with lab.reading() as session:
        assert not has_moved(draft, load_workspace(session, "lab"))


def test_what_has_changed_since_is_told_in_words(lab: Database) -> None:
    draft = branch_off(lab)
    change_zone(lab, "zone-b", desks=5)
    move_in_draft(lab, elsewhere("bob"), BOB)

    with lab.reading() as session:
        main = load_workspace(session, "lab")
        assert has_moved(draft, main)
        base = view_base(session, main, draft, "en")

    assert [(news.kind, news.subject, news.names) for news in base.news] == [
        ("move", "draft", ("bob",)),
        ("edit", "zones", ("zone-b",)),
    ]
    assert (base.stays_changed, base.data_changed) == (1, True)
    assert (base.taken, base.kept, base.clashes) == (1, 0, ())


def test_rebasing_keeps_own_stays_and_takes_news(lab: Database) -> None:
    draft = branch_off(lab, stays=(elsewhere("ada"), elsewhere("bob")))
    move_in_draft(lab, elsewhere("bob"), BOB)
    move_in_draft(lab, None, EVE)

    with lab.writing() as session:
        main = load_workspace(session, "lab")
        rebase(session, main, fresh(session, draft), WHO, choices={}, seen=None)
        assert not has_moved(fresh(session, draft), load_workspace(session, "lab"))

    assert stays_of(lab, draft) == {("ada", "zone-b"), ("bob", "zone-a"), ("eve", "zone-a")}


@pytest.mark.parametrize(
    ("choices", "zone"), [({}, "zone-b"), ({"ada": THEIRS}, "zone-a")], ids=["mine", "theirs"]
)
def test_where_both_have_changed_a_stay_somebody_decides(
    lab: Database, choices: dict[str, str], zone: str
) -> None:
    draft = branch_off(lab, stays=(elsewhere("ada"), elsewhere("bob")))
    shorter = make_residency("ada", days=14)
    move_in_draft(lab, ADA, shorter)

    with lab.reading() as session:
        base = view_base(session, load_workspace(session, "lab"), draft, "en")
    [clash] = base.clashes
    assert (clash.base, clash.draft, clash.branch) == (
        base_text(ADA.zone, 28),
        base_text(ADA.zone, 14),
        base_text("zone-b", 28),
    )

    with lab.writing() as session:
        main = load_workspace(session, "lab")
        rebase(session, main, fresh(session, draft), WHO, choices=choices, seen=1)
    assert stays_of(lab, draft) == {("ada", zone), ("bob", "zone-b")}


def base_text(zone: str, days: int) -> PlaceText:
    """Return how a stay is shown in short."""
    stay = make_residency("ada", days=days)
    return PlaceText(
        zone=zone,
        where="main, floor-1",
        host=None,
        first_day=stay.first_day,
        last_day=stay.last_day,
    )


def test_an_adjustment_that_is_not_possible_any_more_is_named_and_dropped(lab: Database) -> None:
    seed_pin = {"kind": "add_pin", "pin": {"request": "bob", "zone": "zone-b"}}
    draft = branch_off(lab, seed_pin, MORE_DESKS)
    withdraw(lab, "bob")

    with lab.reading() as session:
        base = view_base(session, load_workspace(session, "lab"), draft, "en")
    assert [(each.kind, each.values["request"]) for each in base.broken] == [("add_pin", "bob")]

    with lab.writing() as session:
        main = load_workspace(session, "lab")
        rebase(session, main, draft, WHO, choices={}, seen=0)
        assert fresh(session, draft).adjustments == (MORE_DESKS,)
    assert stays_of(lab, draft) == {("ada", "zone-a")}


def test_who_rebases_what_a_colleague_has_changed_is_told(lab: Database) -> None:
    draft = branch_off(lab)
    move_in_draft(lab, None, EVE)
    with lab.writing() as session, pytest.raises(BranchMovedError):
        rebase(session, load_workspace(session, "lab"), draft, WHO, choices={}, seen=7)
