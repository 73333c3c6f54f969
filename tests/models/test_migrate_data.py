"""Databases that people have worked with before: an upgrade keeps what they have."""

from __future__ import annotations

import datetime as dt
import shutil
import uuid
from io import StringIO
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData, insert

from models.database import open_database
from models.draft_store import find_main_draft, load_draft_plan
from models.link_store import find_link
from models.migrate import FOLDER, VERSIONS, upgrade
from models.release_store import Scope, ScopeKind, find_latest_release
from models.run_store import RunKind, get_run
from models.tokens import hash_token
from tests.models.memory import NOW

RUN = uuid.UUID(int=7)
LINK = uuid.UUID(int=8)
ADA = {"scope_kind": "researcher", "scope_id": "ada"}
DAY = dt.date(2026, 1, 5)
SOMETHING: dict[type, Any] = {
    str: "",
    int: 0,
    float: 0.0,
    bool: False,
    dt.datetime: NOW,
    dt.date: DAY,
    dict: {},
    object: 0,
}
"""What stands in columns that are not looked at."""

WORKED = (
    ("programmes", {"id": "lab", "timezone": "Asia/Seoul"}),
    ("plan_runs", {"id": RUN, "programme_id": "lab", "status": "done"}),
    ("plans", {"id": 1, "programme_id": "lab", "status": "optimal", "run_id": None}),
    ("plans", {"id": 2, "programme_id": "lab", "status": "optimal", "run_id": RUN}),
    ("plan_residencies", {"plan_id": 1, "request": "old", "slot": "s", "zone": "z"}),
    ("plan_residencies", {"plan_id": 2, "request": "ada", "slot": "s", "zone": "z"}),
    ("releases", {"programme_id": "lab", "number": 1, "plan_id": 1, "status": "optimal"}),
    ("feed_links", {"id": LINK, "token_hash": hash_token("ada"), "programme_id": "lab"} | ADA),
)


def upgrade_to(revision: str, connection: Connection, folder: Path) -> None:
    """Bring a database to where it was at an earlier revision."""
    for path in VERSIONS.glob("[0-9]*.py"):
        if path.name[: len(revision)] <= revision:
            shutil.copy(path, folder)
    config = Config(stdout=StringIO())
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("version_locations", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def work(connection: Connection) -> None:
    """Fill rows in as an earlier version did."""
    found = MetaData()
    found.reflect(connection)
    for name, known in WORKED:
        table = found.tables[name]
        row: dict[str, Any] = {
            column.name: SOMETHING[column.type.python_type]
            for column in table.columns
            if not column.nullable and column.name not in known
        }
        row |= known
        if connection.dialect.name == "sqlite":
            row |= {key: each.hex for key, each in row.items() if isinstance(each, uuid.UUID)}
        connection.execute(insert(table).values(row))


def test_what_was_planned_and_released_before_is_still_there(
    empty_database_url: str, tmp_path: Path
) -> None:
    database = open_database(empty_database_url, foreign_keys=False)
    with database.engine.begin() as connection:
        upgrade_to("0003", connection, tmp_path)
        work(connection)
    database.close()

    upgrade(empty_database_url)

    database = open_database(empty_database_url)
    with database.reading() as session:
        draft = find_main_draft(session, "lab")
        assert draft is not None
        assert [stay.request for stay in load_draft_plan(session, draft.id).residencies] == ["ada"]
        release = find_latest_release(session, "lab")
        assert release is not None
        assert (release.number, release.plan_id) == (1, 1)
        assert get_run(session, RUN).kind is RunKind.PLAN
        link = find_link(session, "ada")
        assert link is not None
        assert (link.id, link.scope, link.device) == (
            LINK,
            Scope(kind=ScopeKind.RESEARCHER, id="ada"),
            None,
        )
    database.close()
