"""Somebody's own calendar file before it is read: what it is, and what of it matters.

Nobody here has checked the file, so it is cut down first: to its events, and of each to the lines
that say when it is and what it is called. Notes, guests, alarms and attachments, by far the most
of such a file, are left out unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

LARGEST_FILE = 10 * 1024 * 1024
MOST_EVENTS = 20_000
MOST_ZONE_LINES = 5_000
DEEPEST = 8
LONGEST_LINE = 100_000
LONGEST_TEXT = 200

_KEPT = re.compile(
    r"(?:DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|RECURRENCE-ID|UID|SEQUENCE|SUMMARY|STATUS"
    r"|TRANSP)[;:]",
    re.IGNORECASE,
)
_SUMMARY = re.compile(r"SUMMARY[;:]", re.IGNORECASE)
_BORDER = re.compile(r"(BEGIN|END):\s*([A-Z-]+)\s*\Z", re.IGNORECASE)
_HOME = re.compile(r"X-WR-TIMEZONE(?:;[^:]*)?:(.*)", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_FOLD = re.compile(r"\n[ \t]")
_MARKUP = re.compile(r"\s*<(?:!doctype|html|\?xml|head|body)", re.IGNORECASE)


class UnreadableCalendar(ValueError):
    """A file that cannot be read as a calendar; ``why`` is one of the class's constants."""

    EMPTY = "empty"
    WEB_PAGE = "web-page"
    ARCHIVE = "archive"
    NO_CALENDAR = "no-calendar"
    BROKEN_OFF = "broken-off"
    TOO_LARGE = "too-large"
    TOO_DEEP = "too-deep"
    TOO_MANY_EVENTS = "too-many-events"
    TOO_LONG = "too-long"

    def __init__(self, why: str) -> None:
        """Remember why."""
        self.why = why
        super().__init__(why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """What matters of one calendar in a file: time zones, events, and the owner's own zone."""

    zones: list[str] = field(default_factory=list)
    events: list[list[str]] = field(default_factory=list)
    home: str | None = None


def calendars_in(data: bytes) -> tuple[Lines, ...]:
    """Return the calendars of a file, each cut down to what says when its owner is busy.

    Raises:
        UnreadableCalendar: It is no calendar, or more than anybody's own calendar would be.
    """
    if len(data) > LARGEST_FILE:
        raise UnreadableCalendar(UnreadableCalendar.TOO_LARGE)
    text = _text(data)
    if not text.strip():
        raise UnreadableCalendar(UnreadableCalendar.EMPTY)
    if _MARKUP.match(text):
        raise UnreadableCalendar(UnreadableCalendar.WEB_PAGE)
    cutter = _Cutter()
    for line in _FOLD.sub("", text).split("\n"):
        cutter.take(line)
    return cutter.finished()


def _text(data: bytes) -> str:
    """Return the text of a file in whatever encoding calendars are written, each line ended by LF.

    A carriage return by itself ends a line only where nothing else does.
    """
    if data.startswith((b"PK\x03\x04", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")):
        raise UnreadableCalendar(UnreadableCalendar.ARCHIVE)
    text = _decoded(data)
    if "\n" not in text:
        text = text.replace("\r", "\n")
    return _CONTROL.sub("", text)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for start, encoding in ((b"B\0E\0G\0", "utf-16-le"), (b"\0B\0E\0G", "utf-16-be")):
        if data.startswith(start):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


class _Cutter:
    """Takes lines one by one, and keeps what matters of them."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._calendars: list[Lines] = []
        self._zones: list[str] = []
        self._events: list[list[str]] = []
        self._home: str | None = None
        self._count = 0

    def take(self, line: str) -> None:
        border = _BORDER.match(line)
        if border is not None:
            self._cross(border[1].upper() == "BEGIN", border[2].upper())
        elif self._is_within("VTIMEZONE"):
            self._zones.append(line)
            if len(self._zones) > MOST_ZONE_LINES:
                raise UnreadableCalendar(UnreadableCalendar.TOO_MANY_EVENTS)
        elif self._open == ["VCALENDAR", "VEVENT"]:
            if _KEPT.match(line):
                self._events[-1].append(_cut(line))
        elif self._open == ["VCALENDAR"] and (home := _HOME.match(line)):
            self._home = home[1].strip()

    def finished(self) -> tuple[Lines, ...]:
        if self._open:
            raise UnreadableCalendar(UnreadableCalendar.BROKEN_OFF)
        if not self._calendars:
            raise UnreadableCalendar(UnreadableCalendar.NO_CALENDAR)
        return tuple(self._calendars)

    def _cross(self, is_begin: bool, name: str) -> None:
        if is_begin:
            self._begin(name)
        elif name in self._open:
            while self._open.pop() != name:
                pass
            if self._is_within("VTIMEZONE") or name == "VTIMEZONE":
                self._zones.append(f"END:{name}")
            if not self._open:
                self._close()

    def _begin(self, name: str) -> None:
        if not self._open and name != "VCALENDAR":
            return
        self._open.append(name)
        if len(self._open) > DEEPEST:
            raise UnreadableCalendar(UnreadableCalendar.TOO_DEEP)
        if self._is_within("VTIMEZONE"):
            self._zones.append(f"BEGIN:{name}")
        elif self._open == ["VCALENDAR", "VEVENT"]:
            self._events.append([])
            self._count += 1
            if self._count > MOST_EVENTS:
                raise UnreadableCalendar(UnreadableCalendar.TOO_MANY_EVENTS)

    def _close(self) -> None:
        self._calendars.append(Lines(zones=self._zones, events=self._events, home=self._home))
        self._zones, self._events, self._home = [], [], None

    def _is_within(self, name: str) -> bool:
        return self._open[1:2] == [name]


def _cut(line: str) -> str:
    """Return a line no longer than anybody would write it; a title is cut."""
    if _SUMMARY.match(line):
        return line[: LONGEST_TEXT * 4].rstrip("\\")
    return line[:LONGEST_LINE]


def spelled(calendar: Lines, events: Iterable[list[str]]) -> str:
    """Return a calendar of some of its events, to be parsed."""
    lines = ["BEGIN:VCALENDAR", *calendar.zones]
    for event in events:
        lines += ("BEGIN:VEVENT", *event, "END:VEVENT")
    return "\r\n".join([*lines, "END:VCALENDAR", ""])
