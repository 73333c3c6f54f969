"""Who sees which entries, and what their calendars are called."""

# ruff: noqa: RUF001 - names of calendars have a dash in them

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.problem.types import EventId, HostId, PoolId, SlotId, TrackId, ZoneId
from tests.builders import (
    day,
    make_building,
    make_event,
    make_floor,
    make_host,
    make_plan,
    make_pool,
    make_problem,
    make_request,
    make_researcher,
    make_residency,
    make_site,
    make_slot,
    make_track,
    make_zone,
)
from tests.web.calendar_samples import DOMAIN, STAMP, make_entry, make_event_entry
from web.calendars.entries import Entry, Kind, entries_of
from web.calendars.readers import (
    Reader,
    ReaderKind,
    calendar_name,
    calendar_uid,
    entries_by_reader,
    entries_for,
)


def reader(kind: str, name: str) -> Reader:
    """Return a reader who is called like the id."""
    return Reader(kind=ReaderKind(kind), id=name, name=name)


def subjects(entries: tuple[Entry, ...]) -> list[str]:
    """Return what entries are about."""
    return [entry.subject for entry in entries]


def two_sites() -> tuple[Entry, ...]:
    """Return entries of Ada in Seoul with Kim and Bob in New York with Lee, and five events."""
    problem = make_problem(
        sites=(make_site("seoul"), make_site("york")),
        buildings=(make_building("main"), make_building("tower", site="york")),
        floors=(make_floor("floor-1"), make_floor("floor-9", building="tower")),
        zones=(make_zone("zone-a"), make_zone("zone-z", floor="floor-9")),
        tracks=(make_track("vision"), make_track("robots")),
        slots=(make_slot("winter"), make_slot("york", site="york", tracks=(TrackId("robots"),))),
        hosts=(make_host("kim"), make_host("lee")),
        requests=(
            make_request("ada", must_attend=(EventId("robots-day"),)),
            make_request("bob", track=TrackId("robots")),
        ),
        events=(
            make_event("open-day", "2026-01-10"),
            make_event("vision-day", "2026-01-11", tracks=(TrackId("vision"),)),
            make_event("robots-day", "2026-01-12", tracks=(TrackId("robots"),)),
            make_event("york-day", "2026-01-13", site="york"),
            make_event("late-day", "2026-03-20"),
        ),
    )
    plan = make_plan(
        make_residency("ada", host=HostId("kim")),
        make_residency(
            "bob", host=HostId("lee"), zone=ZoneId("zone-z"), slot=SlotId("york"), days=27
        ),
    )
    return entries_of(problem, plan, domain=DOMAIN, stamp=STAMP)


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("researcher", "ada", ["ada", "open-day", "vision-day", "robots-day"]),
        ("researcher", "bob", ["bob", "york-day"]),
        ("host", "kim", ["ada"]),
        ("zone", "zone-z", ["bob"]),
        ("floor", "floor-1", ["ada"]),
        ("track", "vision", ["ada", "open-day", "vision-day", "york-day", "late-day"]),
        ("track", "robots", ["bob", "open-day", "robots-day", "york-day", "late-day"]),
        ("site", "york", ["bob", "york-day"]),
        (
            "programme",
            "lab",
            ["bob", "ada", "open-day", "vision-day", "robots-day", "york-day", "late-day"],
        ),
        ("host", "nobody", []),
    ],
)
def test_a_reader_sees_what_concerns_them(kind: str, name: str, expected: list[str]) -> None:
    assert subjects(entries_for(reader(kind, name), two_sites())) == expected


@pytest.mark.parametrize(
    ("first_day", "last_day", "is_seen"),
    [
        ("2026-01-03", "2026-01-04", False),
        ("2026-01-04", "2026-01-05", True),
        ("2026-02-01", "2026-02-03", True),
        ("2026-02-02", "2026-02-03", False),
    ],
)
def test_a_researcher_sees_an_event_on_one_of_the_days_of_the_stay(
    first_day: str, last_day: str, is_seen: bool
) -> None:
    stay = make_entry(first_day=day("2026-01-05"), last_day=day("2026-02-01"))
    event = make_event_entry("demo", first_day, last_day=day(last_day))
    seen = entries_for(reader("researcher", "ada"), [stay, event])
    assert (event in seen) == is_seen


