"""What can go wrong with mails, in words, each with what to do about it."""

from __future__ import annotations

from typing import NamedTuple

from flask_babel import LazyString, lazy_gettext

from web.mail.troubles import Trouble


class TroubleWords(NamedTuple):
    """What happened, and the remedy."""

    text: LazyString
    remedy: LazyString


TROUBLES: dict[Trouble, TroubleWords] = {
    Trouble.ADDRESS: TroubleWords(
        lazy_gettext("The address is not one that a mail can go to."),
        lazy_gettext("Mend the address and send it again."),
    ),
    Trouble.RECIPIENT: TroubleWords(
        lazy_gettext("The mail server refuses this recipient."),
        lazy_gettext("Ask for the right address, mend it, and send it again."),
    ),
    Trouble.SENDER: TroubleWords(
        lazy_gettext("The mail server does not let us send from our address."),
        lazy_gettext(
            "Ask whoever runs the server for an address that may send, and set "
            "SARANGCHAE_MAIL_FROM."
        ),
    ),
    Trouble.LETTER: TroubleWords(
        lazy_gettext("The mail server refuses what the mail says."),
        lazy_gettext("Read the answer below, change the text, and send it again."),
    ),
    Trouble.LATER: TroubleWords(
        lazy_gettext("The mail server cannot take this mail now."),
        lazy_gettext("Send it again in some minutes."),
    ),
    Trouble.LOGIN: TroubleWords(
        lazy_gettext("The mail server does not accept our user name and password."),
        lazy_gettext(
            "Check SARANGCHAE_SMTP_USER and SARANGCHAE_SMTP_PASSWORD, restart the server, and send "
            "again."
        ),
    ),
    Trouble.NO_TLS: TroubleWords(
        lazy_gettext("The mail server does not speak with us encrypted in the way we ask for."),
        lazy_gettext(
            "Set SARANGCHAE_SMTP_SECURITY to starttls or tls, with the port that goes with it "
            "(587 or 465)."
        ),
    ),
    Trouble.CERTIFICATE: TroubleWords(
        lazy_gettext("The certificate of the mail server is not one that we may trust."),
        lazy_gettext(
            "Check that SARANGCHAE_SMTP_HOST is the name in the certificate, or ask whoever runs "
            "the server."
        ),
    ),
    Trouble.UNREACHABLE: TroubleWords(
        lazy_gettext("The mail server cannot be reached."),
        lazy_gettext("Check SARANGCHAE_SMTP_HOST and SARANGCHAE_SMTP_PORT, and the network."),
    ),
    Trouble.TIMEOUT: TroubleWords(
        lazy_gettext("The mail server does not answer in time."),
        lazy_gettext("Try again in some minutes; check the port if it stays so."),
    ),
    Trouble.SERVER: TroubleWords(
        lazy_gettext("The mail server takes no mail from us."),
        lazy_gettext("Read its answer below, or ask whoever runs it."),
    ),
    Trouble.BROKEN: TroubleWords(
        lazy_gettext("The connection broke while the mail was handed over; it may have gone out."),
        lazy_gettext("Ask the researcher before you send it again, or mark it as sent."),
    ),
    Trouble.INTERRUPTED: TroubleWords(
        lazy_gettext(
            "The server was stopped while the mail was handed over; it may have gone out."
        ),
        lazy_gettext("Ask the researcher before you send it again, or mark it as sent."),
    ),
    Trouble.SUPERSEDED: TroubleWords(
        lazy_gettext("A later release tells something else, so this mail was put aside."),
        lazy_gettext("Send the mail of the later release instead."),
    ),
}

LANGUAGE_NAMES = {"en": "English", "ko": "한국어", "fr": "Français", "ar": "العربية"}


def trouble_words(name: str) -> TroubleWords:
    """Return the words of a trouble; an unknown one is said to be the server's."""
    return TROUBLES[Trouble(name) if name in set(Trouble) else Trouble.SERVER]
