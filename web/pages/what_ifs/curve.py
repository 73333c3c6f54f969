"""Handlers of the stability curve: find it, and make a what-if of one of its plans."""

from __future__ import annotations

from http import HTTPStatus

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from web.context import services
from web.pages.common import changing, workspace_of
from web.pages.languages import current_language
from web.pages.what_ifs.forms import to_branch, who
from web.use_cases.planning.runs import stop_plan_run
from web.use_cases.what_ifs.curve import ask_curve, show_curve
from web.use_cases.what_ifs.make import begin_from_plan


def show_stability(programme_id: str) -> ResponseReturnValue:
    """Show what a few changes more would bring."""
    with services().database.reading() as session:
        view = show_curve(
            session,
            workspace_of(session, programme_id),
            language=current_language(),
            now=services().clock(),
        )
    return render_template("stability.html", view=view)


def find_stability(programme_id: str) -> ResponseReturnValue:
    """Begin to find the curve, and follow it."""
    with changing(programme_id) as session:
        asked = ask_curve(session, workspace_of(session, programme_id), now=services().clock())
    if asked.is_new:
        services().jobs.submit(str(asked.run.id))
    return _to_curve(programme_id)


def stop_stability(programme_id: str, run_id: str) -> ResponseReturnValue:
    """Stop looking for the curve."""
    with changing(programme_id) as session:
        stop_plan_run(session, programme_id, run_id, now=services().clock())
    return _to_curve(programme_id)


def begin_with_plan(programme_id: str) -> ResponseReturnValue:
    """Make a what-if of a plan, and show it beside the draft."""
    plan_id = request.form.get("plan", type=int, default=0)
    title = request.form.get("title", "").strip() or _("Plan %(number)s", number=plan_id)
    with changing(programme_id) as session:
        main = workspace_of(session, programme_id)
        draft = begin_from_plan(session, main, title, plan_id, who())
    return to_branch(programme_id, draft.id)


def _to_curve(programme_id: str) -> ResponseReturnValue:
    address = url_for("branches.show_stability", programme_id=programme_id)
    return redirect(address, HTTPStatus.SEE_OTHER)
