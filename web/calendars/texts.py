"""The sentences of an entry in its reader's language, out of the entry's facts."""

from __future__ import annotations

import re

from web.calendars.entries import Entry, Facts, Kind, Text
from web.calendars.wording import Wording, wording_in

_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_UNSPEAKABLE = re.compile("[\x00-\x1f\x7f-\x9f\ufeff\ud800-\udfff]")


def one_line(text: str) -> str:
    """Return a text on one line: breaks become a space, other control characters go.

    Byte order marks and halves of surrogate pairs, which no file can hold, go too.
    """
    return _UNSPEAKABLE.sub("", _BREAKS.sub(" ", text))


def said(text: Text, language: str) -> str:
    """Return a person's text in a language, else in English, else as it is, on one line."""
    if isinstance(text, str):
        return one_line(text)
    short = language.replace("_", "-").split("-")[0]
    chosen = text.get(language) or text.get(short) or text.get("en")
    return one_line(chosen or next(iter(text.values()), ""))


def summary_of(entry: Entry, language: str) -> str:
    """Return the one line that a calendar shows; a cancelled one says so."""
    wording = wording_in(language)
    facts = entry.facts
    if entry.kind is Kind.EVENT:
        summary = said(facts.event, language)
    else:
        summary = wording.residency.format(
            researcher=said(facts.researcher, language), zone=said(facts.place.zone, language)
        )
    return wording.cancelled.format(summary=summary) if entry.cancelled else summary


def location_of(facts: Facts, language: str) -> str:
    """Return the place in the order in which the language writes an address."""
    place = facts.place
    names = [place.zone, place.floor, place.building, place.site, place.address]
    parts = [part for name in names if (part := said(name, language))]
    distinct = list(dict.fromkeys(parts))
    wording = wording_in(language)
    return wording.comma.join(reversed(distinct) if wording.largest_first else distinct)


def description_of(entry: Entry, language: str, page_url: str | None) -> str:
    """Return all that is known of the entry, a fact a line, and where to read more."""
    wording = wording_in(language)
    lines = [wording.gone] if entry.cancelled else []
    facts = _facts_lines(entry, language, wording)
    if page_url:
        facts.append((wording.page, one_line(page_url)))
    lines += [wording.line.format(label=label, text=text) for label, text in facts if text]
    return "\n".join(lines)


def _facts_lines(entry: Entry, language: str, wording: Wording) -> list[tuple[str, str]]:
    """Return label and text of each line; a fact that is not given has no text."""
    facts = entry.facts
    is_event = entry.kind is Kind.EVENT
    tracks = wording.comma.join(said(track, language) for track in facts.tracks)
    span = wording.span.format(first_day=entry.first_day, last_day=entry.last_day)
    days = str(entry.first_day) if entry.first_day == entry.last_day else span
    host = [said(facts.host, language), said(facts.host_institution, language)]
    return [
        (wording.event, said(facts.event, language)),
        (wording.researcher, said(facts.researcher, language)),
        (wording.institution, said(facts.institution, language)),
        (wording.invited if is_event else wording.track, tracks or wording.all_tracks),
        (wording.host, wording.comma.join(filter(None, host))),
        (wording.slot, said(facts.slot, language)),
        (wording.days if is_event else wording.stay, days),
        (wording.place, location_of(facts, language)),
        (wording.computing, computing_of(facts, language)),
        (wording.programme, said(facts.programme, language)),
    ]


def computing_of(facts: Facts, language: str) -> str:
    """Return the computing that goes with a stay; empty where none does."""
    pool = said(facts.pool, language)
    return wording_in(language).gpus.format(pool=pool, gpus=facts.gpus) if pool else ""