def test_a_cancelled_stay_brings_no_events_along() -> None:
    stay = make_entry(cancelled=True)
    event = make_event_entry("demo", "2026-01-10")
    assert entries_for(reader("researcher", "ada"), [stay, event]) == (stay,)


def test_a_farewell_is_for_the_one_whom_it_names_alone() -> None:
    nobody = dict.fromkeys(["researcher_id", "zone_id", "floor_id", "track_id", "site_id"])
    farewell = make_entry(farewell=True, cancelled=True, host_id="kim", **nobody)
    assert entries_by_reader([farewell]) == {reader("host", "kim").key: (farewell,)}


def test_a_hidden_entry_is_shown_to_nobody() -> None:
    assert entries_by_reader([make_entry(hidden=True, cancelled=True)]) == {}


def test_entries_say_everything_of_a_residency() -> None:
    request = make_request("r-1", researcher="ada", gpus=8, must_attend=(EventId("demo"),))
    problem = make_problem(
        requests=(request,),
        researchers=(replace(make_researcher("ada"), name={"en": "Ada", "ko": "에이다"}),),
        pools=(make_pool("cluster"),),
    )
    residency = make_residency("r-1", host=HostId("kim"), pool=PoolId("cluster"), days=14)
    [entry] = entries_of(problem, make_plan(residency), domain=DOMAIN, stamp=STAMP)
    assert (entry.kind, entry.subject) == (Kind.RESIDENCY, "r-1")
    assert (entry.first_day, entry.last_day) == (day("2026-01-05"), day("2026-01-18"))
    assert (entry.created_at, entry.changed_at, entry.sequence) == (STAMP, STAMP, 0)
    assert (entry.researcher_id, entry.host_id, entry.track_id) == ("ada", "kim", "vision")
    assert (entry.zone_id, entry.floor_id, entry.site_id) == ("zone-a", "floor-1", "seoul")
    assert entry.must_attend == ("demo",)
    facts = entry.facts
    assert (facts.researcher, facts.institution) == ({"en": "Ada", "ko": "에이다"}, "waterloo")
    assert (facts.host, facts.host_institution) == ("kim", "waterloo")
    assert (facts.programme, facts.slot, facts.tracks) == ("Lab", "winter", ("vision",))
    assert (facts.pool, facts.gpus, facts.colour) == ("cluster", 8, "#1f77b4")
    place = facts.place
    assert (place.zone, place.floor, place.building) == ("zone-a", "floor-1", "main")
    assert (place.site, place.address) == ("seoul", "")


def test_a_residency_without_host_and_computing_names_none() -> None:
    plan = make_plan(make_residency(host=None, pool=None))
    [entry] = entries_of(make_problem(), plan, domain=DOMAIN, stamp=STAMP)
    facts = entry.facts
    assert (entry.host_id, facts.host, facts.pool, facts.gpus) == (None, "", "", 0)


@pytest.mark.parametrize(
    ("kind", "language", "expected"),
    [
        ("researcher", "en", "Ada – AI Lab residency"),
        ("zone", "en", "Ada – AI Lab residencies"),
        ("programme", "en", "AI Lab – residencies"),
        ("researcher", "ko", "에이다 – 연구거점 체류"),
        ("host", "ko", "에이다 – 연구거점 체류 일정"),
        ("researcher", "fr", "Ada – résidence AI Lab"),
        ("programme", "ar", "AI Lab – الإقامات"),
        ("researcher", "de", "Ada – AI Lab residency"),
    ],
)
def test_a_calendar_is_called_in_the_readers_language(
    kind: str, language: str, expected: str
) -> None:
    ada = Reader(kind=ReaderKind(kind), id="ada", name={"en": "Ada", "ko": "에이다"})
    programme = {"en": "AI Lab", "ko": "연구거점"}
    assert calendar_name(ada, programme=programme, language=language) == expected


def test_a_calendars_permanent_id_tells_programme_kind_and_id_apart() -> None:
    uid = calendar_uid(reader("zone", "hall"), programme_id="lab", domain=DOMAIN)
    assert uid == "lab/zone/hall@lab.example.org"
