"""Through which server mails go out, as the environment says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.headerregistry import Address
from enum import StrEnum
from pathlib import Path

from web.mail.addresses import AddressError, parse_named

PREFIX = "SARANGCHAE_SMTP_"
FROM, REPLY_TO = "SARANGCHAE_MAIL_FROM", "SARANGCHAE_MAIL_REPLY_TO"
_HIGHEST_PORT = 65535


class MailServerError(ValueError):
    """A setting that cannot be used; the message names the variable and the remedy."""


class Security(StrEnum):
    """How the connection is kept from others: encrypted later, from the start, or not at all."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """A mail server, how to sign in there, and from whom mails come."""

    host: str
    port: int
    security: Security = Security.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    sender: Address
    reply_to: Address | None = None


def answers_to(server: MailServer) -> str:
    """Return the address to which people answer, which is who invites them."""
    return (server.reply_to or server.sender).addr_spec


def read_mail_server(environ: Mapping[str, str]) -> MailServer | None:
    """Return the mail server that the environment names; None where it names none.

    Raises:
        MailServerError: What it says cannot be used.
    """
    given = {name: text for name, text in environ.items() if name.startswith(PREFIX) and text}
    host = given.get(f"{PREFIX}HOST", "").strip()
    if not host:
        if given:
            raise MailServerError(f"{PREFIX}HOST is missing: name the server that takes the mails")
        return None
    security = _security(given.get(f"{PREFIX}SECURITY", Security.STARTTLS.value))
    user, password = given.get(f"{PREFIX}USER", ""), _password(given)
    if bool(user) != bool(password):
        raise MailServerError(f"{PREFIX}USER and {PREFIX}PASSWORD go together: set both or none")
    reply_to = environ.get(REPLY_TO)
    return MailServer(
        host=host,
        port=_port(given.get(f"{PREFIX}PORT"), PORTS[security]),
        security=security,
        user=user,
        password=password,
        sender=_address(FROM, environ.get(FROM) or ""),
        reply_to=_address(REPLY_TO, reply_to) if reply_to else None,
    )


def _security(text: str) -> Security:
    if text.lower() not in set(Security):
        raise MailServerError(f"{PREFIX}SECURITY is '{text}': write starttls, tls or none")
    return Security(text.lower())


def _port(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= _HIGHEST_PORT):
        raise MailServerError(f"{PREFIX}PORT is no port: '{text}'; write one such as {otherwise}")
    return int(text)


def _password(given: Mapping[str, str]) -> str:
    path = given.get(f"{PREFIX}PASSWORD_FILE")
    if path is None:
        return given.get(f"{PREFIX}PASSWORD", "")
    try:
        return Path(path).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeError):
        raise MailServerError(
            f"{PREFIX}PASSWORD_FILE names a file that cannot be read: {path}"
        ) from None


def _address(name: str, text: str) -> Address:
    try:
        return parse_named(text)
    except (AddressError, ValueError):
        raise MailServerError(
            f"{name} is no mail address: '{text}'; write one such as Office <office@example.org>"
        ) from None
