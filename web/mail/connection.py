"""One connection for many mails, opened anew where the server has closed it."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from web.mail.server import MailServer, Security
from web.mail.troubles import connecting_trouble, sending_trouble

TIMEOUT_SECONDS = 30.0
MAILS_A_CONNECTION = 50
"""Servers take so many and more; some close the connection after a hundred."""

_FINE = 250


class Connection:
    """Hands mails over to a server; a context, which says goodbye at the end."""

    def __init__(self, server: MailServer, *, timeout: float = TIMEOUT_SECONDS) -> None:
        """Remember the server; it is asked when the first mail goes out."""
        self._server = server
        self._timeout = timeout
        self._open: smtplib.SMTP | None = None
        self._taken = 0

    def __enter__(self) -> Self:
        """Return the connection."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Say goodbye."""
        self._close()

    def prepare(self) -> smtplib.SMTP:
        """See that the next mail can be handed over; ``NoConnectionError`` where it cannot."""
        if self._open is not None and self._taken < MAILS_A_CONNECTION and _answers(self._open):
            return self._open
        self._close()
        try:
            self._open = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            raise connecting_trouble(error) from error
        self._taken = 0
        return self._open

    def send(self, message: EmailMessage) -> None:
        """Hand a mail over; ``SendError`` where it was not taken, or where nobody knows.

        Nothing is tried twice: a server that broke off may have the mail.
        """
        connection = self.prepare()
        self._taken += 1
        try:
            connection.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise sending_trouble(error) from error

    def _connected(self) -> smtplib.SMTP:
        server = self._server
        if server.security is Security.TLS:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host,
                server.port,
                timeout=self._timeout,
                context=ssl.create_default_context(),
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=self._timeout)
        try:
            if server.security is Security.STARTTLS:
                connection.starttls(context=ssl.create_default_context())
            if server.user:
                connection.login(server.user, server.password)
        except (OSError, smtplib.SMTPException):
            connection.close()
            raise
        return connection

    def _close(self) -> None:
        if self._open is None:
            return
        try:
            self._open.quit()
        except (OSError, smtplib.SMTPException):
            self._open.close()
        self._open = None


def _answers(connection: smtplib.SMTP) -> bool:
    """Tell whether the server is still there."""
    try:
        code, _ = connection.noop()
    except (OSError, smtplib.SMTPException):
        return False
    return code == _FINE
