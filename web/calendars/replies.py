"""Reads somebody's answer to an invitation (iTIP's REPLY) as calendar programs write it.

Who proposes other days instead (COUNTER) says perhaps, or no, and the days stand in the note.
Nobody here has checked the file, and all that is wanted are a few lines of it. So only its lines
are taken apart, by icalendar: no component is built, no repetition or time zone is worked out,
and nothing in it can take long.
"""

from __future__ import annotations

import codecs
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import unquote

from icalendar.parser import Contentline, Contentlines, Parameters

from web.calendars.texts import LONGEST_NOTE, noted

LARGEST_REPLY = 256 * 1024
BEFORE = "\ufeff\r\n\t "
"""What may stand before a calendar begins."""

_LONGEST_LINE = 32 * 1024
_READ = frozenset(
    {"METHOD", "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "ATTENDEE", "COMMENT"}
)
_OPENING = re.compile(r"(BEGIN|END):\s*(\S*)\s*", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,9}")
_NAME = re.compile(r"[A-Za-z0-9-]+")
_ESCAPE = re.compile(r"\\(.)")
_NO_CHARSETS = frozenset({"idna", "punycode"})
"""Codecs that take long, and in which nobody writes."""


class Answer(StrEnum):
    """What somebody says to an invitation."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"


class Fault(StrEnum):
    """Why a file is no answer that could be taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    NO_CALENDAR = "no_calendar"
    WINMAIL = "winmail"
    BROKEN = "broken"
    BOUNCE = "bounce"
    AUTOMATIC = "automatic"
    INVITATION = "invitation"
    DELEGATED = "delegated"
    NO_ANSWER = "no_answer"
    SEVERAL = "several"


class UnreadableReply(ValueError):
    """A file that is no reply to an invitation; ``fault`` says what it is instead."""

    def __init__(self, fault: Fault) -> None:
        """Keep what it was."""
        self.fault = fault
        super().__init__(fault.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One person's answer to one entry, as it was when they were asked.

    ``answered_at`` is when their program says that they answered, None where it does not. One
    that ``proposes`` other days names them in the note.
    """

    uid: str
    sequence: int
    address: str
    answer: Answer
    note: str = ""
    answered_at: dt.datetime | None = None
    proposes: bool = False


class _Line(NamedTuple):
    """A property with its parameters; the value is as it stands."""

    name: str
    params: Parameters
    value: str


def read_reply(data: bytes, *, charset: str | None = None) -> Reply:
    """Return what a calendar file says that is a reply; ``charset`` is the one it claims.

    Raises:
        UnreadableReply: It is no calendar, no reply, or names no answer.
    """
    if len(data) > LARGEST_REPLY:
        raise UnreadableReply(Fault.TOO_LARGE)
    calendar, events = _properties(decoded(data, charset).lstrip(BEFORE))
    method = _first(calendar, "METHOD").upper()
    if method == "REFRESH":
        raise UnreadableReply(Fault.NO_ANSWER)
    if method not in {"REPLY", "COUNTER"}:
        raise UnreadableReply(Fault.INVITATION if events else Fault.NO_CALENDAR)
    if len(events) != 1:
        raise UnreadableReply(Fault.SEVERAL if events else Fault.BROKEN)
    return _reply_of(events[0], proposes=method == "COUNTER")


def decoded(data: bytes, charset: str | None) -> str:
    """Return a file's text in the charset that it claims, else in one that fits; without NUL."""
    for name in ("utf-8-sig", "utf-16") if _begins_with_a_mark(data) else (charset, "utf-8"):
        with suppress(LookupError, ValueError):
            if name and codecs.lookup(name).name not in _NO_CHARSETS:
                return data.decode(name).replace("\0", "")
    return data.decode("latin-1").replace("\0", "")


def _begins_with_a_mark(data: bytes) -> bool:
    return data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


_Properties = dict[str, list[_Line]]


def _properties(text: str) -> tuple[_Properties, list[_Properties]]:
    """Return the lines that are read of the calendar itself, and of each of its events."""
    calendar: _Properties = defaultdict(list)
    events: list[_Properties] = []
    path: list[str] = []
    lines = Contentlines.from_ical(text)  # type: ignore[no-untyped-call]  # icalendar's own
    for line in lines:
        opening = _OPENING.fullmatch(line)
        if opening is None:
            if path == ["VCALENDAR"]:
                _take(line, calendar)
            elif path == ["VCALENDAR", "VEVENT"]:
                _take(line, events[-1])
        elif opening[1].upper() == "END":
            del path[-1:]
        else:
            path.append(opening[2].upper())
            if path == ["VCALENDAR", "VEVENT"]:
                events.append(defaultdict(list))
    return calendar, events


def _take(line: Contentline, properties: _Properties) -> None:
    """Keep a line that is one of those which are read."""
    named = _NAME.match(line.lstrip())
    name = "" if named is None else named[0].upper()
    if name not in _READ:
        return
    if len(line) > _LONGEST_LINE:
        raise UnreadableReply(Fault.BROKEN)
    try:
        _name, params, value = line.raw_parts()
    except ValueError:
        raise UnreadableReply(Fault.BROKEN) from None
    properties[name].append(_Line(name, params, value.strip()))


def _reply_of(event: _Properties, *, proposes: bool) -> Reply:
    attendees = {(line.value, *sorted(map(str, line.params.items()))) for line in event["ATTENDEE"]}
    if len(attendees) > 1:
        raise UnreadableReply(Fault.SEVERAL)
    uid, sequence = _first(event, "UID"), _first(event, "SEQUENCE") or "0"
    if not (uid and attendees and _NUMBER.fullmatch(sequence)):
        raise UnreadableReply(Fault.BROKEN)
    attendee = event["ATTENDEE"][0]
    said = [_unescaped(line.value) for line in event["COMMENT"]]
    note = "\n".join(said) or _param(attendee, "X-RESPONSE-COMMENT")
    return Reply(
        uid=_unescaped(uid),
        sequence=int(sequence),
        address=_address_of(attendee),
        answer=_answer_of(attendee, proposes=proposes),
        note=_note(f"{_proposed(event)}\n{note}" if proposes else note),
        answered_at=_moment(_first(event, "DTSTAMP")),
        proposes=proposes,
    )


def _answer_of(attendee: _Line, *, proposes: bool) -> Answer:
    said = _param(attendee, "PARTSTAT").strip().lower()
    if said == "delegated":
        raise UnreadableReply(Fault.DELEGATED)
    if proposes and said != Answer.DECLINED:
        return Answer.TENTATIVE
    if said not in set(Answer):
        raise UnreadableReply(Fault.NO_ANSWER)
    return Answer(said)


def _address_of(attendee: _Line) -> str:
    """Return the address in a ``mailto:``; some programs write it in a parameter instead."""
    scheme, colon, address = attendee.value.partition(":")
    if not colon or scheme.strip().lower() != "mailto":
        address = _param(attendee, "EMAIL") or attendee.value
    return unquote(address).strip().strip("<>").lower()


def _proposed(event: _Properties) -> str:
    """Return the days that are proposed, in no language; empty where they cannot be read.

    The end that a calendar names is no part of them.
    """
    first, end = (_local(_first(event, name)) for name in ("DTSTART", "DTEND"))
    if first is None:
        return ""
    last = first if end is None or end <= first else end - dt.timedelta.resolution
    days = dict.fromkeys((first.date().isoformat(), last.date().isoformat()))
    return "\u2192 " + " \u2013 ".join(days)


def _local(value: str) -> dt.datetime | None:
    """Return a day's beginning or a moment on a clock; of which one does not matter here."""
    for form in ("%Y%m%d", "%Y%m%dT%H%M%S"):
        with suppress(ValueError):
            return dt.datetime.strptime(value, form)  # noqa: DTZ007 - its clock is not ours to know
    return None


def _moment(value: str) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)
    except ValueError:
        return None


def _note(text: str) -> str:
    """Return a note, as much of it as is kept: nobody can be asked to shorten a mail."""
    return noted(text)[:LONGEST_NOTE].rstrip()


def _first(properties: _Properties, name: str) -> str:
    return next(_values(properties, name), "")


def _values(properties: _Properties, name: str) -> Iterator[str]:
    return (line.value for line in properties.get(name, ()))


def _param(line: _Line, name: str) -> str:
    found = line.params.get(name, "")
    return found if isinstance(found, str) else ",".join(map(str, found))


def _unescaped(value: str) -> str:
    """Return a text as it was before it was escaped."""
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
