"""Sends what waits to go out, one mail after another, beside the pages; the rows are the truth.

A mail is claimed before it is handed over and its fate written down after, each in a step of its
own. Whatever breaks in between, nobody claims it again by himself: none goes out twice.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable
from typing import Protocol

from models.database import Database
from models.mail_queue import claim_mail, fail_queued, note_failed, note_sent
from models.mail_store import Mail
from web.mail.addresses import AddressError
from web.mail.connection import Connection
from web.mail.message import Letter, spell_letter
from web.mail.server import MailServer
from web.mail.troubles import NoConnectionError, SendError, Trouble

_log = logging.getLogger(__name__)


class LetterMaker(Protocol):
    """Makes of a stored mail what goes to its reader."""

    def __call__(self, mail: Mail) -> Letter:
        """Return the mail with its link and its calendar."""


class Postman:
    """A thread that lives as long as there is something to send."""

    def __init__(
        self,
        database: Database,
        server: MailServer | None,
        *,
        make_letter: LetterMaker,
        clock: Callable[[], dt.datetime],
    ) -> None:
        """Remember where mails are, through which server they go, and how they are made."""
        self.server = server
        self._database = database
        self._make_letter = make_letter
        self._clock = clock
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_asked = False
        self._is_closed = False

    def wake(self) -> None:
        """See that what waits goes out; does nothing where no server is set."""
        if self.server is None:
            return
        with self._lock:
            self._is_asked = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="postman", daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Wait until everything that waited has gone out, or failed."""
        thread = self._thread
        if thread is not None:
            thread.join()

    def close(self) -> None:
        """Finish the mail in hand and send no other."""
        self._is_closed = True
        self.wait()

    def _work(self) -> None:
        try:
            while self._goes_on():
                self._send_all()
        finally:
            with self._lock:
                if self._thread is threading.current_thread():
                    self._thread = None

    def _goes_on(self) -> bool:
        with self._lock:
            goes_on, self._is_asked = self._is_asked and not self._is_closed, False
            if not goes_on:
                self._thread = None
            return goes_on

    def _send_all(self) -> None:
        if self.server is None:
            return
        with Connection(self.server) as connection:
            while not self._is_closed and (mail := self._claim()) is not None:
                self._send(connection, self.server, mail)

    def _claim(self) -> Mail | None:
        with self._database.writing() as session:
            return claim_mail(session, now=self._clock())

    def _send(self, connection: Connection, server: MailServer, mail: Mail) -> None:
        """Send a claimed mail and write down what became of it."""
        try:
            connection.prepare()
            letter = self._make_letter(mail)
            message = spell_letter(
                letter, at=self._clock(), sender=server.sender, reply_to=server.reply_to
            )
            connection.send(message)
        except SendError as error:
            self._note_failed(mail, error)
        except AddressError:
            self._note_failed(mail, SendError(Trouble.ADDRESS))
        except Exception:  # noqa: BLE001  # whatever it was, this mail only
            # Nobody knows how far it came, and the others must not wait for this one.
            _log.exception("Mail %s could not be sent", mail.id)
            self._note_failed(mail, SendError(Trouble.BROKEN))
        else:
            with self._database.writing() as session:
                note_sent(session, mail.id, now=self._clock())

    def _note_failed(self, mail: Mail, error: SendError) -> None:
        """Write down why it did not go out; without a connection, of all that wait."""
        _log.warning("Mail %s did not go out: %s", mail.id, error)
        now, trouble = self._clock(), error.trouble.value
        with self._database.writing() as session:
            note_failed(session, mail.id, trouble, error.answer, now=now)
            if isinstance(error, NoConnectionError):
                fail_queued(session, trouble, error.answer, now=now)
