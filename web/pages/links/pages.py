"""The list of links, one reader's page, and what is done about the own link."""

from __future__ import annotations

from http import HTTPStatus
from typing import TypedDict

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.context import services
from web.pages.common import changing, workspace_of
from web.pages.languages import PUBLIC_LANGUAGES, current_language
from web.pages.links.room import (
    asked_links,
    blueprint,
    link_address,
    links_address,
    scope_of,
)
from web.pages.researcher.programs import PROGRAMS
from web.use_cases.links import page as links_page
from web.use_cases.links.devices import LABEL_LENGTH
from web.use_cases.links.making import LinkMovedError, end_link, replace_link


class _Asked(TypedDict):
    with_devices: bool
    shown: str | None


NO_STORE = {"Cache-Control": "no-store"}


@blueprint.get("/programmes/<programme_id>/links")
def show_links(programme_id: str) -> ResponseReturnValue:
    """Show readers' links, when each was opened, and who does not see the latest."""
    with services().database.reading() as session:
        view = links_page.show_links(
            session,
            workspace_of(session, programme_id).problem,
            asked_links(),
            services().publisher.maker,
            services().digests.told,
            language=current_language(),
        )
    body = render_template("links.html", view=view, links_address=links_address)
    return body, NO_STORE


@blueprint.get("/programmes/<programme_id>/links/<kind>/<subject>")
def show_link(programme_id: str, kind: str, subject: str) -> ResponseReturnValue:
    """Show one reader's links with what can be done about them."""
    scope = scope_of(kind, subject)
    with services().database.reading() as session:
        view = links_page.show_link(
            session,
            workspace_of(session, programme_id).problem,
            scope,
            services().publisher.maker,
            language=current_language(),
        )
    body = render_template(
        "link.html",
        view=view,
        programs=PROGRAMS,
        tongues=PUBLIC_LANGUAGES,
        longest=LABEL_LENGTH,
    )
    return body, NO_STORE


@blueprint.post("/programmes/<programme_id>/links/<kind>/<subject>/replace")
def replace(programme_id: str, kind: str, subject: str) -> ResponseReturnValue:
    """End the link and show the one that takes its place."""
    scope = scope_of(kind, subject)
    try:
        with changing(programme_id) as session:
            maker, now = services().publisher.maker, services().clock()
            replace_link(session, programme_id, scope, maker, now=now, **_asked())
    except LinkMovedError:
        _say_moved()
    return redirect(link_address(programme_id, scope), HTTPStatus.SEE_OTHER)


@blueprint.post("/programmes/<programme_id>/links/<kind>/<subject>/revoke")
def revoke(programme_id: str, kind: str, subject: str) -> ResponseReturnValue:
    """End the link without another one."""
    scope = scope_of(kind, subject)
    try:
        with changing(programme_id) as session:
            end_link(session, programme_id, scope, now=services().clock(), **_asked())
    except LinkMovedError:
        _say_moved()
        return redirect(link_address(programme_id, scope), HTTPStatus.SEE_OTHER)
    return redirect(url_for("links.show_links", programme_id=programme_id), HTTPStatus.SEE_OTHER)


def _asked() -> _Asked:
    """Return which link was looked at, and whether devices end too: as ticked, else not."""
    return {
        "with_devices": request.form.get("devices") == "yes",
        "shown": request.form.get("shown"),
    }


def _say_moved() -> None:
    flash(gettext("Somebody replaced or revoked this link meanwhile. This is what stands."), "warn")
