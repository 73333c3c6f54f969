"""Notes when a private link was opened, after its reader has been answered."""

from __future__ import annotations

import logging

from flask import Response

from models.errors import DatabaseProblem
from models.link_store import Link, touch_link
from web.context import services

_log = logging.getLogger(__name__)


def note_fetch(response: Response, link: Link, *, release: int | None) -> None:
    """Note that a link was opened and which release was seen, unless it was noted lately.

    It is written once the answer is sent: no reader waits for it, or gets an error for it.
    """
    database, now = services().database, services().clock()
    if not link.wants_touch(now, release):
        return

    def note() -> None:
        try:
            with database.writing() as session:
                touch_link(session, link.id, now=now, release=release)
        except DatabaseProblem as problem:
            _log.warning("Noting that a link was opened: %s", problem)

    response.call_on_close(note)
