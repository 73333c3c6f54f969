"""The researcher's first page: the stay, and all that goes with it."""

from __future__ import annotations

import io
import logging
from functools import partial

from flask import request, send_file
from flask.typing import ResponseReturnValue
from flask_login import current_user

from models.database import Database
from models.errors import DatabaseProblem
from web.access import public
from web.context import services
from web.pages.researcher.clocks import say_city, say_home_moment, say_hours, say_named_day
from web.pages.researcher.common import arrive, blueprint, done, private, private_page
from web.use_cases.researchers import page as researcher_page
from web.use_cases.researchers.keeping import keep_ticks, note_first_look, note_read
from web.use_cases.researchers.one_stay import spell_stay
from web.use_cases.researchers.visiting import Visit
from web.use_cases.whole_numbers import whole_number

PAGE = "researcher.show_stay"

_log = logging.getLogger(__name__)

blueprint.add_app_template_filter(say_city, "city")
blueprint.add_app_template_filter(say_hours, "hours")
blueprint.add_app_template_filter(say_home_moment, "home_moment")
blueprint.add_app_template_filter(say_named_day, "named_day")


@blueprint.get("/r/<token>")
@public
def show_stay(token: str) -> ResponseReturnValue:
    """Show the stays of the link's researcher in the language chosen, else in their own.

    ``?zone=`` is the time zone that their device names.
    """
    with services().database.reading() as session:
        visitor = arrive(session, token)
        problem = services().workspaces.scenario(session, visitor.programme_id).problem
        view = researcher_page.show_researcher(
            session,
            visitor,
            problem,
            services().publisher.maker,
            now=services().clock(),
            device_zone=request.args.get("zone"),
        )
    response = private_page("researcher.html", visitor, view=view)
    is_reader = request.method == "GET" and not current_user.is_authenticated
    if view.read_release is None and is_reader:
        response.call_on_close(partial(_note_first_look, services().database, visitor))
    return response


def _note_first_look(database: Database, visitor: Visit) -> None:
    """Note what was read at the very first look, once it is answered: nobody waits for it."""
    try:
        with database.writing() as session:
            note_first_look(session, visitor)
    except DatabaseProblem as problem:
        _log.warning("Noting somebody's first look: %s", problem)


@blueprint.post("/r/<token>/read")
@public
def mark_read(token: str) -> ResponseReturnValue:
    """Note that the changes up to the release shown were read."""
    release = whole_number(request.form.get("release", ""))
    with services().database.writing() as session:
        note_read(session, arrive(session, token), release or 0)
    return done(PAGE, token, "read")


@blueprint.post("/r/<token>/tasks")
@public
def tick_tasks(token: str) -> ResponseReturnValue:
    """Keep what is done of a stay's checklist, as far as it is otherwise than was shown."""
    done_now, done_then = set(request.form.getlist("done")), set(request.form.getlist("was"))
    changed = {key: key in done_now for key in done_now ^ done_then}
    stay = request.form.get("request", "")
    with services().database.writing() as session:
        keep_ticks(session, arrive(session, token), stay, changed, now=services().clock())
    return done(PAGE, token, "ticked")


@blueprint.get("/r/<token>/stays/<request_id>.ics")
@public
def download_stay(token: str, request_id: str) -> ResponseReturnValue:
    """Send one stay as a file, to be taken into a calendar once."""
    with services().database.reading() as session:
        visitor = arrive(session, token)
        body = spell_stay(session, visitor, request_id, services().publisher.maker)
    file = io.BytesIO(body)
    name = f"{visitor.programme_id}-{request_id}.ics"
    answer = send_file(file, mimetype="text/calendar", as_attachment=True, download_name=name)
    return private(answer)
