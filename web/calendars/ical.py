"""The spelling of a calendar in iCalendar (RFC 5545, RFC 7986), the same bytes every time.

Nothing here asks the clock or invents an id. Whole days only: an entry has neither time zone nor
recurrence, and the file's time zone is there so that an empty calendar has a component.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from icalendar import Calendar, Event, Timezone, vText, vUri

from web.calendars.colours import css_name
from web.calendars.entries import Entry, Kind, in_order
from web.calendars.folding import fold, folded_bytes
from web.calendars.past import last_told
from web.calendars.texts import description_of, location_of, one_line, summary_of
from web.calendars.timezones import NoYearlyRule, vtimezone

PRODID = "-//Sarangchae//Residencies//EN"
MAX_BYTES = 1_000_000
"""Google reads no more of a feed."""

KEEP_PAST_DAYS = 730
REFRESH = dt.timedelta(hours=6)

_DAY = dt.timedelta(days=1)
_END = b"END:VCALENDAR\r\n"

_NOBODYS = {Kind.HOLIDAY, Kind.BUSY}
"""Kinds of entries that lead to nobody's page."""

_WHOLE_DAY = {"VALUE": "DATE"}

Property = tuple[str, Mapping[str, str], str]
"""Name, parameters and value of a property, spelled."""


class ExactText(vText):
    """A text that is read back as it was; icalendar takes a backslash and N for a line break."""

    def to_ical(self) -> bytes:
        """Return the escaped bytes."""
        return escaped(self).encode()


class Spelled(vText):
    """A value that is spelled already."""

    def to_ical(self) -> bytes:
        """Return its bytes."""
        return self.encode()


def escaped(text: str) -> str:
    """Return a text as a property's value."""
    spelled = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return spelled.replace("\n", "\\n")


def spell(
    entries: Iterable[Entry],
    *,
    name: str,
    language: str,
    calendar_uid: str,
    timezone: str,
    as_of: dt.date,
    source_url: str | None = None,
    page_url: str | None = None,
    keep_past_days: int = KEEP_PAST_DAYS,
    prodid: str = PRODID,
) -> bytes:
    """Return the bytes of a calendar to subscribe to.

    ``as_of`` is the day from which the past is counted, that of the release say; what ended more
    than ``keep_past_days`` earlier is left out, and more of the past where the file would not
    stay under ``MAX_BYTES``. What is still to come is always there. ``source_url`` is the feed's
    own address, ``page_url`` the page on which its reader learns more.
    """
    calendar = head_of(timezone, prodid)
    calendar.add("uid", ExactText(one_line(calendar_uid)))
    calendar.add("name", ExactText(one_line(name)))
    calendar.add("x-wr-calname", ExactText(one_line(name)))
    calendar.add("x-wr-timezone", ExactText(timezone))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    if source_url:
        calendar.add("source", vUri(one_line(source_url)), parameters={"VALUE": "URI"})
    if page_url:
        calendar.add("url", vUri(one_line(page_url)))
    first_day = dt.date.fromordinal(max(1, as_of.toordinal() - keep_past_days))
    head = _named_quietly(folded_bytes(calendar))
    shown = [entry for entry in in_order(entries) if entry.last_day >= first_day]
    events = [event_bytes(last_told(entry, language), language, page_url) for entry in shown]
    return joined(head, _that_fit(shown, events, as_of, room=MAX_BYTES - len(head)))


def spell_download(
    entry: Entry,
    *,
    language: str,
    timezone: str,
    page_url: str | None = None,
    prodid: str = PRODID,
) -> bytes:
    """Return the bytes of a file with one entry, to be taken over into a calendar once."""
    head = folded_bytes(head_of(timezone, prodid))
    return joined(head, [event_bytes(last_told(entry, language), language, page_url)])


def spell_mail(
    entries: Iterable[Entry],
    *,
    language: str,
    timezone: str,
    organizer: tuple[str, str] | None = None,
    page_url: str | None = None,
    prodid: str = PRODID,
) -> bytes:
    """Return the bytes of a file that goes along with a mail: somebody's entries, as published.

    ``organizer`` is the name and the address of who publishes. Without one it is a plain file:
    RFC 5546 asks for an organizer in each event of what is published.
    """
    head = head_of(timezone, prodid)
    if organizer is not None:
        head.add("method", "PUBLISH")
    events = []
    for entry in in_order(entries):
        event = event_of(last_told(entry, language), language, page_url)
        if organizer is not None:
            name, address = organizer
            event.add("organizer", f"mailto:{address}", parameters={"CN": one_line(name)})
        events.append(folded_bytes(event))
    return joined(folded_bytes(head), events)


