"""How a researcher reads: from which time zone, and by which mails."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from web.access import public
from web.context import services
from web.pages.researcher.clocks import countries
from web.pages.researcher.common import arrive, blueprint, done, private_page
from web.use_cases.researchers.keeping import keep_wants_invitations, keep_zone
from web.use_cases.researchers.page import show_settings


@blueprint.get("/r/<token>/settings")
@public
def show_settings_page(token: str) -> ResponseReturnValue:
    """Show what a researcher has set."""
    with services().database.reading() as session:
        visitor = arrive(session, token)
        problem = services().workspaces.scenario(session, visitor.programme_id).problem
        view = show_settings(session, visitor, problem, now=services().clock())
    return private_page("researcher_settings.html", visitor, view=view, countries=countries)


@blueprint.post("/r/<token>/settings")
@public
def keep_settings(token: str) -> ResponseReturnValue:
    """Keep what the form names, and nothing else."""
    form = request.form
    with services().database.writing() as session:
        visitor = arrive(session, token)
        if "timezone" in form:
            keep_zone(session, visitor, form["timezone"] or None)
        if "invitations" in form:
            wants = form.getlist("invitations")[-1] == "yes"
            keep_wants_invitations(session, visitor, wants=wants)
    page = "show_settings_page" if form.get("back") == "settings" else "show_stay"
    return done(f"researcher.{page}", token, "kept")
