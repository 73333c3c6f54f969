"""The blueprint of the room of links, and what its pages are asked by their addresses."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Blueprint, abort, request, url_for

from models.release_store import Scope, ScopeKind
from web.use_cases.links.freshness import Freshness
from web.use_cases.views.links import LinksQuery

blueprint = Blueprint("links", __name__)

ASKED = ("q", "kind", "seen")
"""What of an address says which links are meant."""

_WAITING = {each.value: each for each in (Freshness.OLD, Freshness.NEVER)}
_TYPED = 200


def asked_links() -> LinksQuery:
    """Return what the address asks of the list; what makes no sense there is passed over."""
    kind = request.args.get("kind", "")
    return LinksQuery(
        words=request.args.get("q", "")[:_TYPED],
        kind=ScopeKind(kind) if kind in set(ScopeKind) else None,
        freshness=_WAITING.get(request.args.get("seen", "")),
        page=request.args.get("page", 1, type=int),
    )


def links_address(programme_id: str, **changes: Any) -> str:
    """Return the address of this list with something else asked for; None asks no more."""
    kept: dict[str, Any] = {key: request.args[key] for key in ASKED if request.args.get(key)}
    kept |= changes
    return url_for("links.show_links", programme_id=programme_id, **kept)


def link_address(programme_id: str, scope: Scope) -> str:
    """Return the address of one reader's page."""
    return url_for(
        "links.show_link", programme_id=programme_id, kind=scope.kind.value, subject=scope.id
    )


def scope_of(kind: str, subject: str) -> Scope:
    """Return the reader whom an address names."""
    known = kind in set(ScopeKind)
    return Scope(kind=ScopeKind(kind), id=subject) if known else abort(HTTPStatus.NOT_FOUND)
