"""What the server's commands share: settings, an open database, and clean refusals."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from models.database import Database, open_database
from models.errors import DatabaseProblem, StoreError
from models.migrate import check_open
from models.programme_store import load_programmes
from scheduler.cli import Refusal, clean_refusals
from web.settings import Settings, SettingsError, read_settings
from web.use_cases.errors import UseCaseError

database_option = click.option(
    "--database",
    "database_url",
    metavar="URL",
    help="Database; SARANGCHAE_DATABASE_URL or a file in the data folder if not given.",
)
programme_option = click.option(
    "--programme", "programme_id", metavar="ID", help="Programme; not needed where there is one."
)


@contextmanager
def clean_errors() -> Iterator[None]:
    """Turn every named error into a refusal, which ends with code 2; a decorator too."""
    with clean_refusals():
        try:
            yield
        except (DatabaseProblem, StoreError, UseCaseError, SettingsError) as error:
            raise Refusal(str(error)) from None


def settings_for(database_url: str | None) -> Settings:
    """Return the settings of the environment, with the database that the command names."""
    settings = read_settings(os.environ, here=Path.cwd())
    return replace(settings, database_url=database_url) if database_url else settings


@contextmanager
def ready_database(settings: Settings) -> Iterator[Database]:
    """Give an open database whose tables are this version's."""
    database = open_database(settings.database_url)
    try:
        check_open(database)
        yield database
    finally:
        database.close()


def chosen_programme(database: Database, programme_id: str | None) -> str:
    """Return the programme that is named, or the only one."""
    with database.reading() as session:
        known = [programme.id for programme in load_programmes(session)]
    if programme_id in known:
        return str(programme_id)
    if programme_id is None and len(known) == 1:
        return known[0]
    if not known:
        raise Refusal("the database holds no programme: store one with `sarangchae seed SCENARIO`")
    raise Refusal(f"name one of the programmes with --programme: {', '.join(known)}")


def utc_now() -> dt.datetime:
    """Return the moment that it is."""
    return dt.datetime.now(dt.UTC)
