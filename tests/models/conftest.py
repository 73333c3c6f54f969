"""A database that holds one tiny programme."""

from __future__ import annotations

import pytest

from models.database import Database
from tests.builders import make_problem
from tests.models.memory import remember


@pytest.fixture
def lab(database: Database) -> Database:
    """Return a database with the programme ``lab``."""
    remember(database, make_problem())
    return database
