"""Answers to invitations as calendar programs write them, for the tests of replies.

Each is made by hand after what the program is known to send; ``{...}`` is filled in by a test.
"""

from __future__ import annotations

import base64
from email.message import EmailMessage
from email.policy import SMTP

UID, ADA, OFFICE = "lab.ada@lab.example.org", "ada@example.org", "help@lab.example.org"

PLAIN = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//EN
METHOD:REPLY
BEGIN:VEVENT
UID:{uid}
DTSTAMP:{stamp}
SEQUENCE:{sequence}
ORGANIZER:mailto:help@lab.example.org
ATTENDEE;PARTSTAT={answer}:mailto:{address}
END:VEVENT
END:VCALENDAR
"""

GOOGLE = """\
BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260105
DTEND;VALUE=DATE:20260202
DTSTAMP:{stamp}
ORGANIZER;CN=Lab:mailto:help@lab.example.org
UID:{uid}
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={answer};CN=Ada Lovel
 ace;X-NUM-GUESTS=0;X-RESPONSE-COMMENT="See you there, all of you":mailto:{address}
CREATED:20260105T003000Z
DESCRIPTION:Researcher: Ada\\nHost: Kim\\n\\n-::~:~::~:~:~:~:~:~:~:~:~:~:~:~:~:
 ~:~:~:~:~:~:~:~:~::~:~::-
LAST-MODIFIED:{stamp}
LOCATION:zone-a\\, floor-1\\, main\\, seoul
SEQUENCE:{sequence}
STATUS:CONFIRMED
SUMMARY:Residency: ada\\, zone-a
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
"""

OUTLOOK = """\
BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:Korea Standard Time
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0900
TZOFFSETTO:+0900
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T000000
TZOFFSETFROM:+0900
TZOFFSETTO:+0900
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;PARTSTAT={answer};CN="Lovelace; Ada, Countess":MAILTO:{address}
COMMENT;LANGUAGE=en-US:I would rather come in May\\; is that\\npossible?\\n
UID:{uid}
SUMMARY;LANGUAGE=en-US:Accepted: Residency: ada\\, zone-a
DTSTART;TZID=Korea Standard Time:20260105T000000
DTEND;TZID=Korea Standard Time:20260202T000000
CLASS:PUBLIC
PRIORITY:5
DTSTAMP:{stamp}
TRANSP:TRANSPARENT
STATUS:CONFIRMED
SEQUENCE:{sequence}
LOCATION;LANGUAGE=en-US:zone-a\\, floor-1\\, main\\, seoul
X-MICROSOFT-CDO-APPT-SEQUENCE:{sequence}
X-MICROSOFT-CDO-OWNERAPPTID:0
X-MICROSOFT-CDO-BUSYSTATUS:FREE
X-MICROSOFT-CDO-INTENDEDSTATUS:FREE
X-MICROSOFT-CDO-ALLDAYEVENT:TRUE
X-MICROSOFT-CDO-IMPORTANCE:1
X-MICROSOFT-CDO-INSTTYPE:0
X-MICROSOFT-DONOTFORWARDMEETING:FALSE
X-MICROSOFT-DISALLOW-COUNTER:TRUE
END:VEVENT
END:VCALENDAR
"""

APPLE = """\
BEGIN:VCALENDAR
VERSION:2.0
CALSCALE:GREGORIAN
PRODID:-//Apple Inc.//macOS 15.1//EN
BEGIN:VEVENT
CREATED:20260105T003000Z
UID:{uid}
DTEND;VALUE=DATE:20260202
ATTENDEE;CN="Ada Lovelace";CUTYPE=INDIVIDUAL;EMAIL="{address}";PARTSTAT={answer};
 ROLE=REQ-PARTICIPANT:/aMTAxOTY0/principal/
SUMMARY:Residency: ada\\, zone-a
DTSTART;VALUE=DATE:20260105
DTSTAMP:{stamp}
ORGANIZER;CN="Lab":mailto:help@lab.example.org
SEQUENCE:{sequence}
END:VEVENT
METHOD:REPLY
END:VCALENDAR
"""

PROGRAMS = {"plain": PLAIN, "google": GOOGLE, "outlook": OUTLOOK, "apple": APPLE}


def make_reply(
    template: str = PLAIN,
    *,
    answer: str = "ACCEPTED",
    sequence: int = 0,
    stamp: str = "20260105T010000Z",
    address: str = ADA,
    uid: str = UID,
) -> bytes:
    """Return the bytes of a reply as a program writes it."""
    text = template.format(answer=answer, sequence=sequence, stamp=stamp, address=address, uid=uid)
    return text.replace("\n", "\r\n").encode()


def make_mail(calendar: bytes, *, method: str = "REPLY", charset: str = "utf-8") -> bytes:
    """Return the mail in which a reply comes: a word for people, and the calendar beside it."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = f"Ada <{ADA}>", OFFICE
    message["Subject"] = "Accepted: Residency"
    message.set_content("Ada has accepted this invitation.\n")
    message.add_alternative(
        calendar,
        maintype="text",
        subtype="calendar",
        params={"method": method, "charset": charset},
    )
    return message.as_bytes()


def make_wrapped_mail(calendar: bytes) -> bytes:
    """Return a reply as a list server passes it on: deep in the mail, in base64 of long lines."""
    encoded = base64.b64encode(calendar).decode()
    return (
        "From ada@example.org Mon Jan  5 01:00:00 2026\n"
        'Content-Type: multipart/mixed; boundary="outer"\nMIME-Version: 1.0\n\n'
        "--outer\nContent-Type: text/plain\n\nPassed on by the list.\n"
        "--outer\nContent-Type: message/rfc822\n\n"
        'Content-Type: multipart/signed; boundary="signed"\n\n'
        '--signed\nContent-Type: multipart/alternative; boundary="inner"\n\n'
        "--inner\nContent-Type: text/html\n\n<p>Yes</p>\n"
        '--inner\nContent-Type: TEXT/Calendar; METHOD="reply"; charset=UTF-8\n'
        f"Content-Transfer-Encoding: BASE64\n\n{encoded}\n--inner--\n"
        "--signed\nContent-Type: application/pkcs7-signature\n\nxyz\n--signed--\n--outer--\n"
    ).encode()
