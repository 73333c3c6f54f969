"""Invitations by mail (iTIP, RFC 5546): a request or a cancellation, to one person each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from web.calendars.entries import Entry, whole_second
from web.calendars.folding import folded_bytes
from web.calendars.ical import event_of, head_of, joined
from web.calendars.texts import one_line

REQUEST, CANCEL = "REQUEST", "CANCEL"

_IN_ADDRESSES = "@!$&'*+-./=^_`{|}~"
"""What stands in a mail address as it is; the rest would mean something else in a ``mailto:``."""


class Person(NamedTuple):
    """Somebody with a mail address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Who asks whom, when, in which language; the moment is aware.

    ``sent_by`` is the address from which the mail comes, where the organizer's is another.
    """

    organizer: Person
    attendee: Person
    language: str
    timezone: str
    at: dt.datetime
    page_url: str | None = None
    sent_by: str | None = None


def method_of(entry: Entry) -> str:
    """Return the method by which an entry is told: a request, or its cancellation."""
    return CANCEL if entry.cancelled else REQUEST


def spell_invitation(entry: Entry, invitation: Invitation) -> bytes:
    """Return the bytes of an invitation to one entry, or of its cancellation.

    With a method DTSTAMP says when the message was made, and LAST-MODIFIED when the entry was
    changed. Outlook is told to offer no other time, for nobody would read that.
    """
    head = head_of(invitation.timezone)
    head.add("method", method_of(entry))
    event = event_of(entry, invitation.language, invitation.page_url)
    del event["dtstamp"]
    event.add("dtstamp", whole_second(invitation.at))
    organizer, attendee = invitation.organizer, invitation.attendee
    asking = {"CN": _named(organizer)}
    if invitation.sent_by:
        asking["SENT-BY"] = _mailto(invitation.sent_by)
    event.add("organizer", _mailto(organizer.address), parameters=asking)
    asked = {"CN": _named(attendee), "ROLE": "REQ-PARTICIPANT", "CUTYPE": "INDIVIDUAL"}
    if not entry.cancelled:
        asked |= {"PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
        event.add("x-microsoft-disallow-counter", "TRUE")
    event.add("attendee", _mailto(attendee.address), parameters=asked)
    return joined(folded_bytes(head), [folded_bytes(event)])


def _named(person: Person) -> str:
    """Return a name as every program shows it: few know how a quotation mark is spelled there."""
    return one_line(person.name).replace('"', "'")


def _mailto(address: str) -> str:
    return "mailto:" + quote(one_line(address).replace(" ", ""), safe=_IN_ADDRESSES)
