"""The coordinator's first pages: the programmes, one programme's overview, its researchers."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.context import services
from web.pages.common import workspace_of
from web.pages.languages import current_language
from web.pages.overview.chart import build_weeks_chart
from web.pages.overview.words import say_country, say_desks, say_money, say_short_month, say_week
from web.use_cases import lists
from web.use_cases.overview import page as programme_page
from web.use_cases.views.overview import StackBy

blueprint = Blueprint("coordinator", __name__)
blueprint.add_app_template_global(build_weeks_chart, "weeks_chart")
blueprint.add_app_template_filter(say_country, "country")
blueprint.add_app_template_filter(say_desks, "desks")
blueprint.add_app_template_filter(say_week, "week")
blueprint.add_app_template_filter(say_money, "money")
blueprint.add_app_template_filter(say_short_month, "short_month")


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """Open the only programme, else show which there are."""
    with services().database.reading() as session:
        view = lists.show_programmes(session, language=current_language())
    if len(view.programmes) == 1:
        return _to_programme(view.programmes[0].id)
    return render_template("programmes.html", view=view)


@blueprint.get("/programmes/<programme_id>")
def show_programme(programme_id: str) -> ResponseReturnValue:
    """Show where the programme stands, and what needs the coordinator."""
    with services().database.reading() as session:
        view = programme_page.show_programme(
            session,
            workspace_of(session, programme_id),
            services().publisher,
            services().digests,
            programme_page.Look(
                language=current_language(),
                now=services().clock(),
                month=_asked_month(),
                by=_asked_stack(),
            ),
        )
    return render_template("programme.html", view=view)


def _to_programme(programme_id: str) -> ResponseReturnValue:
    address = url_for("coordinator.show_programme", programme_id=programme_id)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _asked_month() -> dt.date | None:
    asked = request.args.get("month")
    if asked is None:
        return None
    try:
        return dt.date.fromisoformat(f"{asked}-01")
    except ValueError:
        return abort(HTTPStatus.NOT_FOUND)


def _asked_stack() -> StackBy:
    asked = request.args.get("by", StackBy.TRACK.value)
    return StackBy(asked) if asked in set(StackBy) else abort(HTTPStatus.NOT_FOUND)
