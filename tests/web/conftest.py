"""The application on a fresh database, and a browser in which the coordinator has signed in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models.database import Database
from tests.web.laboratory import open_app, signed_in


@pytest.fixture
def app(tmp_path: Path, database: Database) -> Iterator[Flask]:
    """Open the application with the tests' settings, at the moment NOW."""
    with open_app(tmp_path, database) as app:
        yield app


@pytest.fixture
def browser(app: Flask, database: Database) -> FlaskClient:
    """Sign the coordinator in."""
    return signed_in(app, database)
