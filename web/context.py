"""What every request handler may ask for: settings, database, clock, jobs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from models.database import Database
from web.jobs.runner import JobRunner
from web.mail.postman import Postman
from web.settings import Settings
from web.use_cases.overview.digest import Digests
from web.use_cases.releases.publish import Publisher
from web.use_cases.researchers.feeds import Feeds
from web.use_cases.workspace import Workspaces

_KEY = "sarangchae"


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The parts that ``create_app`` composed; the clock gives aware moments in UTC.

    Pages read in ``with services().database.reading() as session`` and change in ``writing()``.
    """

    settings: Settings
    database: Database
    clock: Callable[[], dt.datetime]
    jobs: JobRunner
    publisher: Publisher
    feeds: Feeds
    workspaces: Workspaces
    digests: Digests
    postman: Postman


def add_services(app: Flask, services: Services) -> None:
    """Hang the services on the application."""
    app.extensions[_KEY] = services


def services() -> Services:
    """Return the services of the application that handles this request."""
    return services_of(current_app)


def services_of(app: Flask) -> Services:
    """Return the services of an application."""
    return cast("Services", app.extensions[_KEY])
