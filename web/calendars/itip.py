"""Invitations by mail (iTIP, RFC 5546): a request or a cancellation out, somebody's reply in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from icalendar import Calendar, Component
from icalendar.error import BrokenCalendarProperty

from web.calendars.entries import Entry
from web.calendars.folding import folded_bytes
from web.calendars.ical import event_of, head_of, joined
from web.calendars.texts import one_line

LARGEST_REPLY = 256 * 1024


class Person(NamedTuple):
    """Somebody with a mail address."""

    name: str
    address: str


class Answer(StrEnum):
    """What somebody says to an invitation."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One person's answer to one entry, as it was when they were asked."""

    uid: str
    sequence: int
    address: str
    answer: Answer


class UnreadableReply(ValueError):
    """A file that is no reply to an invitation."""


def method_of(entry: Entry) -> str:
    """Return the method by which an entry is told: a request, or its cancellation."""
    return "CANCEL" if entry.cancelled else "REQUEST"


def spell_invitation(
    entry: Entry,
    *,
    organizer: Person,
    attendee: Person,
    language: str,
    timezone: str,
    page_url: str | None = None,
) -> bytes:
    """Return the bytes of an invitation to one entry, or of its cancellation."""
    head = head_of(timezone)
    head.add("method", method_of(entry))
    event = event_of(entry, language, page_url)
    event.add("organizer", _mailto(organizer), parameters={"CN": one_line(organizer.name)})
    asked = {"CN": one_line(attendee.name), "ROLE": "REQ-PARTICIPANT", "CUTYPE": "INDIVIDUAL"}
    if not entry.cancelled:
        asked |= {"PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
    event.add("attendee", _mailto(attendee), parameters=asked)
    return joined(folded_bytes(head), [folded_bytes(event)])


def read_reply(data: bytes) -> Reply:
    """Return what a reply says; one who answers for several is not one person's calendar.

    Raises:
        UnreadableReply: It is no calendar, no reply, or names no answer.
    """
    if len(data) > LARGEST_REPLY:
        raise UnreadableReply("larger than any reply")
    try:
        calendar = Calendar.from_ical(data.replace(b"\0", b""))
        return _reply_of(calendar)
    except (BrokenCalendarProperty, ValueError, KeyError, TypeError, IndexError) as error:
        raise UnreadableReply("no reply to an invitation") from error


def _reply_of(calendar: Component) -> Reply:
    (event,) = calendar.walk("VEVENT")
    if str(calendar.get("METHOD", "")).upper() != "REPLY":
        raise UnreadableReply("not sent as a reply")
    attendee = event["ATTENDEE"]
    if isinstance(attendee, list):
        raise UnreadableReply("more than one answers")
    return Reply(
        uid=str(event["UID"]),
        sequence=int(event.get("SEQUENCE", 0)),
        address=_address(str(attendee)),
        answer=Answer(str(attendee.params["PARTSTAT"]).lower()),
    )


def _mailto(person: Person) -> str:
    return f"mailto:{one_line(person.address)}"


def _address(uri: str) -> str:
    return uri.strip().removeprefix("mailto:").removeprefix("MAILTO:").lower()
