"""References, ids and ranges of a scenario: broken, doubled or reversed ones are named."""

from __future__ import annotations

from typing import Any

import pytest

from tests.documents import findings, make_document, make_item

REVERSED = {"first_day": "2026-02-02", "last_day": "2026-02-01"}
MENDED = "last_day: 2026-02-01 is before first_day 2026-02-02; mend one of them"
WHOLE = {"first_day": "2026-01-05", "last_day": "2026-03-29"}


@pytest.mark.parametrize(
    ("key", "change", "finding"),
    [
        ("buildings", {"site": "x"}, "buildings[0].site: no site 'x'"),
        ("floors", {"building": "x"}, "floors[0].building: no building 'x'"),
        ("zones", {"floor": "x"}, "zones[0].floor: no floor 'x'"),
        ("zones", {"tracks": ["vision", "x"]}, "zones[0].tracks[1]: no track 'x'"),
        ("slots", {"site": "x"}, "slots[0].site: no site 'x'"),
        ("slots", {"tracks": ["x"]}, "slots[0].tracks[0]: no track 'x'"),
        ("hosts", {"institution": "x"}, "hosts[0].institution: no institution 'x'"),
        ("hosts", {"tracks": ["x"]}, "hosts[0].tracks[0]: no track 'x'"),
        ("researchers", {"institution": "x"}, "researchers[0].institution: no institution 'x'"),
        ("requests", {"researcher": "x"}, "requests[0].researcher: no researcher 'x'"),
        ("requests", {"track": "x"}, "requests[0].track: no track 'x'"),
        ("requests", {"pools": ["x"]}, "requests[0].pools[0]: no pool 'x'"),
        ("requests", {"sites": ["x"]}, "requests[0].sites[0]: no site 'x'"),
        ("requests", {"zones": ["zone-a", "x"]}, "requests[0].zones[1]: no zone 'x'"),
        ("requests", {"zone_points": {"x": 5}}, "requests[0].zone_points.x: no zone 'x'"),
        ("requests", {"hosts": ["x"]}, "requests[0].hosts[0]: no host 'x'"),
        ("requests", {"must_attend": ["x"]}, "requests[0].must_attend[0]: no event 'x'"),
    ],
)
def test_a_broken_reference_is_named(key: str, change: dict[str, Any], finding: str) -> None:
    assert findings(make_document(**{key: [make_item(key, **change)]})) == [finding]


@pytest.mark.parametrize(
    ("key", "item", "finding"),
    [
        (
            "reservations",
            {"id": "r", "name": "R", "zone": "x", "institution": "y"} | WHOLE,
            [
                "reservations[0].zone: no zone 'x'",
                "reservations[0].institution: no institution 'y'",
            ],
        ),
        (
            "collaborations",
            {"id": "c", "requests": ["ada", "x"]},
            ["collaborations[0].requests[1]: no request 'x'"],
        ),
        (
            "separations",
            {"id": "s", "requests": ["x", "ada"]},
            ["separations[0].requests[0]: no request 'x'"],
        ),
        (
            "events",
            {"id": "e", "name": "E", "site": "x", "tracks": ["y"]} | WHOLE,
            ["events[0].site: no site 'x'", "events[0].tracks[0]: no track 'y'"],
        ),
        (
            "pins",
            {"request": "x", "slot": "y", "zone": "z", "host": "h", "pool": "p"},
            [
                "pins[0].request: no request 'x'",
                "pins[0].slot: no slot 'y'",
                "pins[0].zone: no zone 'z'",
                "pins[0].host: no host 'h'",
                "pins[0].pool: no pool 'p'",
            ],
        ),
        (
            "published",
            {"request": "ada", "slot": "y", "zone": "zone-a", "host": "h", "pool": None} | WHOLE,
            ["published[0].slot: no slot 'y'", "published[0].host: no host 'h'"],
        ),
    ],
)
def test_broken_references_of_one_item_are_named_together(
    key: str, item: dict[str, Any], finding: list[str]
) -> None:
    assert findings(make_document(**{key: [item]})) == finding


