"""Opening databases: what goes wrong has a name, a place and a remedy; readers see one state."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest
from sqlalchemy import literal, select, text
from sqlalchemy.exc import StatementError

from models.database import Database, open_database
from models.draft_store import main_draft
from models.errors import DatabaseLocked, DatabaseUnreachable
from models.programme_store import load_programmes, lock_programme
from models.run_store import add_run, get_run
from models.tables import UtcDateTime
from tests.builders import make_problem, make_programme
from tests.models.memory import NOW, recall, remember


def _use(url: str) -> None:
    database = open_database(url)
    try:
        with database.writing() as session:
            session.execute(text("CREATE TABLE things (id INTEGER)"))
    finally:
        database.close()


def _add_run(database: Database, moment: dt.datetime) -> dt.datetime:
    with database.writing() as session:
        run_id = add_run(
            session,
            programme_id="lab",
            draft_id=main_draft(session, "lab", now=NOW).id,
            seconds_limit=60,
            workers=2,
            seed=0,
            input_sha256="",
            now=moment,
        )
    with database.reading() as session:
        return get_run(session, run_id).created_at


def test_the_folder_of_a_sqlite_file_is_made(tmp_path: Path) -> None:
    _use(f"sqlite:///{tmp_path}/data/deep/sarangchae.db")

    assert (tmp_path / "data" / "deep" / "sarangchae.db").is_file()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")

    with pytest.raises(DatabaseUnreachable) as caught:
        open_database(f"sqlite:///{tmp_path}/data/deep/sarangchae.db")

    assert str(caught.value) == (
        f"database folder {tmp_path}/data/deep: cannot be made (Not a directory); "
        "choose a folder that you may write to"
    )


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Dear diary, this is no database, however long it is. " * 20)

    with pytest.raises(DatabaseUnreachable) as caught:
        _use(f"sqlite:///{path}")

    assert str(caught.value).startswith(
        f"database {path}: cannot be used (file is not a database); check that it is there"
    )


def test_a_sqlite_file_that_is_a_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnreachable, match="unable to open database file"):
        _use(f"sqlite:///{tmp_path}")


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(DatabaseUnreachable) as caught:
        _use("postgresql://ada:secret@127.0.0.1:1/lab")

    assert str(caught.value).startswith(
        "database postgresql+psycopg://ada:***@127.0.0.1:1/lab: cannot be used (connection failed"
    )
    assert "secret" not in str(caught.value)


def test_a_missing_driver_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(DatabaseUnreachable) as caught:
        open_database("postgresql://host/lab")

    assert str(caught.value) == (
        "database postgresql+psycopg://host/lab: the PostgreSQL driver is not installed; "
        "install sarangchae[postgres]"
    )


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("data/sarangchae.db", "database URL: not a URL; write sqlite:///data/sarangchae.db or "),
        ("mysql://ada@host/lab", "database URL mysql://ada@host/lab: mysql is not supported; use"),
    ],
)
def test_a_url_that_cannot_be_used_is_refused(url: str, message: str) -> None:
    with pytest.raises(DatabaseUnreachable) as caught:
        open_database(url)

    assert str(caught.value).startswith(message)


def test_a_lock_that_another_keeps_has_a_name_and_a_remedy(
    database: Database, database_url: str
) -> None:
    remember(database, make_problem())
    impatient = open_database(database_url, lock_seconds=0.05)

    with database.writing() as holder:
        lock_programme(holder, "lab")
        with pytest.raises(DatabaseLocked) as caught, impatient.writing() as session:
            lock_programme(session, "lab")

    assert str(caught.value) == (
        f"database {database.place}: locked by another process; wait until it finishes, or stop "
        "it, and try again"
    )
    impatient.close()


def test_after_the_lock_is_gone_the_same_step_succeeds(
    database: Database, database_url: str
) -> None:
    remember(database, make_problem())
    impatient = open_database(database_url, lock_seconds=0.05)
    with database.writing() as holder:
        lock_programme(holder, "lab")
        with pytest.raises(DatabaseLocked), impatient.writing() as session:
            lock_programme(session, "lab")

    remember(impatient, make_problem(zones=()))

    assert recall(database) == make_problem(zones=())
    impatient.close()


def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    remember(database, make_problem())

    with database.writing() as session:
        session.execute(text("UPDATE programmes SET currency = 'EUR'"))
        read = recall(database)

    assert read == make_problem()
    assert recall(database) == make_problem(programme=make_programme(currency="EUR"))


def test_a_reader_sees_one_state_from_its_first_query_to_its_last(database: Database) -> None:
    remember(database, make_problem())

    with database.reading() as session:
        before = load_programmes(session)
        remember(database, make_problem(programme=make_programme(id="hub")))
        after = load_programmes(session)

    assert before == after


def test_moments_come_back_in_utc_whatever_their_zone(database: Database) -> None:
    remember(database, make_problem())
    seoul = dt.datetime(2026, 1, 5, 18, 0, 0, 250_000, dt.timezone(dt.timedelta(hours=9)))

    stored = _add_run(database, seoul)

    assert stored == seoul
    assert stored.isoformat() == "2026-01-05T09:00:00.250000+00:00"


def test_a_moment_that_is_not_there_stays_away(database: Database) -> None:
    with database.reading() as session:
        assert session.scalar(select(literal(None, UtcDateTime()))) is None


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    remember(database, make_problem())

    with pytest.raises(StatementError, match="moment 2026-01-05T09:00:00 has no time zone"):
        _add_run(database, NOW.replace(tzinfo=None))
