"""What the researchers' room shares: its blueprint, and what waits there, for every page's head."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus

from flask import Blueprint, abort, g, request
from flask_babel import ngettext

from models.history_store import ChangeKind
from web.context import services
from web.pages.common import changing, edit_of_scenario
from web.use_cases.history.page import take_back
from web.use_cases.views.visitors import Waiting
from web.use_cases.visitors.waiting import find_mark

blueprint = Blueprint("visitors", __name__)

NEVER_KEPT = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """What waits, in numbers and in words, and the mark that is another once something is new."""

    mark: str
    waiting: Waiting

    @property
    def said(self) -> str:
        """How much is to be decided."""
        total = self.waiting.total
        return str(ngettext("%(num)s thing to decide", "%(num)s things to decide", total))


def pulse_of(programme_id: str) -> Pulse:
    """Return what waits for the office, looked up once a page."""
    kept: dict[str, Pulse] = g.setdefault("visitors_pulse", {})
    if programme_id not in kept:
        with services().database.reading() as session:
            mark = find_mark(session, programme_id, now=services().clock())
            waiting = services().digests.waiting(session, programme_id, mark)
            kept[programme_id] = Pulse(mark=mark.text, waiting=waiting)
    return kept[programme_id]


def reverse_named(programme_id: str) -> int:
    """Take back the change that a form names, and return the one that did so.

    ``NothingToUndoError`` where something was done since.
    """
    change_id = request.form.get("change", type=int)
    if change_id is None:
        abort(HTTPStatus.BAD_REQUEST)
    edit = replace(
        edit_of_scenario(ChangeKind.ANSWER), draft_id=request.form.get("draft", type=int)
    )
    with changing(programme_id) as session:
        return take_back(session, programme_id, edit, change_id).id


blueprint.add_app_template_global(pulse_of, "visitors_pulse")
