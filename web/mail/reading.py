"""Finds somebody's answer to an invitation in a file: a calendar, or the mail that it came in.

What a mail could do to us is bounded before it is taken apart: its size, its parts, and how deep
they nest. Who sent it is not known here; whether to believe that is the mail server's business.
"""

from __future__ import annotations

import codecs
import email
import re
from collections.abc import Iterator, Sequence
from email.message import Message

from web.calendars.replies import BEFORE, Fault, Reply, UnreadableReply, decoded, read_reply

LARGEST_MAIL = 1024 * 1024
MOST_PARTS = 50

_MOST_NESTED, _MOST_DELIMITERS, _MOST_LINES = 16, 500, 60_000
_NESTING = re.compile(rb"boundary[*\d\s]*=|message/[a-z]", re.IGNORECASE)
_DELIMITER = re.compile(rb"^--", re.MULTILINE)
_MAILBOX = re.compile(rb"(?:\A|\r?\n\r?\n)From \S+ [^\r\n]*[0-9]{4}\r?\n")
"""What begins each mail in a file of several."""

_CALENDARS = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
_WINMAIL = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})


def read_received_reply(data: bytes) -> Reply:
    """Return the answer in a calendar file, or in a mail as a mail program or a server gives it.

    Raises:
        UnreadableReply: There is none, or what is there could not be read.
    """
    if not data.strip():
        raise UnreadableReply(Fault.EMPTY)
    if len(data) > LARGEST_MAIL:
        raise UnreadableReply(Fault.TOO_LARGE)
    if _is_calendar(data):
        return read_reply(data)
    return _read_mail(data)


def _is_calendar(data: bytes) -> bool:
    begins_with_a_mark = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    start = data[:200] if begins_with_a_mark else data[:100]
    return decoded(start, None).lstrip(BEFORE).upper().startswith("BEGIN:VCALENDAR")


def _read_mail(data: bytes) -> Reply:
    """Return the answer among a mail's calendars; one that is sent twice is one.

    A mail that a machine wrote is told to be one if there is no answer in it: those of calendars
    say so too.
    """
    if _is_costly(data):
        raise UnreadableReply(Fault.TOO_DEEP)
    if len(_MAILBOX.findall(data)) > 1:
        raise UnreadableReply(Fault.SEVERAL)
    mail = email.message_from_bytes(data)
    report = _find_report(mail)
    if report is not None:
        raise UnreadableReply(report)
    found = list(_answers_in(mail))
    replies = {
        (each.uid, each.sequence, each.address, each.answer): each
        for each in reversed(found)
        if isinstance(each, Reply)
    }
    if len(replies) > 1:
        raise UnreadableReply(Fault.SEVERAL)
    for reply in replies.values():
        return reply
    raise UnreadableReply(_fault_of(mail, [each for each in found if isinstance(each, Fault)]))


def _answers_in(mail: Message) -> Iterator[Reply | Fault]:
    """Yield what each calendar in a mail says."""
    for number, part in enumerate(mail.walk()):
        if number >= MOST_PARTS:
            raise UnreadableReply(Fault.TOO_DEEP)
        try:
            calendar = _find_calendar(part)
            if calendar is not None:
                yield read_reply(calendar, charset=part.get_content_charset())
        except UnreadableReply as error:
            yield error.fault


def _find_report(mail: Message) -> Fault | None:
    """Find out whether a mail is about another one: that came back, or somebody has read it."""
    if mail.get_param("report-type") == "disposition-notification":
        return Fault.AUTOMATIC
    is_report = mail.get_content_type() == "multipart/report" or "X-Failed-Recipients" in mail
    is_report = is_report or "mailer-daemon" in str(mail.get("From", "")).lower()
    return Fault.BOUNCE if is_report else None


def _fault_of(mail: Message, faults: Sequence[Fault]) -> Fault:
    """Return why a mail holds no answer: what the first calendar in it is, if there is one."""
    calendars = (fault for fault in faults if fault not in {Fault.NO_CALENDAR, Fault.WINMAIL})
    said = str(mail.get("Auto-Submitted", "no")).strip().lower()
    is_automatic = not said.startswith("no") or "X-Autoreply" in mail
    otherwise = Fault.AUTOMATIC if is_automatic else Fault.NO_CALENDAR
    return next(iter((*calendars, *faults)), otherwise)


def _is_costly(data: bytes) -> bool:
    """Tell whether a mail has more in it than one that somebody wrote, before it is parsed."""
    counts = (len(_NESTING.findall(data)), len(_DELIMITER.findall(data)), data.count(b"\n"))
    most = (_MOST_NESTED, _MOST_DELIMITERS, _MOST_LINES)
    return any(count > limit for count, limit in zip(counts, most, strict=True))


def _find_calendar(part: Message) -> bytes | None:
    """Find the calendar that a part holds, if it does."""
    if part.is_multipart():
        return None
    kind, name = part.get_content_type(), (_file_name(part) or "").lower()
    if kind in _WINMAIL or name == "winmail.dat":
        raise UnreadableReply(Fault.WINMAIL)
    if kind not in _CALENDARS and not name.endswith(".ics"):
        return None
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else None


def _file_name(part: Message) -> str | None:
    """Return what a part is called; None where that is spelled in no way that can be read."""
    try:
        return part.get_filename()
    except (LookupError, ValueError, TypeError):
        return None
