"""What every request handler may ask for: settings, database, the clock, the job runner."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from models.database import Database
from web.jobs.runner import JobRunner
from web.settings import Settings

_KEY = "sarangchae"


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The parts that ``create_app`` composed; the clock gives aware moments in UTC."""

    settings: Settings
    database: Database
    clock: Callable[[], dt.datetime]
    jobs: JobRunner


def add_services(app: Flask, services: Services) -> None:
    """Hang the services on the application."""
    app.extensions[_KEY] = services


def services() -> Services:
    """Return the services of the application that handles this request."""
    return cast("Services", current_app.extensions[_KEY])
