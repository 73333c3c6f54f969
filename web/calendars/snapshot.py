"""Entries as rows of a release and back; what has no column of its own is a JSON document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from web.calendars.entries import Entry, Facts, Kind, Place, Text

COLUMNS = (
    "uid",
    "sequence",
    "created_at",
    "changed_at",
    "cancelled",
    "first_day",
    "last_day",
    "researcher_id",
    "host_id",
    "zone_id",
    "floor_id",
    "track_id",
    "site_id",
)
"""Fields of an entry that are columns as they are."""

_DAYS, _MOMENTS = ("first_day", "last_day"), ("created_at", "changed_at")


def row_of(entry: Entry) -> dict[str, Any]:
    """Return the columns of an entry, and ``facts``, ready for JSON, with all the rest."""
    row = {name: getattr(entry, name) for name in COLUMNS}
    return row | {"kind": entry.kind.value, "facts": _document(entry)}


def entry_from(row: Mapping[str, Any]) -> Entry:
    """Return the entry of a row; moments without a time zone, as SQLite gives them, are UTC.

    Rows of early releases say nothing of public days, nor of what was told before.
    """
    document = row["facts"]
    facts = dict(document["says"])
    facts |= {"place": Place(**facts["place"]), "tracks": tuple(facts["tracks"])}
    columns = {name: row[name] for name in COLUMNS}
    return Entry(
        **columns
        | {
            "kind": Kind(row["kind"]),
            "created_at": _in_utc(row["created_at"]),
            "changed_at": _in_utc(row["changed_at"]),
            "subject": document["subject"],
            "farewell": document["farewell"],
            "hidden": document["hidden"],
            "tracks": tuple(document["tracks"]),
            "must_attend": tuple(document["must_attend"]),
            "home": document.get("home", ""),
            "holidays": document.get("holidays", ""),
            "past": tuple(map(_earlier_from, document.get("past", ()))),
            "facts": Facts(**facts),
        }
    )


def _earlier_document(entry: Entry) -> dict[str, Any]:
    """Return an entry of a past as a document, its days and moments spelled."""
    row = row_of(entry)
    return row | {name: row[name].isoformat() for name in (*_MOMENTS, *_DAYS)}


def _earlier_from(document: Mapping[str, Any]) -> Entry:
    days = {name: dt.date.fromisoformat(document[name]) for name in _DAYS}
    moments = {name: dt.datetime.fromisoformat(document[name]) for name in _MOMENTS}
    return entry_from({**document, **days, **moments})


def _document(entry: Entry) -> dict[str, Any]:
    return {
        "subject": entry.subject,
        "farewell": entry.farewell,
        "hidden": entry.hidden,
        "tracks": list(entry.tracks),
        "must_attend": list(entry.must_attend),
        "home": entry.home,
        "holidays": entry.holidays,
        "past": list(map(_earlier_document, entry.past)),
        "says": _facts_document(entry.facts),
    }


def _facts_document(facts: Facts) -> dict[str, Any]:
    return {
        "programme": _text(facts.programme),
        "place": {
            "zone": _text(facts.place.zone),
            "floor": _text(facts.place.floor),
            "building": _text(facts.place.building),
            "site": _text(facts.place.site),
            "address": _text(facts.place.address),
        },
        "event": _text(facts.event),
        "researcher": _text(facts.researcher),
        "institution": _text(facts.institution),
        "host": _text(facts.host),
        "host_institution": _text(facts.host_institution),
        "tracks": [_text(track) for track in facts.tracks],
        "colour": facts.colour,
        "slot": _text(facts.slot),
        "pool": _text(facts.pool),
        "gpus": facts.gpus,
    }


def _text(text: Text) -> str | dict[str, str]:
    return text if isinstance(text, str) else dict(text)


def _in_utc(moment: dt.datetime) -> dt.datetime:
    if moment.tzinfo is None:
        return moment.replace(tzinfo=dt.UTC)
    return moment.astimezone(dt.UTC)
