"""A real mail server on this machine that keeps what it takes, for the tests of mails."""

from __future__ import annotations

import asyncio
import email
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from models.database import Database
from models.mail_store import Mail, load_mails
from scheduler.problem.problem import Problem
from tests.builders import make_problem, make_request, make_researcher, make_residency
from tests.web.laboratory import plan_by_hand, publish, seed
from web.mail.addresses import parse_named
from web.mail.server import MailServer, Security

USER, PASSWORD = "office", "open sesame"


class _AnyPort(Controller):
    """A server on a port that is free."""

    def _trigger_server(self) -> None:
        """Learn the port before the first connection, which starts the server's session."""
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd's own


class PostOffice:
    """What the server took, and whom it refuses; ``hangs_up`` breaks off after that many mails."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.taken: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.refused: set[str] = set()
        self.hangs_up: int | None = None
        self.connections = 0
        self.port = 0

    async def handle_EHLO(  # noqa: N802 - the name by which aiosmtpd calls it
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: Any
    ) -> Any:
        """Count who comes."""
        self.connections += session.host_name is None
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802 - the name by which aiosmtpd calls it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Refuse whom nobody knows."""
        if address in self.refused:
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the name by which aiosmtpd calls it
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep the mail, and break off without a word where that was asked for."""
        content = envelope.content
        assert isinstance(content, bytes)
        message = email.message_from_bytes(content, policy=POLICY)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        self.recipients += envelope.rcpt_tos
        if self.hangs_up is not None and len(self.taken) > self.hangs_up:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return "250 OK"


@contextmanager
def open_post_office(
    *, asks_for_password: bool = False, certificate: Path | None = None
) -> Iterator[PostOffice]:
    """Serve on a free port, encrypted from STARTTLS on where there is a certificate."""
    office = PostOffice()
    options: dict[str, Any] = {"hostname": "127.0.0.1", "port": 0, "enable_SMTPUTF8": True}
    if asks_for_password:
        options |= {
            "auth_required": True,
            "auth_require_tls": certificate is not None,
            "authenticator": _authenticate,
        }
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        options |= {"tls_context": context, "require_starttls": True}
    controller = _AnyPort(office, **options)
    controller.start()
    office.port, office.connections = controller.port, 0
    try:
        yield office
    finally:
        controller.stop()


def make_certificate(folder: Path, host: str = "localhost") -> Path:
    """Make a certificate that vouches for itself, with its key in the same file."""
    path = folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    named = ["-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}"]
    made = subprocess.run(
        [*command, *named, "-keyout", str(path), "-out", str(folder / "public.pem")],
        check=False,
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
    path.write_text(path.read_text() + (folder / "public.pem").read_text())
    return path


def server_at(port: int, **others: Any) -> MailServer:
    """Return the settings of a mail server on this machine."""
    values: dict[str, Any] = {
        "host": "localhost",
        "port": port,
        "security": Security.NONE,
        "sender": parse_named("Residency office <office@lab.example.org>"),
        "reply_to": parse_named("help@lab.example.org"),
    }
    return MailServer(**values | others)


def publish_guests(database: Database, **languages: str) -> Problem:
    """Publish a stay for each guest, who has an address and reads mails in the language named."""
    researchers = tuple(
        replace(make_researcher(name), email=f"{name}@example.org", language=language)
        for name, language in languages.items()
    )
    problem = make_problem(
        requests=tuple(make_request(name) for name in languages), researchers=researchers
    )
    seed(database, problem)
    plan_by_hand(database, problem, *(make_residency(name) for name in languages))
    publish(database)
    return problem


def mails_of(database: Database, release: int = 1) -> tuple[Mail, ...]:
    """Load the mails of a release."""
    with database.reading() as session:
        return load_mails(session, "lab", release)


def states(database: Database, release: int = 1) -> dict[str, str]:
    """Return where the mail of each request stands, with its trouble where it has one."""
    return {
        mail.request: " ".join(filter(None, [mail.status.value, mail.trouble]))
        for mail in mails_of(database, release)
    }


def _authenticate(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any
) -> AuthResult:
    assert isinstance(data, LoginPassword)
    known = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=known, handled=False)
