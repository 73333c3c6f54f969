"""The sentences of an entry in its reader's language, out of the entry's facts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from babel.dates import format_date

from web.calendars.entries import Entry, Facts, Kind, Text
from web.calendars.wording import Wording, spoken_language, wording_in

LONGEST_NOTE = 4000
"""So many characters of a note are kept."""

_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_UNSPEAKABLE = re.compile("[\x00-\x1f\x7f-\x9f\ufeff\ud800-\udfff]")


def one_line(text: str) -> str:
    """Return a text on one line: breaks become a space, other control characters go.

    Byte order marks and halves of surrogate pairs, which no file can hold, go too.
    """
    return _UNSPEAKABLE.sub("", _BREAKS.sub(" ", text))


def noted(text: str) -> str:
    """Return a note that somebody wrote: its lines, without what nobody could read."""
    return "\n".join(map(one_line, text.splitlines())).strip()


def said(text: Text, language: str) -> str:
    """Return a person's text in a language, else in English, else as it is, on one line."""
    if isinstance(text, str):
        return one_line(text)
    short = language.replace("_", "-").split("-")[0]
    chosen = text.get(language) or text.get(short) or text.get("en")
    return one_line(chosen or next(iter(text.values()), ""))


def summary_of(entry: Entry, language: str) -> str:
    """Return the one line that a calendar shows; a cancelled one says so."""
    summary = _SUMMARIES[entry.kind](entry.facts, language, wording_in(language))
    if entry.cancelled:
        return wording_in(language).cancelled.format(summary=summary)
    return summary


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
    gone = wording.gone_holiday if entry.kind is Kind.HOLIDAY else wording.gone
    lines = [gone] if entry.cancelled else []
    facts = _LINES[entry.kind](entry, language, wording)
    if page_url:
        facts.append((wording.page, one_line(page_url)))
    lines += [wording.line.format(label=label, text=text) for label, text in facts if text]
    return "\n".join(lines)


def computing_of(facts: Facts, language: str) -> str:
    """Return the computing that goes with a stay; empty where none does."""
    pool = said(facts.pool, language)
    return wording_in(language).gpus.format(pool=pool, gpus=facts.gpus) if pool else ""


Lines = list[tuple[str, str]]
"""Label and text of each line; a fact that is not given has no text."""


def _stay_summary(facts: Facts, language: str, wording: Wording) -> str:
    return wording.residency.format(
        researcher=said(facts.researcher, language), zone=said(facts.place.zone, language)
    )


def _event_summary(facts: Facts, language: str, _wording: Wording) -> str:
    return said(facts.event, language)


def _arrival_summary(facts: Facts, language: str, wording: Wording) -> str:
    return wording.arrival.format(where=_where(facts, language, wording))


def _departure_summary(facts: Facts, language: str, wording: Wording) -> str:
    return wording.departure.format(where=_where(facts, language, wording))


def _holiday_summary(facts: Facts, language: str, wording: Wording) -> str:
    country = said(facts.place.site, language)
    return wording.holiday.format(name=said(facts.event, language), country=country)


def _busy_summary(_facts: Facts, _language: str, wording: Wording) -> str:
    return wording.busy


def _where(facts: Facts, language: str, wording: Wording) -> str:
    """Return who comes, unless it is the reader, and where to."""
    names = (facts.researcher, facts.place.zone, facts.place.site)
    return wording.comma.join(part for name in names if (part := said(name, language)))


def _stay_lines(entry: Entry, language: str, wording: Wording) -> Lines:
    facts = entry.facts
    return [
        (wording.researcher, said(facts.researcher, language)),
        (wording.institution, said(facts.institution, language)),
        (wording.track, _tracks(facts, language, wording)),
        (wording.host, _person(facts.host, facts.host_institution, language)),
        (wording.slot, said(facts.slot, language)),
        (wording.stay, _days(entry, language, wording)),
        (wording.place, location_of(facts, language)),
        (wording.computing, computing_of(facts, language)),
        (wording.programme, said(facts.programme, language)),
    ]


def _event_lines(entry: Entry, language: str, wording: Wording) -> Lines:
    facts = entry.facts
    return [
        (wording.event, said(facts.event, language)),
        (wording.invited, _tracks(facts, language, wording)),
        (wording.days, _days(entry, language, wording)),
        (wording.place, location_of(facts, language)),
        (wording.programme, said(facts.programme, language)),
    ]


def _arrival_lines(entry: Entry, language: str, wording: Wording) -> Lines:
    facts = entry.facts
    host = _person(facts.host, facts.host_institution, language)
    researcher = _person(facts.researcher, facts.institution, language)
    return [
        (wording.where_to_go, location_of(facts, language)),
        (wording.whom_to_meet, host or researcher),
        (wording.programme, said(facts.programme, language)),
    ]


def _departure_lines(entry: Entry, language: str, wording: Wording) -> Lines:
    facts = entry.facts
    return [
        (wording.researcher, _person(facts.researcher, facts.institution, language)),
        (wording.host, _person(facts.host, facts.host_institution, language)),
        (wording.place, location_of(facts, language)),
        (wording.programme, said(facts.programme, language)),
    ]


def _holiday_lines(entry: Entry, language: str, wording: Wording) -> Lines:
    return [(wording.public_holiday, said(entry.facts.place.site, language))]


def _busy_lines(entry: Entry, language: str, wording: Wording) -> Lines:
    return [(wording.days, _days(entry, language, wording))]


def _tracks(facts: Facts, language: str, wording: Wording) -> str:
    named = wording.comma.join(said(track, language) for track in facts.tracks)
    return named or wording.all_tracks


def _person(name: Text, institution: Text, language: str) -> str:
    parts = (said(name, language), said(institution, language))
    return wording_in(language).comma.join(filter(None, parts))


def _days(entry: Entry, language: str, wording: Wording) -> str:
    first_day = _day(entry.first_day, spoken_language(language))
    if entry.first_day == entry.last_day:
        return first_day
    last_day = _day(entry.last_day, spoken_language(language))
    return wording.span.format(first_day=first_day, last_day=last_day)


@lru_cache(maxsize=4096)
def _day(day: dt.date, language: str) -> str:
    return str(format_date(day, "long", locale=language))


_SUMMARIES: Mapping[Kind, Callable[[Facts, str, Wording], str]] = {
    Kind.RESIDENCY: _stay_summary,
    Kind.EVENT: _event_summary,
    Kind.ARRIVAL: _arrival_summary,
    Kind.DEPARTURE: _departure_summary,
    Kind.HOLIDAY: _holiday_summary,
    Kind.BUSY: _busy_summary,
}

_LINES: Mapping[Kind, Callable[[Entry, str, Wording], Lines]] = {
    Kind.RESIDENCY: _stay_lines,
    Kind.EVENT: _event_lines,
    Kind.ARRIVAL: _arrival_lines,
    Kind.DEPARTURE: _departure_lines,
    Kind.HOLIDAY: _holiday_lines,
    Kind.BUSY: _busy_lines,
}
