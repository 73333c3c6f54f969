"""Mail addresses: what may be one, and how it is spelled on the wire."""

from __future__ import annotations

import re
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import quote

from web.calendars.texts import one_line

_LOCAL = re.compile(r"[^\x00-\x20\x7f-\x9f\s()<>\[\]:;@\\,\"]{1,64}")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)
_LONGEST = 254


class AddressError(ValueError):
    """A text that is no mail address."""


def checked_address(text: str) -> str:
    """Return a mail address without what stands around it; ``AddressError`` where it is none.

    A domain in other letters than Latin is spelled as machines know it.
    """
    local, at, domain = text.strip().rpartition("@")
    ascii_domain = _ascii_domain(domain)
    address = f"{local}@{ascii_domain}"
    dots = local.startswith(".") or local.endswith(".") or ".." in local
    if not at or dots or not _LOCAL.fullmatch(local) or len(address) > _LONGEST:
        raise AddressError(text)
    return address


def named_address(name: str, address: str) -> Address:
    """Return an address with the name of whom it belongs to, both in any letters."""
    local, _, domain = checked_address(address).rpartition("@")
    return Address(display_name=header_text(name), username=local, domain=domain)


def parse_named(text: str) -> Address:
    """Return the address that a text such as ``Office <office@example.org>`` names."""
    name, address = parseaddr(text)
    return named_address(name, address)


def header_text(text: str) -> str:
    """Return a text on one line that a header says as it stands, and never takes for an encoding.

    What looks like an encoded word would be decoded, line breaks and all.
    """
    return " ".join(one_line(text).replace("=?", "= ?").split())


def _ascii_domain(domain: str) -> str:
    try:
        spelled = domain.encode("idna").decode()
    except UnicodeError:
        raise AddressError(domain) from None
    if not all(_LABEL.fullmatch(label) for label in spelled.split(".")):
        raise AddressError(domain)
    return spelled.lower()


def mailto(address: str, *, subject: str = "", text: str = "") -> str:
    """Return the address by which a mail program begins a mail; lines end as RFC 6068 wants it."""
    fields = {"subject": subject, "body": text.replace("\n", "\r\n")}
    asked = "&".join(f"{name}={quote(words, safe='')}" for name, words in fields.items() if words)
    return f"mailto:{quote(address, safe='@')}" + (f"?{asked}" if asked else "")
