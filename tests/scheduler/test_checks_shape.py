"""Keys, types and numbers of a scenario: each error in our words, all of them together."""

from __future__ import annotations

from typing import Any

import pytest

from tests.documents import findings, make_document, make_item

WEIGHTS = (
    "placed, short_day, shift_day, wish, host_rank, overlap_day, same_floor, event, dropped, "
    "redated, redated_day, rezoned, rehosted"
)
AN_ID = "an id has 1 to 64 of a-z, 0-9, '.', '_' and '-', and begins with a letter or digit"


def test_the_tiny_programme_is_sound() -> None:
    assert findings(make_document()) == []


def test_unknown_keys_are_named_with_the_known_ones_wherever_they_stand() -> None:
    document = make_document(
        notes="none",
        policy={"weights": {"placd": 1}},
        tracks=[make_item("tracks", color="#1f77b4")],
        requests=[make_item("requests", cost={"per_week": 1})],
        slots=[make_item("slots", closures=[])],
    )

    assert findings(document) == [
        f"policy.weights.placd: unknown key 'placd'; known keys are {WEIGHTS}",
        "tracks[0].color: unknown key 'color'; known keys are id, name, colour",
        (
            "slots[0].closures: unknown key 'closures'; known keys are "
            "id, name, site, tracks, first_day, last_day, places, fixed_dates"
        ),
        "requests[0].cost.per_week: unknown key 'per_week'; known keys are fixed, per_day",
        (
            "notes: unknown key 'notes'; known keys are programme, policy, sites, buildings, "
            "floors, zones, tracks, slots, institutions, hosts, pools, reservations, researchers, "
            "requests, collaborations, separations, events, quotas, pins, published"
        ),
    ]


@pytest.mark.parametrize(
    ("key", "value", "finding"),
    [
        ("desks", 0, "desks: must be at least 1, found 0"),
        ("desks", "2", "desks: expected a whole number, found '2'"),
        ("desks", True, "desks: expected a whole number, found true"),
        ("desks", 1.0, "desks: expected a whole number, found 1.0"),
        ("desks", None, "desks: expected a whole number, found null"),
        ("area_m2", -1, "area_m2: must be at least 0, found -1"),
        ("gpus", 10**13, "gpus: must be at most 1,000,000,000,000, found 10000000000000"),
        ("gpus", 10**30, f"gpus: must be at most 1,000,000,000,000, found {10**30}"),
        ("priority", 6, "priority: must be at most 5, found 6"),
        ("priority", 0, "priority: must be at least 1, found 0"),
        ("status", "open", "status: must be one of submitted, withdrawn, found 'open'"),
        (
            "submitted",
            "2025-02-30",
            "submitted: expected a date like 2025-01-06, found '2025-02-30'",
        ),
        ("submitted", "6 Jan", "submitted: expected a date like 2025-01-06, found '6 Jan'"),
        ("submitted", 20250106, "submitted: expected a date like 2025-01-06, found 20250106"),
        ("submitted", None, "submitted: expected a date like 2025-01-06, found null"),
        (
            "submitted",
            "2025-01-06T09:00:00",
            "submitted: expected a date like 2025-01-06, found '2025-01-06T09:00:00'",
        ),
        ("hosts", "kim", "hosts: expected a list, found 'kim'"),
        ("hosts", [5], "hosts[0]: expected a text, found 5; write it in quotes"),
        ("needs", {"quiet": 1}, "needs: expected a list, found a map"),
        ("unavailable", ["2026-01-05"], "unavailable[0]: expected a map, found '2026-01-05'"),
        ("zone_points", [], "zone_points: expected a map, found a list"),
        ("zone_points", {"zone-a": "5"}, "zone_points.zone-a: expected a whole number, found '5'"),
        ("cost", 5, "cost: expected a map, found 5"),
        ("cost", {"fixed": 0.5}, "cost.fixed: expected a whole number, found 0.5"),
        ("track", ["vision"], "track: expected a text, found a list"),
        ("id", "Ada", f"id: {AN_ID}, found 'Ada'"),
        ("id", "-ada", f"id: {AN_ID}, found '-ada'"),
        ("id", "ada\n", f"id: {AN_ID}, found 'ada\n'"),
        ("id", "", f"id: {AN_ID}, found ''"),
        ("id", "a" * 65, f"id: {AN_ID}, found '{'a' * 60}...'"),
        ("id", 7, "id: expected a text, found 7; write it in quotes"),
    ],
)
def test_a_wrong_value_of_a_request_is_named_with_what_is_expected(
    key: str, value: Any, finding: str
) -> None:
    document = make_document(requests=[make_item("requests", **{key: value})])

    assert findings(document) == [f"requests[0].{finding}"]


@pytest.mark.parametrize(
    ("item", "finding"),
    [
        ({"name": ""}, "sites[0].name: must not be empty"),
        ({"name": {}}, "sites[0].name: must have at least 1, found 0"),
        ({"name": {"en": ""}}, "sites[0].name.en: must not be empty"),
        ({"name": 5}, "sites[0].name: expected a text, or a map language -> text, found 5"),
        ({"name": None}, "sites[0].name: expected a text, or a map language -> text, found null"),
        ({"name": {"en": 5}}, "sites[0].name.en: expected a text, found 5; write it in quotes"),
        (
            {"name": {"English": "Seoul"}},
            "sites[0].name.English: expected a language code like en, ko or pt-BR, found 'English'",
        ),
        ({"lat": 90.5}, "sites[0].lat: must be at most 90, found 90.5"),
        ({"lon": -181}, "sites[0].lon: must be at least -180, found -181"),
        ({"lon": "east"}, "sites[0].lon: expected a number, found 'east'"),
        (
            {"holidays": "Korea"},
            (
                "sites[0].holidays: expected a code of the holidays package, KR or US-NY say, "
                "found 'Korea'"
            ),
        ),
    ],
)
def test_a_wrong_value_of_a_site_is_named_with_what_is_expected(
    item: dict[str, Any], finding: str
) -> None:
    assert findings(make_document(sites=[make_item("sites", **item)])) == [finding]


