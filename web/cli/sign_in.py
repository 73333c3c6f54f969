"""``sign-in``: a new link that lets the coordinator in."""

from __future__ import annotations

import click

from web.cli.common import clean_errors, database_option, ready_database, settings_for, utc_now
from web.settings import Settings
from web.use_cases.sign_in import LINK_LIFETIME, offer_sign_in


@click.command("sign-in")
@database_option
@clean_errors()
def sign_in(*, database_url: str | None) -> None:
    """Print a link that signs the coordinator in, once."""
    settings = settings_for(database_url)
    hours = LINK_LIFETIME.total_seconds() / 3600
    link = new_sign_in_link(settings)
    click.echo(f"Sign in with this link; it works once, within {hours:.0f} hours:")
    click.echo(link)


def new_sign_in_link(settings: Settings) -> str:
    """Return the address of a new sign-in link."""
    with ready_database(settings) as database, database.writing() as session:
        token = offer_sign_in(session, now=utc_now())
    return f"{settings.public_url}/sign-in/{token}"
