"""Turns what a database driver raises about the database itself into our named errors."""

from __future__ import annotations

import sqlite3

from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import OperationalError

from models.errors import (
    DatabaseBehind,
    DatabaseLocked,
    DatabaseProblem,
    DatabaseUnreachable,
    Unstorable,
)

SQLITE_LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
SQLITE_UNREACHABLE = frozenset(
    {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)
SQLITE_BEHIND = ("no such table", "no such column")

POSTGRESQL_LOCKED = frozenset({"55P03", "40P01", "40001"})
"""A lock not granted in time, a deadlock, a conflict of snapshots."""

POSTGRESQL_BEHIND = frozenset({"42P01", "42703"})
"""No such table, no such column."""

NO_CHARACTER = "cannot contain NUL"
"""What the driver of PostgreSQL says of a text with a character that the server does not know."""

POSTGRESQL_UNSTORABLE = frozenset({"22003", "22008", "22021", "22P05"})
"""A number or a day out of range, bytes or an escape that are no character."""


def name_error(place: str, context: ExceptionContext) -> None:
    """Raise the named error in place of the driver's, where it is about the database itself."""
    error = context.original_exception
    if _is_unstorable(error):
        raise Unstorable("A number or a text in this is none that could be kept.") from error
    if isinstance(error, sqlite3.Error):
        named = _named_of_sqlite(place, error)
    else:
        named = _named_of_postgresql(place, context)
    if named is not None:
        raise named from error


def _is_unstorable(error: BaseException) -> bool:
    """Tell whether a value is the reason; drivers refuse some before the database sees them."""
    return (
        isinstance(error, OverflowError | UnicodeEncodeError)
        or getattr(error, "sqlstate", None) in POSTGRESQL_UNSTORABLE
        or NO_CHARACTER in str(error)
    )


def _named_of_sqlite(place: str, error: sqlite3.Error) -> DatabaseProblem | None:
    primary_code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF
    if primary_code in SQLITE_LOCKED:
        return locked(place)
    if primary_code in SQLITE_UNREACHABLE:
        return unreachable(place, str(error))
    if str(error).startswith(SQLITE_BEHIND):
        return behind(place)
    return None


def _named_of_postgresql(place: str, context: ExceptionContext) -> DatabaseProblem | None:
    error = context.original_exception
    code = getattr(error, "sqlstate", None)
    if code in POSTGRESQL_LOCKED:
        return locked(place)
    if code in POSTGRESQL_BEHIND:
        return behind(place)
    if isinstance(context.sqlalchemy_exception, OperationalError):
        return unreachable(place, str(error))
    return None


def locked(place: str) -> DatabaseLocked:
    """Return the error for a database that another process keeps locked."""
    return DatabaseLocked(
        f"database {place}: locked by another process; wait until it finishes, or stop it, "
        "and try again"
    )


def behind(place: str) -> DatabaseBehind:
    """Return the error for a database whose tables are missing or old."""
    return DatabaseBehind(
        f"database {place}: its tables are missing or older than this version; "
        "run `sarangchae migrate`"
    )


def unreachable(place: str, why: str) -> DatabaseUnreachable:
    """Return the error for a database that cannot be opened, read or written."""
    return DatabaseUnreachable(
        f"database {place}: cannot be used ({' '.join(why.split())}); check that it is there, "
        "that you may read and write it, and SARANGCHAE_DATABASE_URL"
    )