def test_an_address_and_the_name_of_a_closure_may_be_empty() -> None:
    closure = {"first_day": "2026-01-05", "last_day": "2026-01-05", "name": ""}

    assert findings(make_document(sites=[make_item("sites", address="", closures=[closure])])) == []


def test_colours_countries_and_languages_are_spelled_as_their_standards_ask() -> None:
    document = make_document(
        policy={"visa_lead_days": {"usa": 30}},
        tracks=[make_item("tracks", colour="red")],
        institutions=[make_item("institutions", country="ca")],
        researchers=[make_item("researchers", language="Korean")],
    )

    assert findings(document) == [
        (
            "policy.visa_lead_days.usa: expected the two capital letters of a country, KR say, "
            "found 'usa'"
        ),
        "tracks[0].colour: expected a colour like '#1f77b4', in quotes, found 'red'",
        (
            "institutions[0].country: expected the two capital letters of a country, KR say, "
            "found 'ca'"
        ),
        "researchers[0].language: expected a language code like en, ko or pt-BR, found 'Korean'",
    ]


def test_a_shape_has_three_points_of_two_numbers() -> None:
    line = make_item("zones", shape=[[0, 0], [1.5, -2]])
    cube = make_item("zones", id="zone-b", shape=[[0, 0, 0], [1], [2, "x"]])

    assert findings(make_document(zones=[line, cube])) == [
        "zones[0].shape: must have at least 3, found 2",
        "zones[1].shape[0]: must have at most 2, found 3",
        "zones[1].shape[1][1]: missing; it is required",
        "zones[1].shape[2][1]: expected a number, found 'x'",
    ]


def test_slots_and_hosts_name_at_least_one_track() -> None:
    document = make_document(
        slots=[make_item("slots", tracks=[])], hosts=[make_item("hosts", tracks=[])]
    )

    assert findings(document) == [
        "slots[0].tracks: must have at least 1, found 0",
        "hosts[0].tracks: must have at least 1, found 0",
    ]


def test_policy_is_made_of_known_weekdays_and_positive_steps() -> None:
    policy = {
        "arrival_weekdays": ["mon", "Tuesday"],
        "stay_step_days": 0,
        "weights": {"placed": -1, "wish": "ten"},
    }

    assert findings(make_document(policy=policy)) == [
        (
            "policy.arrival_weekdays[1]: must be one of mon, tue, wed, thu, fri, sat, sun, "
            "found 'Tuesday'"
        ),
        "policy.stay_step_days: must be at least 1, found 0",
        "policy.weights.placed: must be at least 0, found -1",
        "policy.weights.wish: expected a whole number, found 'ten'",
    ]


def test_lists_and_flags_have_to_be_lists_and_flags() -> None:
    document = make_document(
        zones={"id": "zone-a"}, slots=[make_item("slots", fixed_dates="yes")], pins=[3], hosts=None
    )

    assert findings(document) == [
        "zones: expected a list, found a map",
        "slots[0].fixed_dates: expected true or false, found 'yes'",
        "hosts: expected a list, found null",
        "pins[0]: expected a map, found 3",
    ]


def test_the_programme_gives_everything_but_its_currency() -> None:
    assert findings({"format": "sarangchae-scenario/1", "programme": {}}) == [
        "programme.id: missing; it is required",
        "programme.name: missing; it is required",
        "programme.timezone: missing; it is required",
        "programme.first_day: missing; it is required",
        "programme.last_day: missing; it is required",
        "programme.today: missing; it is required",
    ]
    assert findings({"format": "sarangchae-scenario/1"}) == ["programme: missing; it is required"]


def test_a_published_residency_says_null_where_there_is_no_host() -> None:
    days = {"first_day": "2026-01-05", "last_day": "2026-02-01"}
    residency = {"request": "ada", "slot": "winter", "zone": "zone-a"} | days
    alone = residency | {"host": None, "pool": None}

    assert findings(make_document(published=[residency])) == [
        "published[0].host: missing; it is required",
        "published[0].pool: missing; it is required",
    ]
    assert findings(make_document(published=[alone])) == []


def test_everything_is_found_at_once_in_the_order_of_the_file() -> None:
    document = make_document(
        sites=[make_item("sites", timezone="Asia/Soul", holidays="XX")],
        zones=[make_item("zones", floor="floor-9")],
        tracks=[make_item("tracks", colour="red"), make_item("tracks")],
        requests=[
            make_item("requests", desks=0, hosts=["kim", "lee"]),
            make_item("requests", id="bob", status="withdrawn", min_days=90),
        ],
        pins=[{"request": "bob"}],
    )

    assert findings(document) == [
        "sites[0].timezone: no time zone 'Asia/Soul'; expected an IANA name like Asia/Seoul",
        "sites[0].holidays: no public days are known for 'XX'; expected KR or US-NY say",
        "zones[0].floor: no floor 'floor-9'",
        "tracks[0].colour: expected a colour like '#1f77b4', in quotes, found 'red'",
        "tracks[1].id: 'vision' is the id of tracks[0] too",
        "requests[0].desks: must be at least 1, found 0",
        "requests[0].hosts[1]: no host 'lee'",
        "requests[1].max_days: 28 is less than min_days 90; mend one of them",
        "pins[0].request: request 'bob' is withdrawn; remove the pin or submit it again",
    ]
