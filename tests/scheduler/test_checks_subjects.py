"""Checks in the domain's words: time zones, public days, quotas, pins, the published plan."""

from __future__ import annotations

from typing import Any

import pytest

from tests.documents import findings, make_document, make_item

RESIDENCY = {
    "request": "ada",
    "slot": "winter",
    "zone": "zone-a",
    "host": None,
    "pool": None,
    "first_day": "2026-01-05",
    "last_day": "2026-02-01",
}


def quota(**others: Any) -> dict[str, Any]:
    """Return a quota over the tiny programme."""
    days = {"first_day": "2026-01-05", "last_day": "2026-03-29"}
    return {"id": "quota", "name": "Quota", "by": "any"} | days | others


@pytest.mark.parametrize("key", ["first_day", "last_day"])
def test_a_programme_lies_in_this_world(key: str) -> None:
    document = make_document()
    far = {"first_day": "1066-10-14", "last_day": "9999-12-31"}[key]
    document["programme"][key] = far

    assert findings(document) == [
        f"programme.{key}: {far} is not between 1900-01-01 and 2999-12-31; mend the year"
    ]


@pytest.mark.parametrize("name", ["Asia/Soul", "KST+9x", "", "../etc/passwd", "Asia"])
def test_a_time_zone_has_to_exist(name: str) -> None:
    document = make_document(sites=[make_item("sites", timezone=name)])
    document["programme"]["timezone"] = name

    assert findings(document) == [
        f"programme.timezone: no time zone '{name}'; expected an IANA name like Asia/Seoul",
        f"sites[0].timezone: no time zone '{name}'; expected an IANA name like Asia/Seoul",
    ]


@pytest.mark.parametrize("code", ["KR", "US", "US-NY", "FR", "CA-ON", "AE"])
def test_codes_of_countries_and_their_parts_name_public_days(code: str) -> None:
    assert findings(make_document(sites=[make_item("sites", holidays=code)])) == []


@pytest.mark.parametrize("code", ["XX", "US-ZZ"])
def test_other_codes_name_none(code: str) -> None:
    assert findings(make_document(sites=[make_item("sites", holidays=code)])) == [
        f"sites[0].holidays: no public days are known for '{code}'; expected KR or US-NY say"
    ]


def test_each_country_that_does_not_exist_is_named() -> None:
    document = make_document(
        policy={"visa_lead_days": {"FR": 30, "EU": 30}},
        institutions=[make_item("institutions"), make_item("institutions", id="no", country="ZZ")],
    )

    assert findings(document) == [
        "policy.visa_lead_days.EU: no country 'EU'; expected its two capital letters, KR say",
        "institutions[1].country: no country 'ZZ'; expected its two capital letters, KR say",
    ]


@pytest.mark.parametrize(
    ("by", "value"),
    [
        ("any", None),
        ("country", "FR"),
        ("country", None),
        ("track", "vision"),
        ("institution", "waterloo"),
        ("site", "seoul"),
    ],
)
def test_a_quota_may_count_by_what_there_is(by: str, value: str | None) -> None:
    assert findings(make_document(quotas=[quota(by=by, value=value)])) == []


@pytest.mark.parametrize(
    ("by", "value", "finding"),
    [
        ("any", "KR", "a quota by any has no value; write null, or say by what it counts"),
        ("country", "France", "no country 'France'; expected its two capital letters, KR say"),
        ("country", "ZZ", "no country 'ZZ'; expected its two capital letters, KR say"),
        ("track", "speech", "no track 'speech'"),
        ("institution", "vector", "no institution 'vector'"),
        ("site", "york", "no site 'york'"),
    ],
)
def test_a_quota_may_not_count_by_what_there_is_not(by: str, value: str, finding: str) -> None:
    document = make_document(quotas=[quota(by=by, value=value)])

    assert findings(document) == [f"quotas[0].value: {finding}"]


def test_a_quota_may_count_by_a_track_that_is_wrong_in_another_way() -> None:
    document = make_document(
        tracks=[make_item("tracks", colour="red")],
        quotas=[quota(by="track", value="vision"), quota(id="other", by="site", value="york")],
    )

    assert findings(document) == [
        "tracks[0].colour: expected a colour like '#1f77b4', in quotes, found 'red'",
        "quotas[1].value: no site 'york'",
    ]


def test_a_withdrawn_request_has_no_pin() -> None:
    document = make_document(
        requests=[make_item("requests"), make_item("requests", id="bob", status="withdrawn")],
        pins=[{"request": "ada"}, {"request": "bob", "zone": "zone-a"}],
    )

    assert findings(document) == [
        "pins[1].request: request 'bob' is withdrawn; remove the pin or submit it again"
    ]


def test_a_withdrawn_request_may_have_been_published() -> None:
    withdrawn = make_item("requests", status="withdrawn")

    assert findings(make_document(requests=[withdrawn], published=[RESIDENCY])) == []


def test_a_request_is_published_once() -> None:
    assert findings(make_document(published=[RESIDENCY, RESIDENCY])) == [
        "published[1].request: published[0] is of request 'ada' too; keep one"
    ]


def test_places_are_those_of_the_file_although_items_before_are_broken() -> None:
    broken = RESIDENCY | {"first_day": "soon"}

    assert findings(make_document(published=[broken, RESIDENCY, RESIDENCY])) == [
        "published[0].first_day: expected a date like 2025-01-06, found 'soon'",
        "published[2].request: published[1] is of request 'ada' too; keep one",
    ]


def test_a_broken_programme_does_not_hide_the_rest() -> None:
    document = make_document(sites=[make_item("sites", timezone="Mars/Olympus")], programme=5)

    assert findings(document) == [
        "programme: expected a map, found 5",
        "sites[0].timezone: no time zone 'Mars/Olympus'; expected an IANA name like Asia/Seoul",
    ]
