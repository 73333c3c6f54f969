"""``serve``: the pages, the feeds and the planning, from one process on one machine."""

from __future__ import annotations

import datetime as dt
import os
import webbrowser
from contextlib import suppress
from dataclasses import replace

import click
from flask import Flask

from models.errors import DatabaseProblem
from models.mail_queue import recover_mails
from scheduler.cli import Refusal
from web.app import close_app, create_app
from web.cli.alone import alone_in, say_where
from web.cli.common import clean_errors, database_option, ready_database, settings_for, utc_now
from web.cli.server import Server, address_of, listen
from web.cli.sign_in import new_sign_in_link
from web.context import services_of
from web.frontend.build import VENDOR, FrontendError, check_served
from web.jobs.watch import watch_in_background
from web.pages.catalogs import TRANSLATIONS, CatalogError, compile_catalogs
from web.settings import Settings, remember_address
from web.use_cases.planning.runs import fail_lost_runs, fail_runs_of_last_server


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--open", "is_opened", is_flag=True, help="Open the pages in the browser.")
@database_option
@clean_errors()
def serve(*, host: str, port: int, is_opened: bool, database_url: str | None) -> None:
    """Serve the pages and the calendars, and plan in the background."""
    settings = settings_for(database_url)
    _check_parts()
    with alone_in(settings.data) as place, listen(host, port) as listener:
        started_at = utc_now()
        _clear_up(settings, started_at)
        if not os.environ.get("SARANGCHAE_PUBLIC_URL"):
            settings = replace(settings, public_url=address_of(listener))
            remember_address(settings)
        say_where(place, settings.public_url)
        link = new_sign_in_link(settings)
        click.echo(f"Sarangchae is at {settings.public_url}")
        click.echo(f"Sign in with this link, which works once: {link}")
        click.echo("Stop with Ctrl-C.")
        if is_opened:
            webbrowser.open(link)
        Server(listener, lambda: _build(settings, started_at), close_app).run()


def _check_parts() -> None:
    """Refuse to start without what pages are made of, while there is somebody to tell."""
    try:
        check_served(VENDOR)
        compile_catalogs(TRANSLATIONS)
    except (FrontendError, CatalogError) as error:
        raise Refusal(str(error)) from None


def _clear_up(settings: Settings, started_at: dt.datetime) -> None:
    with ready_database(settings) as database, database.writing() as session:
        fail_runs_of_last_server(session, started_at=started_at, now=started_at)


def _build(settings: Settings, started_at: dt.datetime) -> Flask:
    """Return the application, in the process that serves it."""
    app = create_app(settings)
    services = services_of(app)

    def look() -> None:
        with services.database.writing() as session:
            fail_runs_of_last_server(session, started_at=started_at, now=utc_now())
            fail_lost_runs(session, now=utc_now())

    with suppress(DatabaseProblem), services.database.writing() as session:
        now = utc_now()
        recover_mails(session, before=now, now=now)
    watch_in_background(look)
    with suppress(DatabaseProblem):
        services.feeds.warm_up(services.database)
    return app
