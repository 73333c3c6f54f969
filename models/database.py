"""Opens a database: SQLite by default, PostgreSQL by URL; sessions that read and that write."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from models.driver_errors import name_error
from models.errors import DatabaseUnreachable

LOCK_SECONDS = 10.0
"""How long a statement waits for another process's lock."""

_JOURNAL_RETRY_SECONDS = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """An open database; ``place`` is what messages call it."""

    place: str
    engine: Engine
    asker: Engine
    readers: sessionmaker[Session]
    writers: sessionmaker[Session]

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session that sees one snapshot and is rolled back at the end."""
        with self.readers() as session:
            yield session

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """Yield a connection for one statement that reads: a session costs more than that."""
        with self.asker.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a session that commits at the end, or rolls back when something is raised."""
        with self.writers.begin() as session:
            yield session

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open_database(
    url: str, *, lock_seconds: float = LOCK_SECONDS, foreign_keys: bool = True
) -> Database:
    """Open a database by URL; a SQLite file and its folder are made when they are not there."""
    address = _address_of(url)
    place = _place_of(address)
    if address.get_backend_name() == "sqlite":
        engine = _open_sqlite(address, lock_seconds, foreign_keys=foreign_keys)
    else:
        engine = _open_postgresql(address, lock_seconds)
    event.listen(engine, "handle_error", partial(name_error, place))
    return Database(
        place=place,
        engine=engine,
        asker=engine.execution_options(sarangchae_asks=True),
        readers=_sessions(engine, writes=False),
        writers=_sessions(engine, writes=True),
    )


def _sessions(engine: Engine, *, writes: bool) -> sessionmaker[Session]:
    options: dict[str, Any] = {"sarangchae_writes": writes}
    if engine.dialect.name == "postgresql" and not writes:
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return sessionmaker(engine.execution_options(**options), expire_on_commit=False)


def _place_of(address: URL) -> str:
    """Return how messages call a database: a file's path, or a URL without its password."""
    if address.get_backend_name() == "sqlite":
        return address.database or "in memory"
    return address.render_as_string(hide_password=True)


def _address_of(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError:
        raise DatabaseUnreachable(
            "database URL: not a URL; write sqlite:///data/sarangchae.db or "
            "postgresql://user:password@host/name"
        ) from None
    backend = address.get_backend_name()
    if backend == "sqlite":
        return address.set(drivername="sqlite")
    if backend in {"postgresql", "postgres"}:
        return address.set(drivername="postgresql+psycopg")
    raise DatabaseUnreachable(
        f"database URL {_place_of(address)}: {backend} is not supported; "
        "use a sqlite:/// or postgresql:// URL"
    )


def _open_sqlite(address: URL, lock_seconds: float, *, foreign_keys: bool) -> Engine:
    if address.database and not address.database.startswith((":memory:", "file:")):
        folder = Path(address.database).parent
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseUnreachable(
                f"database folder {folder}: cannot be made ({error.strerror}); "
                "choose a folder that you may write to"
            ) from error
    engine = create_engine(
        address, connect_args={"timeout": lock_seconds}, json_serializer=_write_json
    )
    event.listen(
        engine,
        "connect",
        partial(_prepare_sqlite, lock_seconds=lock_seconds, foreign_keys=foreign_keys),
    )
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(
    connection: sqlite3.Connection,
    _entry: ConnectionPoolEntry,
    *,
    lock_seconds: float,
    foreign_keys: bool,
) -> None:
    """Set a new connection up; we say BEGIN ourselves, since the driver says it too late."""
    connection.isolation_level = None
    _keep_log_ahead(connection, time.monotonic() + lock_seconds)
    connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")


def _keep_log_ahead(connection: sqlite3.Connection, deadline: float) -> None:
    """Set the journal; in a new file SQLite does not wait for another who sets it, so we do."""
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() >= deadline:
                raise
            time.sleep(_JOURNAL_RETRY_SECONDS)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    """Begin; one who will write takes the lock at once, so that no upgrade can fail later.

    One statement that reads needs no beginning.
    """
    options = connection.get_execution_options()
    if options.get("sarangchae_asks"):
        return
    writes = options.get("sarangchae_writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _open_postgresql(address: URL, lock_seconds: float) -> Engine:
    milliseconds = int(lock_seconds * 1000)
    try:
        return create_engine(
            address,
            connect_args={"options": f"-c lock_timeout={milliseconds}", "connect_timeout": 10},
            json_serializer=_write_json,
            pool_pre_ping=True,
        )
    except ModuleNotFoundError as error:
        raise DatabaseUnreachable(
            f"database {_place_of(address)}: the PostgreSQL driver is not installed; "
            "install sarangchae[postgres]"
        ) from error


def _write_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
