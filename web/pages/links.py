"""The coordinator's pages of private links: see them, replace one that leaked, revoke one."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.release_store import Scope, ScopeKind
from web.context import services
from web.pages.languages import current_language
from web.use_cases.links import page as links_page
from web.use_cases.links.making import end_link, replace_link

blueprint = Blueprint("links", __name__)


@blueprint.get("/programmes/<programme_id>/links")
def show_links(programme_id: str) -> ResponseReturnValue:
    """Show every reader's link and when it was opened last."""
    with services().database.reading() as session:
        view = links_page.show_links(
            session, programme_id, services().publisher.maker, language=current_language()
        )
    return render_template("links.html", view=view), {"Cache-Control": "no-store"}


@blueprint.get("/programmes/<programme_id>/links/<kind>/<subject>")
def show_link(programme_id: str, kind: str, subject: str) -> ResponseReturnValue:
    """Show one reader's link with what can be done about it."""
    with services().database.reading() as session:
        view = links_page.show_link(
            session,
            programme_id,
            _scope(kind, subject),
            services().publisher.maker,
            language=current_language(),
        )
    return render_template("link.html", view=view), {"Cache-Control": "no-store"}


@blueprint.post("/programmes/<programme_id>/links/<kind>/<subject>/replace")
def replace(programme_id: str, kind: str, subject: str) -> ResponseReturnValue:
    """End the link and show the one that takes its place."""
    with services().database.writing() as session:
        replace_link(
            session,
            programme_id,
            _scope(kind, subject),
            services().publisher.maker,
            now=services().clock(),
        )
    address = url_for("links.show_link", programme_id=programme_id, kind=kind, subject=subject)
    return redirect(address, HTTPStatus.SEE_OTHER)


@blueprint.post("/programmes/<programme_id>/links/<kind>/<subject>/revoke")
def revoke(programme_id: str, kind: str, subject: str) -> ResponseReturnValue:
    """End the link without another one."""
    with services().database.writing() as session:
        end_link(session, programme_id, _scope(kind, subject), now=services().clock())
    return redirect(url_for("links.show_links", programme_id=programme_id), HTTPStatus.SEE_OTHER)


def _scope(kind: str, subject: str) -> Scope:
    known = kind in set(ScopeKind)
    return Scope(kind=ScopeKind(kind), id=subject) if known else abort(HTTPStatus.NOT_FOUND)
