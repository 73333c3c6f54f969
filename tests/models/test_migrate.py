"""Migrations bring a database to exactly the tables of the code, on both kinds of database."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from models.database import open_database
from models.errors import DatabaseBehind, DatabaseTooNew
from models.migrate import add_revision, check, upgrade
from models.tables import Base


def _execute(url: str, statement: str) -> None:
    database = open_database(url)
    with database.writing() as session:
        session.execute(text(statement))
    database.close()


def test_an_upgraded_database_has_exactly_the_tables_of_the_code(empty_database_url: str) -> None:
    upgrade(empty_database_url)

    database = open_database(empty_database_url)
    with database.engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        assert set(inspect(connection).get_table_names()) == {
            *Base.metadata.tables,
            "alembic_version",
        }
    database.close()


def test_an_upgraded_database_passes_the_check_and_a_second_upgrade(
    empty_database_url: str,
) -> None:
    upgrade(empty_database_url)
    upgrade(empty_database_url)

    check(empty_database_url)


def test_two_servers_that_start_at_once_both_find_the_database_upgraded(
    empty_database_url: str,
) -> None:
    code = "import sys; from models.migrate import upgrade; upgrade(sys.argv[1])"
    command = [sys.executable, "-c", code, empty_database_url]

    servers = [subprocess.Popen(command) for _ in range(2)]

    assert [server.wait() for server in servers] == [0, 0]
    check(empty_database_url)


def test_a_database_without_tables_is_behind_and_the_message_says_how_to_migrate(
    empty_database_url: str,
) -> None:
    with pytest.raises(DatabaseBehind, match=r"older than this version; run `sarangchae migrate`$"):
        check(empty_database_url)


def test_a_query_on_a_database_without_tables_says_that_it_is_behind(
    empty_database_url: str,
) -> None:
    database = open_database(empty_database_url)

    with (
        pytest.raises(DatabaseBehind, match="run `sarangchae migrate`"),
        database.reading() as session,
    ):
        session.execute(text("SELECT id FROM programmes"))
    database.close()


def test_a_database_of_a_newer_version_is_neither_used_nor_upgraded(database_url: str) -> None:
    _execute(database_url, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(DatabaseTooNew, match=r"written by a newer version \(revision 9999\)"):
        check(database_url)
    with pytest.raises(DatabaseTooNew, match="install that version, or use another database"):
        upgrade(database_url)


def test_a_new_revision_after_no_change_changes_nothing(tmp_path: Path) -> None:
    versions = tmp_path / "versions"
    versions.mkdir()

    add_revision("nothing yet", versions=versions)

    (written,) = versions.glob("*.py")
    assert written.name == "0001_nothing_yet.py"
    assert "create_table('programmes'" in written.read_text()
