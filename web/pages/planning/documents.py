"""Runs as JSON for scripts, and what they say in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from babel.lists import format_list
from flask import url_for
from flask_babel import format_decimal, get_locale
from flask_babel import gettext as _

from models.run_store import Run
from web.pages.wording import say_rule
from web.use_cases.planning.messages import MESSAGES
from web.use_cases.views import RunView
from web.use_cases.views.planning import BrokenRule


def run_document(
    run: RunView, result: dict[str, Any] | None = None, *, since: int = 0
) -> dict[str, Any]:
    """Return how far a run is; ``result`` is what it found that is not a plan.

    The first ``since`` incumbents are left out.
    """
    return {
        "id": run.id,
        "status": run.status.value,
        "is_active": run.is_active,
        "seconds": run.seconds,
        "limit_seconds": run.limit_seconds,
        "objective": run.objective,
        "bound": run.bound,
        "gap": run.gap,
        "stop_asked": run.stop_asked,
        "message": say_message(run.message),
        "incumbents": [
            {"seconds": each.seconds, "objective": each.objective, "bound": each.bound}
            for each in run.incumbents[since:]
        ],
        "result": result,
    }


def run_place(run: Run) -> dict[str, str]:
    """Return a run's id and where to ask how far it is."""
    address = url_for("planning.show_run", programme_id=run.programme_id, run_id=str(run.id))
    return {"run": str(run.id), "url": address, "status": run.status.value}


def say_broken(broken: Sequence[BrokenRule]) -> str:
    """Say which rules are broken, and how often where it is more than once."""
    said = [
        f"{say_rule(each.rule)} ({format_decimal(each.count)})"
        if each.count > 1
        else say_rule(each.rule)
        for each in broken
    ]
    return str(format_list(said, locale=get_locale())) if said else ""


def say_message(message: str) -> str:
    """Say why a run ended without an answer; what is about single items is said as it stands."""
    said = str(_(message)) if message in MESSAGES else message
    return f"{said[:1].upper()}{said[1:]}"
