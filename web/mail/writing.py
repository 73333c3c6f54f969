"""Writes what somebody is told of a stay, out of what calendars showed before and show now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from babel.dates import format_date, format_interval

from models.mail_store import MailKind
from web.calendars.entries import Entry
from web.calendars.texts import computing_of, location_of, said
from web.calendars.wording import wording_in
from web.mail.wording import mail_wording_in

LINK = "{link}"
"""Stands in a mail's text for the private link until it is sent: no link lies in the database."""

CALENDAR = "{calendar}"
"""Stands for what is said of the calendar that goes along, a file or an invitation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """Subject and text of a mail; ``LINK`` stands for the private link."""

    subject: str
    text: str


def write_new(entry: Entry, language: str) -> Writing:
    """Write to somebody who has a stay for the first time."""
    wording = mail_wording_in(language)
    return _write(_Told(entry, entry, language), wording.new_subject, wording.new)


def write_moved(before: Entry, entry: Entry, language: str) -> Writing:
    """Write to somebody whose stay is another than we told before."""
    wording = mail_wording_in(language)
    return _write(_Told(before, entry, language), wording.moved_subject, wording.moved)


def write_cancelled(entry: Entry, language: str) -> Writing:
    """Write to somebody whose stay no longer takes place."""
    wording = mail_wording_in(language)
    return _write(_Told(entry, entry, language), wording.cancelled_subject, wording.cancelled)


def with_link(text: str, url: str | None) -> str:
    """Return a mail's text with the private link in its place; lines that need one go without."""
    if url is not None:
        return text.replace(LINK, url)
    return "\n".join(line for line in text.split("\n") if LINK not in line)


def say_calendar(text: str, language: str, *, kind: MailKind, is_invitation: bool) -> str:
    """Return a mail's text with what is said of the calendar that goes along in its place."""
    wording = mail_wording_in(language)
    if kind is MailKind.CANCELLED:
        words = wording.cancelled_invitation if is_invitation else wording.cancelled_calendar
    else:
        words = wording.invitation if is_invitation else wording.calendar
    return text.replace(CALENDAR, words)


def say_days(first_day: dt.date, last_day: dt.date, language: str) -> str:
    """Say a range of days as a language writes it."""
    return str(format_interval(first_day, last_day, "yMMMd", locale=language))


class _Told(NamedTuple):
    """A stay as it was told before and as it is now, and in which language to say so."""

    before: Entry
    now: Entry
    language: str


def _write(told: _Told, subject: str, opening: str) -> Writing:
    entry, language = told.now, told.language
    wording = mail_wording_in(language)
    programme = said(entry.facts.programme, language)
    days = say_days(entry.first_day, entry.last_day, language)
    parts = [
        wording.greeting.format(name=said(entry.facts.researcher, language)),
        opening.format(programme=programme),
        "\n".join(_lines(told)),
        f"{wording.page}\n{wording.private}",
        CALENDAR,
        wording.reply,
        wording.closing.format(programme=programme),
    ]
    return Writing(
        subject=subject.format(programme=programme, days=days), text="\n\n".join(parts) + "\n"
    )


def _lines(told: _Told) -> list[str]:
    """Return the facts of a stay, one a line, what they were where that is something else."""
    wording = mail_wording_in(told.language)
    was, now = _facts(told.before, told.language), _facts(told.now, told.language)
    lines = []
    for label, text in now.items():
        if not (text or was[label]):
            continue
        words = text or wording.none
        if text != was[label]:
            words = wording.was.format(now=words, was=was[label] or wording.none)
        lines.append("  " + wording.line.format(label=label, text=words))
    return lines


def _facts(entry: Entry, language: str) -> dict[str, str]:
    """Return what somebody has to know of a stay, by its label."""
    wording, facts = mail_wording_in(language), entry.facts
    comma = wording_in(language).comma
    host = [said(facts.host, language), said(facts.host_institution, language)]
    return {
        wording.first_day: format_date(entry.first_day, "full", locale=language),
        wording.last_day: format_date(entry.last_day, "full", locale=language),
        wording.place: location_of(facts, language),
        wording.host: comma.join(filter(None, host)),
        wording.computing: computing_of(facts, language),
    }
