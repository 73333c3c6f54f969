"""What the server is told by its environment, read once and frozen."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from scheduler.files.disk import write_beside
from web.mail.server import MailServer, MailServerError, read_mail_server

_DOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_SECRET_BYTES = 32


class SettingsError(Exception):
    """A setting that cannot be used; the message names the variable and the remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the data lies, under which address people reach the server, and its secret.

    ``domain`` ends the permanent ids of calendar events: once published, never change it. Without
    a ``mail_server`` mails are written, and sent by hand.
    """

    data: Path
    database_url: str
    domain: str
    public_url: str
    secret: bytes
    mail_server: MailServer | None = None

    @property
    def is_https(self) -> bool:
        """Tell whether cookies may be kept to encrypted connections."""
        return self.public_url.startswith("https://")


def read_settings(environ: Mapping[str, str], *, here: Path) -> Settings:
    """Return the settings; the data folder is ``data`` in the folder ``here`` unless named."""
    data = Path(environ.get("SARANGCHAE_DATA") or here / "data").absolute()
    database_url = environ.get("SARANGCHAE_DATABASE_URL") or f"sqlite:///{data / 'sarangchae.db'}"
    return Settings(
        data=data,
        database_url=_checked_database_url(database_url),
        domain=_checked_domain(environ.get("SARANGCHAE_DOMAIN") or "sarangchae.local"),
        public_url=_checked_url(environ.get("SARANGCHAE_PUBLIC_URL") or _last_address(data)),
        secret=_kept_secret(data),
        mail_server=_mail_server(environ),
    )


def remember_address(settings: Settings) -> None:
    """Write down where the server is, so that other commands print links that lead there."""
    try:
        write_beside(settings.data / "address", f"{settings.public_url}\n".encode())
    except OSError as error:
        raise _unusable(settings.data, error) from None


def _mail_server(environ: Mapping[str, str]) -> MailServer | None:
    try:
        return read_mail_server(environ)
    except MailServerError as error:
        raise SettingsError(str(error)) from None


def _unusable(data: Path, error: OSError) -> SettingsError:
    return SettingsError(
        f"The data folder {data} cannot be used ({error.strerror}): "
        "set SARANGCHAE_DATA to a folder that may be written"
    )


def _last_address(data: Path) -> str:
    try:
        return (data / "address").read_text(encoding="utf-8").strip()
    except OSError:
        return "http://127.0.0.1:8000"


def _checked_database_url(url: str) -> str:
    try:
        make_url(url)
    except ArgumentError:
        raise SettingsError(
            "SARANGCHAE_DATABASE_URL is no database address: write sqlite:///FILE "
            "or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE"
        ) from None
    return url


def _checked_domain(domain: str) -> str:
    if not _DOMAIN.fullmatch(domain):
        raise SettingsError(
            f"SARANGCHAE_DOMAIN is no domain name: '{domain}'; write one such as lab.example.org"
        )
    return domain


def _checked_url(url: str) -> str:
    if not _is_web_address(url):
        raise SettingsError(
            f"SARANGCHAE_PUBLIC_URL is no web address: '{url}'; write https://HOST[:PORT]"
        )
    return url.rstrip("/")


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        has_port = parts.port != 0
    except ValueError:
        return False
    return (
        has_port
        and parts.scheme in {"http", "https"}
        and bool(parts.hostname)
        and not (parts.query or parts.fragment)
        and not re.search(r"[\s<>\"']", url)
    )


def _kept_secret(data: Path) -> bytes:
    """Return the secret of the data folder, made at the first start, readable by its owner."""
    path = data / "secret.key"
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _write_secret(path)
        secret = path.read_bytes()
    except OSError as error:
        raise _unusable(data, error) from None
    if len(secret) < _SECRET_BYTES:
        raise SettingsError(f"{path} is too short to be a secret: put the backup of it back")
    return secret


def _write_secret(path: Path) -> None:
    """Write beside and link into place, so that of two first starts one wins for both."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(_SECRET_BYTES))
    try:
        os.link(beside, path)
    except FileExistsError:
        return
    finally:
        beside.unlink()
