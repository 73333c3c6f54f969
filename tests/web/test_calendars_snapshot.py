"""Entries to rows of a release and back, and what a feed needs to be served from them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tests.web.calendar_samples import make_entry, make_event_entry, make_facts, released_entries
from web.calendars.entries import Entry
from web.calendars.snapshot import entry_from, row_of

IMPORTS = """
import sys
import web.calendars.busy_only
import web.calendars.entries
import web.calendars.holidays_near
import web.calendars.ical
import web.calendars.notes
import web.calendars.readers
import web.calendars.revision
import web.calendars.snapshot
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""

HEAVY = {"ortools", "numpy", "pydantic", "scheduler", "models", "flask", "sqlalchemy", "holidays"}


def kept(entry: Entry) -> dict[str, Any]:
    """Return the row of an entry as a database gives it back: JSON read, moments without zone."""
    row = row_of(entry)
    row["facts"] = json.loads(json.dumps(row["facts"]))
    for name in ("created_at", "changed_at"):
        row[name] = row[name].replace(tzinfo=None)
    return row


def test_an_entry_comes_back_from_its_row_as_it_was() -> None:
    names = {"en": "Ada", "ko": "에이다"}
    entries = [
        *released_entries(),
        make_entry(facts=make_facts(researcher=names, tracks=(names,)), must_attend=("demo",)),
        make_entry(cancelled=True, hidden=True, sequence=3, home="CA", holidays="US-NY"),
        make_event_entry("demo", "2026-01-10", farewell=True, cancelled=True),
    ]
    assert [entry_from(kept(entry)) for entry in entries] == entries
    assert [entry_from(row_of(entry)) for entry in entries] == entries


def test_an_entry_of_an_early_release_says_nothing_of_public_days() -> None:
    row = kept(make_entry(home="CA", holidays="KR"))
    del row["facts"]["home"], row["facts"]["holidays"]
    assert entry_from(row) == make_entry()


def test_what_a_feed_needs_loads_no_solver_no_scheduler_and_no_framework() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", IMPORTS], capture_output=True, text=True, check=True
    )
    assert set(ended.stdout.split()) & HEAVY == set()
