"""The mail server's settings: what the environment says, and what it may not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from web.mail.server import MailServerError, Security, read_mail_server
from web.settings import SettingsError, read_settings

LEAST = {"SARANGCHAE_SMTP_HOST": "smtp.example.org", "SARANGCHAE_MAIL_FROM": "office@example.org"}


def test_a_silent_environment_names_no_server() -> None:
    assert read_mail_server({"SARANGCHAE_SMTP_HOST": ""}) is None


@pytest.mark.parametrize(
    ("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25), ("TLS", 465)]
)
def test_the_port_goes_with_how_the_connection_is_kept(security: str, port: int) -> None:
    server = read_mail_server({**LEAST, "SARANGCHAE_SMTP_SECURITY": security})
    assert server is not None
    assert (server.security.value, server.port) == (security.lower(), port)


def test_encryption_is_asked_for_where_nothing_is_said() -> None:
    server = read_mail_server(LEAST)
    assert server is not None
    assert (server.security, server.user, server.reply_to) == (Security.STARTTLS, "", None)


def test_a_password_is_read_from_its_file_and_shown_nowhere(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("open sesame\n")
    server = read_mail_server(
        {
            **LEAST,
            "SARANGCHAE_SMTP_USER": "office",
            "SARANGCHAE_SMTP_PASSWORD_FILE": str(tmp_path / "password"),
        }
    )
    assert server is not None
    assert server.password == "open sesame"  # noqa: S105 - the tests' own
    assert "sesame" not in repr(server)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("SMTP_HOST", "", "SARANGCHAE_SMTP_HOST is missing"),
        ("SMTP_PORT", "mail", "SARANGCHAE_SMTP_PORT is no port: 'mail'; write one such as 587"),
        ("SMTP_PORT", "70000", "SARANGCHAE_SMTP_PORT is no port"),
        ("SMTP_SECURITY", "ssl", "SARANGCHAE_SMTP_SECURITY is 'ssl': write starttls, tls or none"),
        ("SMTP_USER", "office", "SARANGCHAE_SMTP_USER and SARANGCHAE_SMTP_PASSWORD go together"),
        ("SMTP_PASSWORD_FILE", "/nowhere", "SARANGCHAE_SMTP_PASSWORD_FILE names a file that"),
        ("MAIL_FROM", "office", "SARANGCHAE_MAIL_FROM is no mail address: 'office'"),
        ("MAIL_FROM", "", "SARANGCHAE_MAIL_FROM is no mail address"),
        ("MAIL_REPLY_TO", "a@b@c", "SARANGCHAE_MAIL_REPLY_TO is no mail address"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str, message: str) -> None:
    environ = {**LEAST, "SARANGCHAE_SMTP_PORT": "25", f"SARANGCHAE_{name}": value}
    with pytest.raises(MailServerError, match="^" + message):
        read_mail_server(environ)


def test_the_server_is_one_of_the_settings(tmp_path: Path) -> None:
    settings = read_settings(LEAST, here=tmp_path)
    assert settings.mail_server is not None
    assert settings.mail_server.host == "smtp.example.org"
    with pytest.raises(SettingsError, match="SARANGCHAE_MAIL_FROM"):
        read_settings({**LEAST, "SARANGCHAE_MAIL_FROM": "x"}, here=tmp_path)
