"""A file of adjustments: written and read back without loss, every error with its place."""

from __future__ import annotations

import pytest

from scheduler.problem.adjustments import (
    AddDesks,
    AdjustmentError,
    adjustments_bytes,
    documents_of,
    parse_adjustments,
    parse_documents,
)
from scheduler.problem.types import (
    ZoneId,
)
from tests.adjusting import (
    NEW_PIN,
    ONE_OF_EACH,
    WIDER_WINDOW,
)

KINDS = (
    "close_zone, add_desks, add_places, add_host_capacity, add_gpus, raise_quota, "
    "add_researcher, add_request, change_window, widen_window, change_length, allow_hosts, "
    "waive_need, shorten_overlap, withdraw, add_pin, release_pin, change_frozen_days, move_today"
)


def test_documents_that_are_no_adjustments_are_refused() -> None:
    with pytest.raises(AdjustmentError) as raised:
        parse_documents([{"kind": "add_desks", "zone": "zone-a"}])

    assert [str(finding) for finding in raised.value.findings] == [
        "adjustments[0].desks: missing; it is required"
    ]


def test_one_of_each_is_written_and_read_back_without_loss() -> None:
    assert parse_adjustments(adjustments_bytes(ONE_OF_EACH)) == ONE_OF_EACH
    assert parse_documents(documents_of(ONE_OF_EACH)) == ONE_OF_EACH


def test_a_document_says_its_kind_first() -> None:
    assert documents_of([AddDesks(zone=ZoneId("zone-a"), desks=2)]) == [
        {"kind": "add_desks", "zone": "zone-a", "desks": 2}
    ]


def test_adjustments_may_be_written_by_hand() -> None:
    data = (
        b"format: sarangchae-adjustments/1\n"
        b"adjustments:\n"
        b"  - {kind: widen_window, request: ada, first_day: 2026-01-01}\n"
        b"  - {kind: add_pin, pin: {request: bob, zone: zone-a}}\n"
    )

    assert parse_adjustments(data) == (WIDER_WINDOW, NEW_PIN)


def test_every_error_of_a_file_of_adjustments_has_its_place() -> None:
    data = (
        b"format: sarangchae-adjustments/2\n"
        b"adjustments:\n"
        b"  - {kind: add_desks, zone: zone-a, desks: 0, colour: red}\n"
        b"  - {kind: add_walls}\n"
        b"  - {zone: zone-a}\n"
        b"  - 5\n"
    )
    with pytest.raises(AdjustmentError) as raised:
        parse_adjustments(data)

    assert [str(finding) for finding in raised.value.findings] == [
        "format: must be one of sarangchae-adjustments/1, found 'sarangchae-adjustments/2'",
        "adjustments[0].desks: must be at least 1, found 0",
        f"adjustments[1]: must be one of {KINDS}, found 'add_walls'",
        "adjustments[2]: missing key 'kind'; it says which change is meant",
        "adjustments[3]: expected a map, found 5",
        "adjustments[0].colour: unknown key 'colour'; known keys are kind, zone, desks",
    ]


def test_what_is_no_file_of_adjustments_is_refused() -> None:
    for data, why in [
        (b"", "the file is empty"),
        (b"[]", "expected a map with the keys format, adjustments, found a list"),
    ]:
        with pytest.raises(AdjustmentError) as raised:
            parse_adjustments(data)
        assert [str(finding) for finding in raised.value.findings] == [why]
