"""Settings: what the environment says, what stands where it is silent, and what it may not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from web.settings import SettingsError, read_settings, remember_address


def test_a_silent_environment_keeps_everything_in_the_folder_data(tmp_path: Path) -> None:
    settings = read_settings({}, here=tmp_path)
    assert settings.data == tmp_path / "data"
    assert settings.database_url == f"sqlite:///{tmp_path / 'data' / 'sarangchae.db'}"
    assert settings.domain == "sarangchae.local"
    assert settings.public_url == "http://127.0.0.1:8000"


def test_the_environment_names_folder_database_domain_and_address(tmp_path: Path) -> None:
    settings = read_settings(
        {
            "SARANGCHAE_DATA": str(tmp_path / "kept"),
            "SARANGCHAE_DATABASE_URL": "postgresql://lab@db/lab",
            "SARANGCHAE_DOMAIN": "lab.example.org",
            "SARANGCHAE_PUBLIC_URL": "https://lab.example.org/stays/",
        },
        here=tmp_path,
    )
    assert settings.data == tmp_path / "kept"
    assert settings.database_url == "postgresql://lab@db/lab"
    assert settings.domain == "lab.example.org"
    assert settings.public_url == "https://lab.example.org/stays"
    assert settings.is_https


def test_the_secret_is_kept_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    first = read_settings({}, here=tmp_path).secret
    path = tmp_path / "data" / "secret.key"
    assert read_settings({}, here=tmp_path).secret == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret.key"]


def test_two_folders_have_two_secrets(tmp_path: Path) -> None:
    one = read_settings({}, here=tmp_path / "one")
    two = read_settings({}, here=tmp_path / "two")
    assert one.secret != two.secret


def test_a_server_without_a_public_address_is_where_it_last_was(tmp_path: Path) -> None:
    settings = read_settings({"SARANGCHAE_PUBLIC_URL": "http://127.0.0.1:8123"}, here=tmp_path)
    remember_address(settings)
    assert read_settings({}, here=tmp_path).public_url == "http://127.0.0.1:8123"


def test_an_address_that_cannot_be_written_down_names_the_folder(tmp_path: Path) -> None:
    settings = read_settings({}, here=tmp_path)
    (settings.data / "address" / "in-the-way").mkdir(parents=True)
    with pytest.raises(SettingsError, match=r"data cannot be used \(Is a directory\): set SARANG"):
        remember_address(settings)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("SARANGCHAE_DATABASE_URL", "not a database", "SARANGCHAE_DATABASE_URL is no database"),
        ("SARANGCHAE_DOMAIN", "lab example", "SARANGCHAE_DOMAIN is no domain name: 'lab example'"),
        ("SARANGCHAE_DOMAIN", "-lab.org", "SARANGCHAE_DOMAIN is no domain name: '-lab.org'"),
        ("SARANGCHAE_PUBLIC_URL", "lab.org", "SARANGCHAE_PUBLIC_URL is no web address: 'lab.org'"),
        ("SARANGCHAE_PUBLIC_URL", "ftp://lab", "SARANGCHAE_PUBLIC_URL is no web address"),
        ("SARANGCHAE_PUBLIC_URL", "https://lab/?a=b", "SARANGCHAE_PUBLIC_URL is no web address"),
        ("SARANGCHAE_PUBLIC_URL", "http://[::1", "SARANGCHAE_PUBLIC_URL is no web address"),
        ("SARANGCHAE_PUBLIC_URL", "http://lab:99999", "SARANGCHAE_PUBLIC_URL is no web address"),
        ("SARANGCHAE_PUBLIC_URL", "https://a b/<x>", "SARANGCHAE_PUBLIC_URL is no web address"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    tmp_path: Path, name: str, value: str, message: str
) -> None:
    with pytest.raises(SettingsError, match="^" + message):
        read_settings({name: value}, here=tmp_path)


def test_a_data_folder_that_is_a_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(SettingsError, match="set SARANGCHAE_DATA to a folder"):
        read_settings({}, here=tmp_path)


def test_a_secret_cut_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret.key").write_bytes(b"short")
    with pytest.raises(SettingsError, match="too short to be a secret"):
        read_settings({}, here=tmp_path)
