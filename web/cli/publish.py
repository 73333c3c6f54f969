"""``publish``: the draft becomes a release that everybody's calendar shows."""

from __future__ import annotations

import click

from models.database import Database
from models.release_store import Release
from web.cli.common import (
    chosen_programme,
    clean_errors,
    database_option,
    programme_option,
    ready_database,
    settings_for,
    utc_now,
)
from web.settings import Settings
from web.use_cases.errors import NothingNewError
from web.use_cases.links.making import LinkMaker
from web.use_cases.releases.publish import Publication, Publisher, publish_draft


@click.command()
@click.option("--note", default="", help="What is new, for the coordinator's own records.")
@programme_option
@database_option
@clean_errors()
def publish(*, note: str, programme_id: str | None, database_url: str | None) -> None:
    """Publish the draft of a programme."""
    settings = settings_for(database_url)
    with ready_database(settings) as database:
        publish_current(database, chosen_programme(database, programme_id), settings, note=note)


def publish_current(
    database: Database, programme_id: str, settings: Settings, *, note: str = ""
) -> None:
    """Publish the draft and say so; one that is no news is left alone."""
    maker = LinkMaker(public_url=settings.public_url, secret=settings.secret)
    publisher = Publisher(domain=settings.domain, maker=maker)
    try:
        with database.writing() as session:
            publication = Publication(now=utc_now(), note=note)
            release = publish_draft(session, programme_id, publisher, publication)
    except NothingNewError as error:
        click.echo(str(error))
    else:
        click.echo(f"Programme {programme_id} published: release {release.number}.")
        _say_what_is_left(release)


def _say_what_is_left(release: Release) -> None:
    """Count the warnings that were taken as read, and the mails that wait; on standard error."""
    warnings = len(release.facts["warnings"])
    if warnings:
        click.echo(f"Warnings taken as read, named on the release's page: {warnings:,}.", err=True)
    mails = sum(release.facts["changes"].values())
    if mails:
        click.echo(f"Mails that wait on the pages to be read and sent: {mails:,}.", err=True)
