"""The spelling of a mail: plain text, the same as simple HTML, and the calendar that goes along."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from email.header import Header
from email.headerregistry import Address, AddressHeader
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, formataddr
from html import escape

from web.mail.addresses import header_text, named_address

CALENDAR_NAME, INVITATION_NAME = "residency.ics", "invite.ics"
_LONGEST_LINE = 75
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


class _Spelling(EmailPolicy):
    """Spells texts in other letters as a whole: Python's own way doubles spaces now and then.

    In a long name it also loses the quotation marks, so that a comma begins another address.
    """

    def fold(self, name: str, value: str) -> str:
        """Return the lines of a header."""
        if name == "Subject" and not str(value).isascii():
            return f"{name}: {self._encoded(name, value)}{self.linesep}"
        if isinstance(value, AddressHeader):
            (address,) = value.addresses
            if address.addr_spec.isascii():
                return f"{name}: {self._addressed(name, address)}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return the lines of a header as bytes."""
        return self.fold(name, value).encode("utf-8" if self.utf8 else "ascii", "surrogateescape")

    def _addressed(self, header: str, address: Address) -> str:
        if address.display_name.isascii():
            return formataddr((address.display_name, address.addr_spec))
        name = self._encoded(header, address.display_name)
        return f"{name}{self.linesep} <{address.addr_spec}>"

    def _encoded(self, header: str, text: str) -> str:
        spelled = Header(text, "utf-8", maxlinelen=_LONGEST_LINE, header_name=header)
        return spelled.encode(linesep=self.linesep)


_POLICY = _Spelling(linesep="\r\n", cte_type="7bit", raise_on_defect=False)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail as it goes to somebody: whom, in which language, what, and with which calendar.

    An invitation is a part that mail programs show with buttons, a file is for those without any.
    ``message_id`` stays the same whenever the letter is sent again.
    """

    message_id: str
    name: str
    address: str
    language: str
    subject: str
    text: str
    calendar: bytes | None = None
    calendar_method: str | None = None
    is_invitation: bool = False


def spell_letter(
    letter: Letter,
    *,
    at: dt.datetime,
    sender: Address | None = None,
    reply_to: Address | None = None,
) -> EmailMessage:
    """Return the message that is handed over; one without a sender is a draft for a mail program.

    Raises:
        AddressError: The address is none.
    """
    message = EmailMessage(policy=_POLICY)
    if sender is not None:
        message["From"] = sender
    if reply_to is not None:
        message["Reply-To"] = reply_to
    message["To"] = named_address(letter.name, letter.address)
    message["Subject"] = header_text(letter.subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{letter.message_id}>"
    if sender is None:
        message["X-Unsent"] = "1"
    else:
        message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message.add_alternative(html_of(letter.text, letter.language), subtype="html")
    if letter.calendar is not None and letter.is_invitation:
        _invite(message, letter.calendar, letter.calendar_method)
    elif letter.calendar is not None:
        _attach(message, letter.calendar, letter.calendar_method)
    message["Content-Language"] = letter.language
    return message


def html_of(text: str, language: str) -> str:
    """Return a text as HTML: a paragraph where a line is empty, addresses as links."""
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    paragraphs = (part.strip("\n") for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    body = "\n".join(f"<p>{_lines(part)}</p>" for part in paragraphs if part.strip())
    return (
        f'<!doctype html>\n<html lang="{escape(language)}" dir="{direction}">\n'
        '<head><meta charset="utf-8"></head>\n'
        '<body style="font-family: sans-serif; font-size: 16px; line-height: 1.5">\n'
        f"{body}\n</body>\n</html>\n"
    )


def _lines(part: str) -> str:
    """Return a paragraph's lines, each address in them as a link."""
    said = []
    end = 0
    for found in _ADDRESS.finditer(part):
        address = escape(found.group())
        said += [escape(part[end : found.start()]), f'<a href="{address}">{address}</a>']
        end = found.end()
    said.append(escape(part[end:]))
    return "".join(said).replace("\n", "<br>\n")


def _invite(message: EmailMessage, calendar: bytes, method: str | None) -> None:
    """Say the same as an invitation, the last and so the best of the texts, and as a file.

    The file has another type, so that no program takes it for a second invitation.
    """
    params = {"charset": "utf-8", **({"method": method} if method else {})}
    message.add_alternative(calendar, maintype="text", subtype="calendar", params=params)
    message.add_attachment(
        calendar, maintype="application", subtype="ics", filename=INVITATION_NAME
    )


def _attach(message: EmailMessage, calendar: bytes, method: str | None) -> None:
    """Attach the calendar's bytes as they are; its lines must end as they do in the file."""
    params = {"charset": "utf-8", **({"method": method} if method else {})}
    message.add_attachment(
        calendar,
        maintype="text",
        subtype="calendar",
        filename=CALENDAR_NAME,
        params=params,
    )
