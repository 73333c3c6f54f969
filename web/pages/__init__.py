"""What people see: blueprints, templates, wording and languages; each page gets one object."""

from __future__ import annotations

from flask import Flask

from web.pages import data, floors, links, replies, requests
from web.pages.board import room as board
from web.pages.history import room as history
from web.pages.languages import add_languages
from web.pages.overview import room as coordinator
from web.pages.planning import room as planning
from web.pages.planning import why
from web.pages.releases import room as releases
from web.pages.researcher import room as researcher
from web.pages.visitors import room as visitors
from web.pages.what_ifs import room as branches
from web.pages.wording import add_wording

PRIVATE_PAGES = researcher.blueprint
"""Pages that a secret address opens, to whoever has it."""


def add_pages(app: Flask) -> None:
    """Register languages, the templates' wording, and the pages of both readers.

    Templates lie in ``pages/templates``, styles and scripts in ``web/static``.
    """
    add_languages(app)
    add_wording(app)
    for room in (
        board,
        branches,
        coordinator,
        data,
        floors,
        history,
        links,
        planning,
        releases,
        replies,
        requests,
        researcher,
        visitors,
        why,
    ):
        app.register_blueprint(room.blueprint)
    app.context_processor(lambda: {"known_endpoints": app.view_functions})