def etag_of(body: bytes) -> str:
    """Return the strong tag of a body, without the quotes that the header puts around it."""
    return hashlib.sha256(body).hexdigest()


def head_of(timezone: str, prodid: str = PRODID) -> Calendar:
    """Return a calendar without events."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", ExactText(one_line(prodid)))
    calendar.add_component(_timezone(timezone))
    return calendar


def _timezone(timezone: str) -> Timezone:
    """Return the time zone; UTC's where it has no yearly rule, for whole days never read it."""
    try:
        return vtimezone(timezone)
    except NoYearlyRule:
        return vtimezone("UTC")


def event_of(entry: Entry, language: str, page_url: str | None) -> Event:
    """Return an entry as an event."""
    event = Event()
    for name, parameters, value in _properties(entry, language, page_url):
        event.add(name, Spelled(value), parameters=dict(parameters))
    return event


def event_bytes(entry: Entry, language: str, page_url: str | None) -> bytes:
    """Return the bytes of an entry as an event; a long calendar has no time to build components."""
    lines = ["BEGIN:VEVENT"]
    for name, parameters, value in _properties(entry, language, page_url):
        named = "".join(f";{key}={text}" for key, text in parameters.items())
        lines.append(fold(f"{name}{named}:{value}"))
    lines.append("END:VEVENT\r\n")
    return "\r\n".join(lines).encode()


def _properties(entry: Entry, language: str, page_url: str | None) -> Iterator[Property]:
    """Yield the properties of an event in the order in which icalendar writes them."""
    address = None if entry.kind in _NOBODYS else page_url
    changed = _moment(entry.changed_at)
    location = location_of(entry.facts, language)
    colour = css_name(entry.facts.colour)
    yield "SUMMARY", {}, escaped(summary_of(entry, language))
    yield "DTSTART", _WHOLE_DAY, _day(entry.first_day)
    yield "DTEND", _WHOLE_DAY, _day(entry.last_day + _DAY)
    yield "DTSTAMP", {}, changed
    yield "UID", {}, escaped(entry.uid)
    yield "SEQUENCE", {}, str(entry.sequence)
    if colour:
        yield "COLOR", {}, colour
    yield "CREATED", {}, _moment(entry.created_at)
    yield "DESCRIPTION", {}, escaped(description_of(entry, language, address))
    yield "LAST-MODIFIED", {}, changed
    if location:
        yield "LOCATION", {}, escaped(location)
    yield "STATUS", {}, "CANCELLED" if entry.cancelled else "CONFIRMED"
    yield "TRANSP", {}, "OPAQUE" if _takes_time(entry) else "TRANSPARENT"
    if address:
        yield "URL", {}, one_line(address)


def _takes_time(entry: Entry) -> bool:
    """Tell whether its days count as taken: those of a calendar that says nothing else do."""
    return entry.kind is Kind.BUSY and not entry.cancelled


def _day(day: dt.date) -> str:
    return day.isoformat().replace("-", "")


def _moment(moment: dt.datetime) -> str:
    """Return a moment of UTC in whole seconds, as every entry bears it."""
    return moment.isoformat().replace("-", "").replace(":", "")[:15] + "Z"


def _named_quietly(head: bytes) -> bytes:
    """Return a calendar's head with its own id's name in small letters, which mean the same.

    vdirsyncer takes the first UID in capitals for that of an event: of a whole feed it would keep
    one event alone.
    """
    return head.replace(b"\r\nUID:", b"\r\nuid:", 1)


def _that_fit(
    entries: Sequence[Entry], events: Sequence[bytes], as_of: dt.date, *, room: int
) -> list[bytes]:
    """Return the events without those of the past, oldest first, that would make them too many."""
    excess = sum(map(len, events)) - room
    past = sorted(
        (entry.last_day, position)
        for position, entry in enumerate(entries)
        if entry.last_day < as_of
    )
    dropped: set[int] = set()
    for _, position in past:
        if excess <= 0:
            break
        dropped.add(position)
        excess -= len(events[position])
    return [event for position, event in enumerate(events) if position not in dropped]


def joined(head: bytes, events: Iterable[bytes]) -> bytes:
    """Return the calendar's bytes with its events at the end."""
    return b"".join([head.removesuffix(_END), *events, _END])
