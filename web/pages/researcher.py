"""The researcher's own page, behind a link that nobody can guess."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_login import current_user

from web.access import public
from web.context import services
from web.fetches import note_fetch
from web.pages.languages import PUBLIC_LANGUAGES, current_language, find_chosen_language
from web.use_cases.researchers import page as researcher_page
from web.use_cases.researchers.feeds import get_link

blueprint = Blueprint("researcher", __name__)


@blueprint.get("/r/<token>")
@public
def show_stay(token: str) -> ResponseReturnValue:
    """Show the stays of the link's researcher in the language chosen, else in their own.

    A look of the coordinator's is not noted as the researcher's.
    """
    with services().database.reading() as session:
        view = researcher_page.show_researcher(
            session,
            token,
            services().publisher.maker,
            language=find_chosen_language(),
            now=services().clock(),
        )
        link = get_link(session, token)
    language = view.language if view.language in PUBLIC_LANGUAGES else current_language()
    with force_locale(language):
        response = make_response(render_template("researcher.html", view=view))
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    if not current_user.is_authenticated:
        note_fetch(response, link)
    return response
