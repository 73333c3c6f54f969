"""Entries and calendars for the tests of calendars, and the golden files made of them.

Run as ``python -m tests.web.calendar_samples`` to write the golden files anew; read what changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from scheduler.problem.problem import Problem
from scheduler.problem.types import EventId, HostId, PoolId, TrackId
from tests.builders import (
    day,
    make_event,
    make_host,
    make_institution,
    make_plan,
    make_pool,
    make_problem,
    make_programme,
    make_request,
    make_residency,
    make_site,
    make_zone,
)
from web.calendars.busy_only import busy_name, busy_only, busy_uid
from web.calendars.entries import Entry, Facts, Kind, Place, entries_of
from web.calendars.holidays_near import holidays_near
from web.calendars.ical import spell, spell_download
from web.calendars.notes import with_notes
from web.calendars.readers import (
    Reader,
    ReaderKind,
    calendar_name,
    calendar_uid,
    entries_for,
)
from web.calendars.revision import revise
from web.use_cases.researchers.holiday_layer import name_holidays

GOLDEN = Path(__file__).parents[2] / "fixtures" / "calendars"
DOMAIN = "lab.example.org"
BUSY_KEY = b"the server's"
STAMP = dt.datetime(2025, 12, 1, 9, 30, tzinfo=dt.UTC)
TODAY = dt.date(2025, 12, 1)

ADA = Reader(kind=ReaderKind.RESEARCHER, id="ada", name="ada")
KIM = Reader(kind=ReaderKind.HOST, id="kim", name="kim")
NAME_OF_LAB = {"en": "AI Lab", "ko": "인공지능 연구거점"}
LAB = Reader(kind=ReaderKind.PROGRAMME, id="lab", name="Lab")


def make_facts(**others: Any) -> Facts:
    """Return what the entry of a residency says."""
    place = Place(zone="Desk room", floor="5F", building="Main", site="Hub", address="Yangjae")
    values: dict[str, Any] = {
        "programme": "Lab",
        "place": place,
        "researcher": "Ada",
        "institution": "Waterloo",
        "host": "Kim",
        "host_institution": "KAIST",
        "tracks": ("Vision",),
        "colour": "#1f77b4",
        "slot": "Winter",
    }
    return Facts(**values | others)


def make_entry(**others: Any) -> Entry:
    """Return the entry of a residency of four weeks that was told once."""
    values: dict[str, Any] = {
        "kind": Kind.RESIDENCY,
        "subject": "ada",
        "uid": "lab.ada@lab.example.org",
        "created_at": STAMP,
        "changed_at": STAMP,
        "first_day": day("2026-01-05"),
        "last_day": day("2026-02-01"),
        "facts": make_facts(),
        "researcher_id": "ada",
        "host_id": "kim",
        "zone_id": "desk-room",
        "floor_id": "5f",
        "track_id": "vision",
        "site_id": "hub",
    }
    return Entry(**values | others)


def make_event_entry(name: str, first_day: str, **others: Any) -> Entry:
    """Return the entry of an event of one day that invites track ``vision``."""
    values: dict[str, Any] = {
        "kind": Kind.EVENT,
        "subject": name,
        "uid": f"lab.event+{name}@lab.example.org",
        "created_at": STAMP,
        "changed_at": STAMP,
        "first_day": day(first_day),
        "last_day": day(first_day),
        "facts": Facts(programme="Lab", place=Place(site="Hub"), event=name),
        "site_id": "hub",
        "tracks": ("vision",),
    }
    return Entry(**values | others)


def spell_lab(entries: Iterable[Entry], **others: Any) -> bytes:
    """Return the feed of the programme in English."""
    values: dict[str, Any] = {
        "name": "Lab residencies",
        "language": "en",
        "calendar_uid": "lab/programme/lab@lab.example.org",
        "timezone": "Asia/Seoul",
        "as_of": TODAY,
    }
    return spell(entries, **values | others)


def lines_of(body: bytes) -> list[str]:
    """Return the content lines of a file, unfolded."""
    return body.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n")


def values_of(body: bytes, name: str) -> list[str]:
    """Return what stands behind the name, in small letters too, in every line that begins so."""
    starts = (f"{name}:", f"{name};", f"{name.lower()}:")
    return [line[len(name) :] for line in lines_of(body) if line.startswith(starts)]


def make_programme_of_names() -> Problem:
    """Return a programme whose names try what escapes, folds and other scripts may break."""
    korean = "뉴럴 스케일링 법칙 초월을 위한 국제 공동 연구 로봇 모델 실험실, 5층; 동쪽 창가"
    kim = make_host("kim", institution="kaist", tracks=(TrackId("vision"),))
    zone = make_zone("desk-room")
    return make_problem(
        programme=replace(make_programme(), name=NAME_OF_LAB),
        sites=(
            replace(make_site(), holidays="KR", name={"en": "Seoul AI Hub", "ko": "서울 AI 허브"}),
        ),
        zones=(
            replace(zone, name={"en": "Robot hall; \\North, east", "ko": korean}),
            make_zone("quiet-room"),
        ),
        institutions=(make_institution(), make_institution("kaist", country="KR")),
        hosts=(replace(kim, name={"en": 'Kim "Min", Prof.', "ko": "김민지 교수"}),),
        pools=(make_pool("cluster"),),
        requests=(
            make_request("ada-1", researcher="ada", gpus=8),
            make_request("ada-2", researcher="ada", must_attend=(EventId("summit"),)),
            make_request("bob"),
        ),
        events=(
            replace(make_event("summit", "2026-03-04", "2026-03-05"), name="Summit 🤖 C:\\New"),
            make_event("demo-day", "2026-01-20", tracks=(TrackId("vision"),)),
        ),
    )


def released_entries() -> tuple[Entry, ...]:
    """Return the entries of a second release, in which Bob's stay fell away and Ada's moved."""
    problem = make_programme_of_names()
    first = make_residency("ada-1", zone="desk-room", host=HostId("kim"), pool=PoolId("cluster"))
    second = make_residency("ada-2", first_day=day("2026-02-16"), days=21, zone="quiet-room")
    bob = make_residency("bob", zone="desk-room")
    told = entries_of(problem, make_plan(first, second, bob), domain=DOMAIN, stamp=STAMP)
    moved = replace(second, zone=first.zone)
    later = dt.datetime(2025, 12, 8, 9, 30, tzinfo=dt.UTC)
    now = entries_of(problem, make_plan(first, moved), domain=DOMAIN, stamp=later)
    return revise(told, now, stamp=later, today=later.date())


def golden_files() -> dict[str, bytes]:
    """Return the bytes of each golden file."""
    problem, entries = make_programme_of_names(), released_entries()
    ada = Reader(kind=ReaderKind.RESEARCHER, id="ada", name="Ada")
    hall = Reader(kind=ReaderKind.ZONE, id="quiet-room", name="quiet-room")
    readers = {
        "researcher-ada-en": (ada, "en"),
        "researcher-ada-ko": (ada, "ko"),
        "researcher-ada-ar-holidays": (ada, "ar"),
        "host-kim-fr": (Reader(kind=ReaderKind.HOST, id="kim", name=problem.hosts[0].name), "fr"),
        "zone-quiet-room-ar": (hall, "ar"),
        "nobody-en": (Reader(kind=ReaderKind.HOST, id="lee", name="Lee"), "en"),
    }
    feeds = {
        name: _golden_feed(name, reader, language, entries)
        for name, (reader, language) in readers.items()
    }
    first = entries_for(ADA, entries)[0]
    return feeds | {
        "busy-ko": _golden_busy(ada, "ko", entries),
        "download-en": spell_download(first, language="en", timezone="Asia/Seoul"),
    }


def _golden_feed(name: str, reader: Reader, language: str, entries: tuple[Entry, ...]) -> bytes:
    seen = entries_for(reader, entries)
    shown = with_notes(reader, seen)
    if name.endswith("holidays"):
        shown += holidays_near(reader, seen, language=language, named=name_holidays, today=TODAY)
    return spell(
        shown,
        name=calendar_name(reader, programme=NAME_OF_LAB, language=language),
        language=language,
        calendar_uid=calendar_uid(reader, programme_id="lab", domain=DOMAIN),
        timezone="America/New_York" if name.startswith("nobody") else "Asia/Seoul",
        as_of=TODAY,
        source_url=f"https://{DOMAIN}/feeds/{name}.ics",
        page_url=f"https://{DOMAIN}/pages/{name}",
    )


def _golden_busy(reader: Reader, language: str, entries: tuple[Entry, ...]) -> bytes:
    uid = calendar_uid(reader, programme_id="lab", domain=DOMAIN)
    return spell(
        busy_only(entries_for(reader, entries), key=BUSY_KEY),
        name=busy_name(programme=NAME_OF_LAB, language=language),
        language=language,
        calendar_uid=busy_uid(uid, key=BUSY_KEY),
        timezone="Europe/Paris",
        as_of=TODAY,
        source_url=f"https://{DOMAIN}/feeds/busy.ics",
    )


if __name__ == "__main__":
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for file_name, file_body in golden_files().items():
        (GOLDEN / f"{file_name}.ics").write_bytes(file_body)
