"""The requests room: the table, import from files, export."""

from __future__ import annotations

from web.pages.requests import exports, imports, table
from web.pages.requests.room import blueprint

__all__ = ["blueprint", "exports", "imports", "table"]
