"""The researcher's pages in one place; importing this module gives the blueprint all of them."""

from __future__ import annotations

from web.pages.researcher import calendars, changes, reply, stay
from web.pages.researcher.common import blueprint

__all__ = ["blueprint", "calendars", "changes", "reply", "stay"]
