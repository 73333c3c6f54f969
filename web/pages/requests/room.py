"""The blueprint of the requests room, and what its pages are asked by their addresses."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, request, url_for

from web.use_cases.requests.query import SIZES, Order, RequestQuery, State

blueprint = Blueprint("requests", __name__)

ASKED = ("q", "track", "country", "institution", "host", "state", "from", "to", "sort", "size")
"""What of an address says which requests are meant."""


def asked_query() -> RequestQuery:
    """Return what the address asks of the table; what makes no sense there is passed over."""
    asked = request.args
    order = asked.get("sort", "")
    name = order.removeprefix("-")
    state = asked.get("state", "")
    size = asked.get("size", type=int)
    return RequestQuery(
        words=asked.get("q", "")[:200],
        track=asked.get("track", ""),
        country=asked.get("country", ""),
        institution=asked.get("institution", ""),
        host=asked.get("host", ""),
        state=State(state) if state in set(State) else None,
        first_day=_asked_day("from"),
        last_day=_asked_day("to"),
        order=Order(name) if name in set(Order) else Order.NAME,
        is_descending=order.startswith("-"),
        page=asked.get("page", 1, type=int),
        **({"size": size} if size in SIZES else {}),
    )


def table_address(
    programme_id: str, endpoint: str = "requests.show_requests", **changes: Any
) -> str:
    """Return the address of this table with something else asked for; None asks no more."""
    kept: dict[str, Any] = {key: request.args[key] for key in ASKED if request.args.get(key)}
    kept |= changes
    return url_for(endpoint, programme_id=programme_id, **kept)


def _asked_day(name: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


blueprint.add_app_template_global(table_address, "table_address")
