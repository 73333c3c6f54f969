"""The researcher's pages in one place; importing this module gives the blueprint all of them."""

from __future__ import annotations

from web.pages.researcher import (
    answers,
    busy,
    calendars,
    changes,
    reply,
    settings,
    stay,
    wishes,
)
from web.pages.researcher.common import blueprint

__all__ = [
    "answers",
    "blueprint",
    "busy",
    "calendars",
    "changes",
    "reply",
    "settings",
    "stay",
    "wishes",
]
