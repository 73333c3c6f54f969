"""Brings a database's tables up to this version, and says when they are not."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from models.database import Database, open_database
from models.driver_errors import behind
from models.errors import DatabaseTooNew

FOLDER = Path(__file__).parent / "migrations"
VERSIONS = FOLDER / "versions"

UPGRADE_LOCK = 5_340_712
"""Number of the advisory lock that keeps two upgrades of one PostgreSQL database apart."""


def upgrade(url: str) -> None:
    """Make or change the tables of a database; does nothing to one that is up to date."""
    database = open_database(url, foreign_keys=False)
    try:
        with database.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": UPGRADE_LOCK})
            _check_not_newer(connection, database.place)
            command.upgrade(_config(connection), "head")
    finally:
        database.close()


def check(url: str) -> None:
    """Raise ``DatabaseBehind`` or ``DatabaseTooNew`` where the tables are not this version's."""
    database = open_database(url)
    try:
        check_open(database)
    finally:
        database.close()


def check_open(database: Database) -> None:
    """Do what ``check`` does on a database that is open already."""
    with database.reading() as session:
        connection = session.connection()
        _check_not_newer(connection, database.place)
        if _revision_of(connection) != _scripts().get_current_head():
            raise behind(database.place)


def add_revision(message: str, *, versions: Path = VERSIONS) -> None:
    """Write a revision of what the tables in the code have and those of the revisions lack."""
    database = open_database("sqlite://", foreign_keys=False)
    try:
        with database.engine.begin() as connection:
            config = _config(connection, versions)
            command.upgrade(config, "head")
            number = len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1
            command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")
    finally:
        database.close()


def _check_not_newer(connection: Connection, place: str) -> None:
    revision = _revision_of(connection)
    known = {script.revision for script in _scripts().walk_revisions()}
    if revision is not None and revision not in known:
        raise DatabaseTooNew(
            f"database {place}: written by a newer version (revision {revision}); "
            "install that version, or use another database"
        )


def _revision_of(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(FOLDER))


def _config(connection: Connection, versions: Path = VERSIONS) -> Config:
    config = Config(stdout=StringIO())
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("version_locations", str(versions).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config
