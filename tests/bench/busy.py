"""Measurements of a researcher's own calendar: from the file sent to the page that asks."""

from __future__ import annotations

import datetime as dt
import io
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from models.database import open_database
from models.link_store import load_links
from models.migrate import upgrade
from models.release_store import ScopeKind
from tests.bench.figures import Figure
from tests.builders import FIRST_DAY
from tests.web.laboratory import MAKER, open_app, publish_ada

TURNS = 5
YEARS = 8


def busy_figures(count: int, seed: int) -> Iterator[Figure]:
    """Send a calendar of so many events, as years of a professor's would be, and look."""
    data = own_calendar(count, Random(seed))  # noqa: S311  # the same calendar every time
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        upgrade(url)
        database = open_database(url)
        publish_ada(database)
        with database.reading() as session:
            (link,) = load_links(session, "lab", ScopeKind.RESEARCHER)
        with open_app(Path(folder), database) as app:
            browser = app.test_client()
            page = f"/r/{MAKER.token(link.id)}/busy"
            times = []
            for _ in range(TURNS):
                began = time.perf_counter()
                seen = browser.post(page, data={"file": (io.BytesIO(data), "own.ics")})
                times.append(time.perf_counter() - began)
                if seen.status_code != 200:
                    raise RuntimeError(f"answer {seen.status_code}")
        database.close()
    yield Figure(
        name=f"own calendar with {count} events: what is busy",
        value=round(statistics.median(times), 2),
        unit="s",
        target="3 s",
        note=f"{len(data) / 1e6:.1f} MB; {len(times)} sent, the slowest in {max(times):.2f} s",
    )


def own_calendar(count: int, dice: Random) -> bytes:
    """Return a calendar: of ten events three are of whole days, one is a term of lectures."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:bench", "X-WR-TIMEZONE:America/Toronto"]
    start = FIRST_DAY - dt.timedelta(days=365 * (YEARS - 1))
    for number in range(count):
        day = start + dt.timedelta(days=dice.randrange(365 * YEARS))
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number}@example.org",
            "DTSTAMP:20260101T000000Z",
            *_when(number % 10, day),
            f"SUMMARY:Entry {dice.randrange(count // 10 + 1)}",
            "DESCRIPTION:" + "Some words about it\\, and more. " * 8,
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def _when(kind: int, day: dt.date) -> tuple[str, ...]:
    if kind < 3:
        end = day + dt.timedelta(days=1 + kind)
        return f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{end:%Y%m%d}"
    start, end_at = (f"TZID=America/Toronto:{day:%Y%m%d}T{hour}0000" for hour in ("10", "12"))
    times = (f"DTSTART;{start}", f"DTEND;{end_at}")
    return (*times, "RRULE:FREQ=WEEKLY;COUNT=13") if kind == 3 else times