def test_a_reference_that_is_no_id_is_named_once() -> None:
    document = make_document(zones=[make_item("zones", floor="Floor 1")])

    assert findings(document) == [
        (
            "zones[0].floor: an id has 1 to 64 of a-z, 0-9, '.', '_' and '-', and begins with "
            "a letter or digit, found 'Floor 1'"
        )
    ]


def test_the_twelfth_request_is_counted_from_zero() -> None:
    requests = [make_item("requests", id=f"ada-{number}") for number in range(13)]
    requests[12]["hosts"] = ["lee"]

    assert findings(make_document(requests=requests)) == ["requests[12].hosts[0]: no host 'lee'"]


def test_an_id_is_used_once_in_its_list_and_freely_in_others() -> None:
    document = make_document(
        zones=[make_item("zones"), make_item("zones", id="vision"), make_item("zones")]
    )

    assert findings(document) == ["zones[2].id: 'zone-a' is the id of zones[0] too"]


def test_a_reference_stands_once_in_a_list() -> None:
    document = make_document(
        requests=[make_item("requests", hosts=["kim", "kim"])],
        separations=[{"id": "alone", "requests": ["ada", "ada"]}],
    )

    assert findings(document) == [
        "requests[0].hosts[1]: host 'kim' stands twice; keep one",
        "separations[0].requests[1]: request 'ada' stands twice; keep one",
    ]


def test_broken_references_are_found_beside_an_item_of_the_wrong_shape() -> None:
    document = make_document(zones=[make_item("zones", desks="many", tracks=["speech"]), 7])

    assert findings(document) == [
        "zones[0].desks: expected a whole number, found 'many'",
        "zones[0].tracks[0]: no track 'speech'",
        "zones[1]: expected a map, found 7",
    ]


@pytest.mark.parametrize("key", ["zones", "slots", "pools", "requests"])
def test_a_reversed_range_of_an_item_is_named(key: str) -> None:
    document = make_document(**{key: [make_item(key, **REVERSED)]})

    assert findings(document) == [f"{key}[0].{MENDED}"]


@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("sites", "closures"),
        ("zones", "closures"),
        ("pools", "closures"),
        ("hosts", "absences"),
        ("requests", "unavailable"),
    ],
)
def test_a_reversed_range_in_a_list_of_ranges_is_named(key: str, part: str) -> None:
    document = make_document(**{key: [make_item(key, **{part: [WHOLE, REVERSED]})]})

    assert findings(document) == [f"{key}[0].{part}[1].{MENDED}"]


@pytest.mark.parametrize(
    ("key", "item"),
    [
        ("reservations", {"id": "r", "name": "R", "zone": "zone-a"}),
        ("events", {"id": "e", "name": "E", "site": "seoul"}),
        ("quotas", {"id": "q", "name": "Q", "by": "any"}),
        ("pins", {"request": "ada"}),
        (
            "published",
            {"request": "ada", "slot": "winter", "zone": "zone-a", "host": None, "pool": None},
        ),
    ],
)
def test_a_reversed_range_is_named_in_every_list(key: str, item: dict[str, Any]) -> None:
    assert findings(make_document(**{key: [item | REVERSED]})) == [f"{key}[0].{MENDED}"]


def test_a_reversed_programme_is_named() -> None:
    document = make_document()
    document["programme"] |= REVERSED

    assert findings(document) == [f"programme.{MENDED}"]


def test_a_range_may_be_one_day_long_or_open() -> None:
    day = {"first_day": "2026-02-02", "last_day": "2026-02-02"}
    zone = make_item("zones", first_day="2026-02-02", last_day=None, closures=[day])

    assert findings(make_document(zones=[zone])) == []


def test_least_and_most_are_in_order_defaults_counted() -> None:
    quota = {"id": "q", "name": "Q", "by": "any", "min": 3, "max": 2} | WHOLE
    short = make_item("requests", id="short", max_days=20)
    del short["min_days"]

    assert findings(make_document(requests=[make_item("requests"), short], quotas=[quota])) == [
        "requests[1].max_days: 20 is less than min_days 28; mend one of them",
        "quotas[0].max: 2 is less than min 3; mend one of them",
    ]
