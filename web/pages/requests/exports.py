"""Files to download: requests as the table has them, and templates to fill in."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, abort
from flask.typing import ResponseReturnValue

from web.context import services
from web.pages.common import workspace_of
from web.pages.languages import current_language
from web.pages.requests.room import asked_query, blueprint
from web.pages.requests.wording import file_wording
from web.use_cases.requests.export import FileKind, export_requests
from web.use_cases.requests.export import template as make_template
from web.use_cases.requests.table import find_requests

MIMETYPES = {
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.JSON: "application/json",
}


@blueprint.get("/programmes/<programme_id>/requests/export.<format>")
def export(programme_id: str, format: str) -> ResponseReturnValue:  # noqa: A002  # its name in addresses
    """Send the requests that the address asks for as a file."""
    kind = _kind(format)
    with services().database.reading() as session:
        workspace = workspace_of(session, programme_id)
    chosen = find_requests(workspace, asked_query(), language=current_language())
    data = export_requests(workspace.problem, chosen, kind, file_wording())
    return download(data, kind, f"{programme_id}-requests.{kind.value}")


@blueprint.get("/programmes/<programme_id>/requests/template.<format>")
def template(programme_id: str, format: str) -> ResponseReturnValue:  # noqa: A002  # its name in addresses
    """Send a file to fill in."""
    kind = _kind(format)
    if kind is FileKind.JSON:
        abort(HTTPStatus.NOT_FOUND)
    with services().database.reading() as session:
        problem = workspace_of(session, programme_id).problem
    data = make_template(problem, kind, file_wording(), language=current_language())
    return download(data, kind, f"{programme_id}-template.{kind.value}")


def download(data: bytes, kind: FileKind, name: str) -> Response:
    """Return a file to be kept."""
    response = Response(data, content_type=MIMETYPES[kind])
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response


def _kind(text: str) -> FileKind:
    return FileKind(text) if text in set(FileKind) else abort(HTTPStatus.NOT_FOUND)
