"""The researcher's own page, behind a link that nobody can guess."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from web.access import public
from web.context import services
from web.pages.languages import PUBLIC_LANGUAGES, current_language, find_chosen_language
from web.use_cases import researcher_page

blueprint = Blueprint("researcher", __name__)


@blueprint.get("/r/<token>")
@public
def show_stay(token: str) -> ResponseReturnValue:
    """Show the stays of the link's researcher in the language chosen, else in their own."""
    with services().database.reading() as session:
        view = researcher_page.show_researcher(
            session,
            token,
            services().publisher.maker,
            language=find_chosen_language(),
            now=services().clock(),
        )
    language = view.language if view.language in PUBLIC_LANGUAGES else current_language()
    with force_locale(language):
        response = make_response(render_template("researcher.html", view=view))
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
