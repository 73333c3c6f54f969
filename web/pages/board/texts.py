"""What the board's script says, translated; it puts values into places like ``%(who)s`` itself."""

from __future__ import annotations

from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from web.pages.board.words import say_part
from web.use_cases.views.board import BoardView

PARTS = ("days", "zone", "host", "slot", "pool")


def board_texts(view: BoardView) -> dict[str, Any]:
    """Return the script's texts with its addresses."""
    return {**_addresses(view), **_names(), **_sentences()}


def _addresses(view: BoardView) -> dict[str, Any]:
    programme_id = view.programme_id
    known = current_app.view_functions
    freedom = runs = None
    if "planning.start_freedom" in known:
        freedom = url_for("planning.start_freedom", programme_id=programme_id)
        runs = url_for("planning.show_plan", programme_id=programme_id) + "/runs/"
    return {
        "address": url_for("board.show_board", programme_id=programme_id),
        "draft": view.draft_id,
        "by": view.group_by.value,
        "freedom": freedom,
        "runs": runs,
        "parts": {part: say_part(part) for part in PARTS},
    }


def _names() -> dict[str, str]:
    """Return what things and states are called."""
    return {
        "event": _("Event"),
        "closure": _("Closed"),
        "reservation": _("Reserved"),
        "absence": _("Host away"),
        "today": _("Today"),
        "noHost": _("No host needed"),
        "stay": _("%(who)s, %(days)s, %(where)s"),
        "pinned": _("pinned"),
        "brokenMark": _("breaks a rule"),
        "fits": _("Fits"),
        "into": _("Into the tray"),
        "checking": _("Looking…"),
        "points": _("%(points)s points"),
        "breaks": _("Breaks: %(rules)s"),
        "noRule": _("No rule is broken."),
        "days": _("%(least)s to %(most)s days"),
        "priority": _("priority %(number)s"),
        "more": _("%(count)s more: search to find them"),
        "free": _("moves freely"),
        "cost": _("moves at a cost"),
        "fixed": _("cannot move"),
        "unknown": _("not known"),
        "brokenOne": _("1 rule is broken"),
        "brokenMany": _("%(count)s rules are broken"),
        "placedOne": _("1 stay"),
        "placedMany": _("%(count)s stays"),
        "placedNone": pgettext("board", "nobody placed yet"),
        "unplacedMany": _("%(count)s not placed"),
        "unplacedNone": pgettext("board", "nobody waits"),
        "any": _("Choose…"),
        "fitsNowhere": _("Nothing fits beside the others"),
    }


def _sentences() -> dict[str, str]:
    """Return what is said of what has happened."""
    return {
        "moved": _("%(who)s: %(days)s, %(where)s."),
        "tooTray": _("%(who)s is in the tray now."),
        "conflict": _(
            "Somebody else has moved %(who)s meanwhile. The board shows where the stay is now; "
            "move it again if you still want to."
        ),
        "others": _("The draft was changed by somebody else. The board shows it as it is now."),
        "othersMoved": _("%(who)s was moved by somebody else."),
        "undone": _("Undone. %(what)s"),
        "redone": _("Redone. %(what)s"),
        "undo": _("Undo: %(what)s"),
        "redo": _("Redo: %(what)s"),
        "nothing": _("There is nothing to take back"),
        "pinDone": _("%(who)s is pinned: %(parts)s."),
        "pinGone": _("%(who)s is not pinned any more."),
        "freedomBusy": _("Working it out…"),
        "freedomDone": _("The colours say how freely each stay can move."),
        "freedomFailed": _("It could not be worked out. Try again later."),
        "notFound": _("Nobody is called so"),
    }
