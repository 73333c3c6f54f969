"""``migrate``: brings the database's tables up to this version."""

from __future__ import annotations

import click

from models.migrate import upgrade
from web.cli.common import clean_errors, database_option, settings_for


@click.command()
@database_option
@clean_errors()
def migrate(*, database_url: str | None) -> None:
    """Make or update the tables of the database."""
    settings = settings_for(database_url)
    upgrade(settings.database_url)
    click.echo("The database is up to date.")
