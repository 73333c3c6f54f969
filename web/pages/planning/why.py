"""The question why: the page of a request, its answer, and the run that finds it."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from web.context import services
from web.errors import prefers_json
from web.pages.common import changing, workspace_of
from web.pages.languages import current_language
from web.pages.planning.documents import run_place
from web.pages.speech import PageWords, say_agreeing
from web.use_cases.planning import why_page

NEVER_KEPT = {"Cache-Control": "no-store"}

blueprint = Blueprint("why", __name__)
blueprint.add_app_template_filter(say_agreeing, "agreeing")


@blueprint.get("/programmes/<programme_id>/why/<request_id>")
def show_why(programme_id: str, request_id: str) -> ResponseReturnValue:
    """Show why a request has no place, or why its stay is as it is."""
    with services().database.reading() as session:
        view = why_page.show_why(
            session,
            workspace_of(session, programme_id),
            request_id,
            language=current_language(),
            words=PageWords(),
        )
    return render_template("why.html", view=view), NEVER_KEPT


@blueprint.get("/programmes/<programme_id>/why/<request_id>.json")
def find_why(programme_id: str, request_id: str) -> ResponseReturnValue:
    """Give the explanation in the reader's words, if it is known; ask for it by a POST."""
    with services().database.reading() as session:
        state, document = why_page.find_why(
            session,
            workspace_of(session, programme_id),
            request_id,
            language=current_language(),
            words=PageWords(),
        )
    address = url_for("why.show_why", programme_id=programme_id, request_id=request_id)
    return {"state": state.value, "page": address, "explanation": document}, NEVER_KEPT


@blueprint.post("/programmes/<programme_id>/why/<request_id>")
def ask_why(programme_id: str, request_id: str) -> ResponseReturnValue:
    """Ask why; an answer that still stands is not looked for anew."""
    with changing(programme_id) as session:
        asked = why_page.ask_why(
            session,
            workspace_of(session, programme_id),
            request_id,
            now=services().clock(),
        )
    if asked.is_new:
        services().jobs.submit(str(asked.run.id))
    if prefers_json():
        return run_place(asked.run)
    address = url_for("why.show_why", programme_id=programme_id, request_id=request_id)
    return redirect(address, HTTPStatus.SEE_OTHER)
