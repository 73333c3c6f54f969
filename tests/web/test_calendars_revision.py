"""From release to release: statements 7 to 10 of what a good feed does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.problem.types import HostId, ProgrammeId, RequestId
from tests.builders import (
    day,
    make_event,
    make_plan,
    make_problem,
    make_programme,
    make_request,
    make_residency,
    make_zone,
)
from tests.web.calendar_samples import (
    ADA,
    DOMAIN,
    KIM,
    LAB,
    STAMP,
    make_entry,
    make_event_entry,
    make_facts,
    spell_lab,
    values_of,
)
from web.calendars.entries import Entry, entries_of
from web.calendars.notes import with_notes
from web.calendars.readers import (
    Reader,
    ReaderKey,
    ReaderKind,
    entries_by_reader,
    entries_for,
)
from web.calendars.revision import revise

LATER = dt.datetime(2025, 12, 8, 9, 30, tzinfo=dt.UTC)


def revised(previous: list[Entry], current: list[Entry], today: str = "2025-12-08") -> list[Entry]:
    """Return the entries of the release of 8 December 2025."""
    return list(revise(previous, current, stamp=LATER, today=day(today)))


def test_7_the_permanent_id_is_of_the_request_and_ends_with_the_domain() -> None:
    problem = make_problem(events=(make_event("demo", "2026-01-10"),))
    plan = make_plan(make_residency("ada"))
    entries = entries_of(problem, plan, domain=DOMAIN, stamp=STAMP)
    uids = [entry.uid for entry in entries]
    assert uids == ["lab.ada@lab.example.org", "lab.event+demo@lab.example.org"]


def test_7_no_two_ids_are_alike_however_programmes_requests_and_events_are_called() -> None:
    def uids(programme: str, request: str) -> list[str]:
        problem = make_problem(
            programme=replace(make_programme(), id=ProgrammeId(programme)),
            requests=(make_request(request, researcher="ada"),),
            events=(make_event("c", "2026-01-10"),),
        )
        plan = make_plan(make_residency(request))
        return [entry.uid for entry in entries_of(problem, plan, domain=DOMAIN, stamp=STAMP)]

    found = [*uids("a", "b.c"), *uids("a.b", "c"), *uids("b", "event.c")]
    assert len(set(found)) == 6


def test_7_the_id_is_the_same_in_every_feed_under_whatever_address() -> None:
    entries = [make_entry(), make_event_entry("demo", "2026-01-10")]
    one = spell_lab(entries_for(ADA, entries), source_url="https://one.example.org/a.ics")
    other = spell_lab(entries_for(KIM, entries), source_url="https://other.example.org/b.ics")
    stay, event = "lab.ada@lab.example.org", "lab.event+demo@lab.example.org"
    assert values_of(one, "UID")[1:] == [f":{stay}", f":{event}"]
    assert values_of(other, "UID")[1:] == [f":{stay}"]


def test_7_the_id_is_kept_when_the_domain_changes() -> None:
    problem, plan = make_problem(), make_plan(make_residency())
    told = entries_of(problem, plan, domain="old.example.org", stamp=STAMP)
    now = entries_of(problem, plan, domain="new.example.org", stamp=LATER)
    assert revise(told, now, stamp=LATER, today=LATER.date()) == told


def test_7_the_id_is_kept_when_the_stay_moves_to_other_days_room_and_host() -> None:
    problem = make_problem(zones=(make_zone(), make_zone("zone-b")))
    told = make_plan(make_residency())
    moved = make_plan(
        make_residency(zone="zone-b", host=HostId("kim"), first_day=day("2026-02-02"), days=14)
    )
    one = entries_of(problem, told, domain=DOMAIN, stamp=STAMP)
    other = entries_of(problem, moved, domain=DOMAIN, stamp=LATER)
    assert [entry.uid for entry in one] == [entry.uid for entry in other]


def test_8_a_new_entry_starts_at_sequence_0_at_the_moment_of_its_release() -> None:
    [entry] = revised([], [make_entry(sequence=7)])
    assert (entry.sequence, entry.created_at, entry.changed_at) == (0, LATER, LATER)


def change_days(entry: Entry) -> Entry:
    return replace(entry, last_day=day("2026-02-08"))


def rename_room(entry: Entry) -> Entry:
    return replace(entry, facts=replace(entry.facts, place=replace(entry.facts.place, zone="Hall")))


def rename_in_one_language(entry: Entry) -> Entry:
    return replace(entry, facts=replace(entry.facts, researcher={"en": "Ada", "ko": "에이다"}))


def recolour(entry: Entry) -> Entry:
    return replace(entry, facts=replace(entry.facts, colour="#ff0000"))


@pytest.mark.parametrize("change", [change_days, rename_room, rename_in_one_language, recolour])
def test_8_every_visible_change_rises_and_is_dated_but_created_stays(
    change: Callable[[Entry], Entry],
) -> None:
    told = make_entry(sequence=3)
    [entry] = revised([told], [change(told)])
    assert entry == replace(
        change(told), sequence=4, created_at=STAMP, changed_at=LATER, past=(told,)
    )


def test_8_the_stamp_is_the_moment_of_the_last_change() -> None:
    [entry] = revised([make_entry()], [rename_room(make_entry())])
    body = spell_lab([entry])
    assert values_of(body, "CREATED") == [":20251201T093000Z"]
    assert values_of(body, "DTSTAMP") == [":20251208T093000Z"]
    assert values_of(body, "LAST-MODIFIED") == [":20251208T093000Z"]
    assert values_of(body, "SEQUENCE") == [":1"]


def test_8_a_moment_is_told_in_utc_and_whole_seconds() -> None:
    seoul = dt.timezone(dt.timedelta(hours=9))
    stamp = dt.datetime(2025, 12, 8, 18, 30, 0, 999_999, tzinfo=seoul)
    [entry] = revise([], [make_entry()], stamp=stamp, today=stamp.date())
    assert entry.changed_at == LATER


def test_8_a_moment_without_time_zone_is_refused() -> None:
    naive = dt.datetime(2025, 12, 8, 9, 30)  # noqa: DTZ001  # it is what the test is about
    with pytest.raises(ValueError, match="names no time zone"):
        revise([], [], stamp=naive, today=naive.date())
    with pytest.raises(ValueError, match="its moments are not in UTC"):
        make_entry(changed_at=naive)


def test_9_an_unchanged_entry_stays_the_same_to_the_byte() -> None:
    told = make_entry(sequence=3)
    fresh = replace(told, sequence=0, created_at=LATER, changed_at=LATER)
    [entry] = revised([told], [fresh])
    assert entry == told
    assert spell_lab([entry]) == spell_lab([told])


def test_9_an_entry_of_a_release_that_knew_no_countries_does_not_rise_when_they_are_known() -> None:
    told = make_entry(sequence=3)
    [entry] = revised([told], [replace(told, home="CA", holidays="KR")])
    assert entry == replace(told, home="CA", holidays="KR")
    assert spell_lab([entry]) == spell_lab([told])


def test_9_an_entry_does_not_rise_because_another_changed() -> None:
    event = make_event_entry("demo", "2026-01-10")
    entries = revised([make_entry(), event], [rename_room(make_entry()), event])
    assert [entry.sequence for entry in entries] == [1, 0]
    assert entries[1] == event


def test_9_ids_that_nobody_sees_change_whom_it_is_for_and_nothing_else() -> None:
    told = make_entry(track_id="vision")
    entries = revised([told], [replace(told, track_id="robots")])
    live = [entry for entry in entries if not entry.farewell]
    assert live == [replace(told, track_id="robots")]


def test_10_a_cancelled_entry_says_so_under_its_id() -> None:
    told = make_entry(sequence=3)
    [entry] = revised([told], [])
    assert entry == replace(told, cancelled=True, sequence=4, changed_at=LATER, past=(told,))
    body = spell_lab([entry])
    assert values_of(body, "UID")[1:] == [":lab.ada@lab.example.org"]
    assert values_of(body, "STATUS") == [":CANCELLED"]
    assert values_of(body, "SUMMARY") == [":[Cancelled] Residency: Ada\\, Desk room"]
    assert values_of(body, "TRANSP") == [":TRANSPARENT"]
    korean = spell_lab([entry], language="ko")
    assert values_of(korean, "SUMMARY") == [":[취소] 체류: Ada\\, Desk room"]


def test_10_a_cancelled_entry_is_shown_until_30_days_after_its_last_day() -> None:
    cancelled = make_entry(last_day=day("2026-02-01"), cancelled=True, sequence=1)
    assert entries_for(LAB, revised([cancelled], [], "2026-03-03")) == (cancelled,)
    assert entries_for(LAB, revised([cancelled], [], "2026-03-04")) == ()


def test_10_an_entry_that_returns_rises_again() -> None:
    told = make_entry()
    [cancelled] = revised([told], [])
    [returned] = revised([cancelled], [told])
    before = replace(cancelled, past=())
    assert returned == replace(told, sequence=2, changed_at=LATER, past=(told, before))


def test_8_an_entry_that_returns_after_it_was_forgotten_by_readers_rises_all_the_same() -> None:
    [cancelled] = revised([make_entry()], [])
    hidden = revised([cancelled], [], "2027-01-01")
    again = make_entry(first_day=day("2027-03-01"), last_day=day("2027-03-28"))
    [returned] = revised(hidden, [again], "2027-01-01")
    assert (returned.sequence, returned.hidden, returned.cancelled) == (2, False, False)


def test_10_the_host_and_the_room_that_a_stay_leaves_are_told() -> None:
    told = make_entry(host_id="kim", zone_id="desk-room")
    facts = make_facts(host="Lee")
    moved = make_entry(host_id="lee", zone_id="hall", facts=facts)
    entries = revised([told], [moved])
    [farewell] = entries_for(KIM, entries)
    assert (farewell.uid, farewell.cancelled, farewell.sequence) == (told.uid, True, 1)
    assert farewell.facts.host == "Kim"
    [old_room] = entries_for(Reader(kind=ReaderKind.ZONE, id="desk-room", name=""), entries)
    assert old_room.cancelled
    for reader in (ADA, LAB, Reader(kind=ReaderKind.HOST, id="lee", name="Lee")):
        [entry] = entries_for(reader, entries)
        assert (entry.sequence, entry.cancelled, entry.facts) == (1, False, facts)


def test_10_a_host_who_gets_a_stay_back_sees_it_rise() -> None:
    told = make_entry(host_id="kim")
    away = revised([told], [make_entry(host_id="lee", facts=make_facts(host="Lee"))])
    farewell = replace(entries_for(KIM, away)[0], past=())
    back = revised(away, [told])
    assert entries_for(KIM, back) == (
        replace(told, sequence=2, changed_at=LATER, past=(told, farewell)),
    )


def test_10_a_farewell_stays_as_it_is_until_30_days_after_its_last_day() -> None:
    away = revised([make_entry(host_id="kim")], [make_entry(host_id="lee")])
    assert entries_for(KIM, revised(away, [make_entry(host_id="lee")])) == entries_for(KIM, away)
    assert entries_for(KIM, revised(away, [make_entry(host_id="lee")], "2026-03-04")) == ()


def test_10_an_event_that_a_stay_no_longer_covers_is_taken_leave_of() -> None:
    event = make_event_entry("demo", "2026-01-10")
    stay = make_entry(first_day=day("2026-01-05"), last_day=day("2026-02-01"))
    later_stay = replace(stay, first_day=day("2026-02-02"), last_day=day("2026-03-01"))
    away = revised([stay, event], [later_stay, event])
    [farewell, moved] = entries_for(ADA, away)
    assert (farewell.uid, farewell.cancelled, farewell.sequence) == (event.uid, True, 1)
    assert moved.sequence == 1
    assert event in entries_for(LAB, away)
    back = revised(away, [stay, event])
    [_, returned] = entries_for(ADA, back)
    assert (returned.uid, returned.cancelled, returned.sequence) == (event.uid, False, 2)


Stay = tuple[str, str, int]
"""Zone, host and week of a stay."""

stays = st.dictionaries(
    st.sampled_from(["r1", "r2"]),
    st.tuples(
        st.sampled_from(["zone-a", "zone-b"]), st.sampled_from(["kim", "lee"]), st.integers(0, 9)
    ),
)


def entries_of_release(told: dict[str, Stay], stamp: dt.datetime) -> tuple[Entry, ...]:
    """Return the entries of stays of two weeks in a programme with an event every other week."""
    requests = tuple(make_request(name, researcher="ada") for name in ("r1", "r2"))
    monday = day("2026-01-05")
    problem = make_problem(
        requests=requests,
        zones=(make_zone("zone-a"), make_zone("zone-b")),
        hosts=tuple(
            replace(make_problem().hosts[0], id=HostId(name), name=name) for name in ("kim", "lee")
        ),
        events=tuple(
            make_event(f"e{week}", str(monday + dt.timedelta(weeks=week))) for week in (1, 3, 5)
        ),
    )
    residencies = [
        make_residency(
            RequestId(name),
            zone=zone,
            host=host,
            first_day=monday + dt.timedelta(weeks=week),
            days=14,
        )
        for name, (zone, host, week) in told.items()
    ]
    return entries_of(problem, make_plan(*residencies), domain=DOMAIN, stamp=stamp)


def shown_by_reader(entries: tuple[Entry, ...]) -> dict[ReaderKey, tuple[Entry, ...]]:
    """Return what each reader's calendar shows, notes of arrival and departure too."""
    return {
        key: with_notes(Reader(kind=key.kind, id=key.id, name=""), seen)
        for key, seen in entries_by_reader(entries).items()
    }


@settings(max_examples=40, deadline=None)
@given(st.lists(stays, min_size=2, max_size=6))
def test_8_to_10_hold_for_every_reader_over_any_history(history: list[dict[str, Stay]]) -> None:
    entries: tuple[Entry, ...] = ()
    for number, told in enumerate(history):
        stamp = STAMP + dt.timedelta(days=number)
        before, now = entries, entries_of_release(told, stamp)
        entries = revise(before, now, stamp=stamp, today=day("2025-12-01"))
        seen_before, seen_now = shown_by_reader(before), shown_by_reader(entries)
        for key, seen in seen_before.items():
            current = {entry.uid: entry for entry in seen_now.get(key, ())}
            assert len(current) == len(seen_now[key])
            for old in seen:
                new = current[old.uid]
                assert new.created_at == old.created_at
                if new.visible == old.visible:
                    assert new.sequence >= old.sequence
                else:
                    assert new.sequence > old.sequence
                    assert new.changed_at == stamp
                if new.sequence == old.sequence:
                    assert spell_lab([new]) == spell_lab([old])
