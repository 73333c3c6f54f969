"""What can go wrong between us and a mail server, each by its name; pages say it in words."""

from __future__ import annotations

import smtplib
import ssl
from enum import StrEnum


class Trouble(StrEnum):
    """Why a mail did not go out; of a broken or interrupted one it is open whether it did."""

    ADDRESS = "address"
    RECIPIENT = "recipient"
    SENDER = "sender"
    LETTER = "letter"
    LATER = "later"
    LOGIN = "login"
    NO_TLS = "no_tls"
    CERTIFICATE = "certificate"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    SERVER = "server"
    BROKEN = "broken"
    INTERRUPTED = "interrupted"
    SUPERSEDED = "superseded"


_BUSY = range(400, 500)


_CONNECTING: tuple[tuple[type[Exception], Trouble], ...] = (
    (smtplib.SMTPAuthenticationError, Trouble.LOGIN),
    (smtplib.SMTPNotSupportedError, Trouble.LOGIN),
    (ssl.SSLError, Trouble.NO_TLS),
    (TimeoutError, Trouble.TIMEOUT),
    (smtplib.SMTPResponseException, Trouble.SERVER),
)


class SendError(Exception):
    """A mail that did not go out, or nobody knows; ``answer`` is what the server said."""

    def __init__(self, trouble: Trouble, answer: str = "") -> None:
        """Keep what it was."""
        self.trouble = trouble
        self.answer = answer
        super().__init__(f"{trouble}: {answer}")


class NoConnectionError(SendError):
    """No mail can go out, whichever it is."""


def connecting_trouble(error: Exception) -> NoConnectionError:
    """Return what kept us from a mail server, before any mail was handed over."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return NoConnectionError(Trouble.CERTIFICATE, error.verify_message)
    if isinstance(error, smtplib.SMTPNotSupportedError) and "STARTTLS" in str(error):
        return NoConnectionError(Trouble.NO_TLS, str(error))
    found = next(
        (trouble for kind, trouble in _CONNECTING if isinstance(error, kind)), Trouble.UNREACHABLE
    )
    return NoConnectionError(found, _answer_of(error))


def sending_trouble(error: Exception) -> SendError:
    """Return why a mail was not taken, once it was being handed over."""
    answer = _answer_of(error)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        (code, text), *_ = error.recipients.values()
        answer = _said(code, text)
        return SendError(Trouble.LATER if code in _BUSY else Trouble.RECIPIENT, answer)
    if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code in _BUSY:
        return SendError(Trouble.LATER, answer)
    if isinstance(error, smtplib.SMTPSenderRefused):
        return SendError(Trouble.SENDER, answer)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        # The address has other letters than Latin, and the server does not know how.
        return SendError(Trouble.ADDRESS, answer)
    if isinstance(error, smtplib.SMTPResponseException):
        return SendError(Trouble.LETTER, answer)
    return SendError(Trouble.BROKEN, answer)


def _answer_of(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)
    return str(error)


def _said(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(words.split())}"
