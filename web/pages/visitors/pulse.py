"""Whether anything has come from researchers: asked for by every open page of the office."""

from __future__ import annotations

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from web.context import services
from web.pages.languages import current_language
from web.pages.visitors.common import blueprint, pulse_of
from web.use_cases.visitors.waiting import find_mark


@blueprint.get("/programmes/<programme_id>/researchers/pulse")
def send_pulse(programme_id: str) -> ResponseReturnValue:
    """Say what waits; nothing but 304 while nothing has changed, found by one statement."""
    with services().database.reading() as session:
        mark = find_mark(session, programme_id, now=services().clock())
    tag = f"{mark.text}-{current_language()}"
    if request.if_none_match.contains(tag):
        return _tagged(Response(status=304), tag)
    pulse = pulse_of(programme_id)
    waiting = pulse.waiting
    document = {
        "mark": pulse.mark,
        "declined": waiting.declined,
        "changes": waiting.changes,
        "total": waiting.total,
        "said": pulse.said,
    }
    return _tagged(jsonify(document), tag)


def _tagged(response: Response, tag: str) -> Response:
    response.set_etag(tag)
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.update({"Cookie", "Accept-Language"})
    return response
