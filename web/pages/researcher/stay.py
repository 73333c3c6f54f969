"""The researcher's first page: the stay, and all that goes with it."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from web.access import public
from web.context import services
from web.pages.languages import find_chosen_language
from web.pages.researcher.common import blueprint, private_page
from web.use_cases.researchers import page as researcher_page
from web.use_cases.researchers.visiting import visit


@blueprint.get("/r/<token>")
@public
def show_stay(token: str) -> ResponseReturnValue:
    """Show the stays of the link's researcher in the language chosen, else in their own."""
    with services().database.reading() as session:
        visitor = visit(session, token, language=find_chosen_language())
        view = researcher_page.show_researcher(
            session, visitor, services().publisher.maker, now=services().clock()
        )
    return private_page("researcher.html", visitor, view=view)
