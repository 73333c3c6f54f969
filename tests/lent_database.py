"""A PostgreSQL database that tests use in turn: emptying it is far quicker than making another."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, delete, table, text
from sqlalchemy.engine import Engine

from models.migrate import upgrade

TEMPLATE = "template_of_tests"
REVISION = "alembic_version"

SHAPE = text("""
    SELECT relname, relkind::text, attname, atttypid::int, attnotnull
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
    WHERE relnamespace = 'public'::regnamespace ORDER BY relname, attnum
""")
"""Tables, indexes and sequences with their columns."""

LET_GO = """
    SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
"""Nobody whom a test left behind holds a lock, or writes into the next test's tables."""

State = list[tuple[object, ...]]


class LentDatabase:
    """A database with every table, each of them empty whenever a test begins."""

    def __init__(self, admin: Engine) -> None:
        """Make a template by the migrations, and the first copy."""
        self._admin = admin
        execute(admin, f"CREATE DATABASE {TEMPLATE}")
        upgrade(url_of(admin, TEMPLATE))
        self._make()
        self._new = self._read_state()
        self._emptying = emptying(self._new)

    @property
    def url(self) -> str:
        """Return the address for a test."""
        return url_of(self._admin, self._name)

    def take_back(self) -> None:
        """Empty the tables; where a test has changed more than rows, make a database anew."""
        execute(self._engine, LET_GO)
        if self._read_state() == self._new:
            execute(self._engine, self._emptying)
        else:
            self.close()
            self._make()

    def close(self) -> None:
        """Drop the database."""
        self._engine.dispose()
        drop(self._admin, self._name)

    def _make(self) -> None:
        self._name = create(self._admin, TEMPLATE)
        address = self._admin.url.set(database=self._name)
        self._engine = create_engine(address, isolation_level="AUTOCOMMIT")

    def _read_state(self) -> State:
        revision = text(f"TABLE {REVISION}")
        with self._engine.connect() as connection:
            return [tuple(row) for each in (SHAPE, revision) for row in connection.execute(each)]


def emptying(state: State) -> str:
    """Return what empties every table, whatever refers to what, and begins its numbers at 1."""
    names = {(str(row[0]), row[1]) for row in state if len(row) > 1}
    tables = sorted(name for name, kind in names if kind == "r" and name != REVISION)
    sequences = sorted(name for name, kind in names if kind == "S")
    statements = (
        "SET session_replication_role = replica",
        *(str(delete(table(name))) for name in tables),
        *(f"ALTER SEQUENCE {name} RESTART" for name in sequences),
    )
    return "; ".join(statements)


def create(admin: Engine, template: str) -> str:
    """Make a database from a template; return its name."""
    name = f"test_{uuid.uuid4().hex}"
    execute(admin, f"CREATE DATABASE {name} TEMPLATE {template}")
    return name


def drop(admin: Engine, name: str) -> None:
    """Drop a database, whoever uses it."""
    execute(admin, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def fresh(admin: Engine) -> Iterator[str]:
    """Give the address of a database of its own, without any table."""
    name = create(admin, "template0")
    yield url_of(admin, name)
    drop(admin, name)


def execute(engine: Engine, statements: str) -> None:
    """Execute one statement, or several."""
    with engine.connect() as connection:
        connection.execute(text(statements))


def url_of(admin: Engine, name: str) -> str:
    """Return the address of a database as a setting says it."""
    address = admin.url.set(drivername="postgresql", database=name)
    return address.render_as_string(hide_password=False)
