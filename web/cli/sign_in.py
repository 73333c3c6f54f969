"""``sign-in``: a new link that lets the coordinator in."""

from __future__ import annotations

import click

from scheduler.cli import Refusal
from web.cli.common import clean_errors, database_option, ready_database, settings_for, utc_now
from web.settings import Settings
from web.use_cases.sign_in import LINK_LIFETIME, offer_sign_in, tidy_name


@click.command("sign-in")
@click.option(
    "--name", help="Whom it signs in, as the history calls them; the first coordinator if nobody."
)
@database_option
@clean_errors()
def sign_in(*, name: str | None, database_url: str | None) -> None:
    """Print a link that signs a coordinator in, once."""
    if name is not None and not tidy_name(name):
        raise Refusal("--name: say whom the link signs in, Kim say")
    settings = settings_for(database_url)
    hours = LINK_LIFETIME.total_seconds() / 3600
    link = new_sign_in_link(settings, name)
    click.echo(f"Sign in with this link; it works once, within {hours:.0f} hours:")
    click.echo(link)


def new_sign_in_link(settings: Settings, name: str | None = None) -> str:
    """Return the address of a new sign-in link."""
    with ready_database(settings) as database, database.writing() as session:
        token = offer_sign_in(session, now=utc_now(), name=name)
    return f"{settings.public_url}/sign-in/{token}"
