"""The steps of an import: a file, its columns, what it would change, and the change."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.history_store import ChangeKind
from models.upload_store import get_upload, remove_upload
from web.context import services
from web.pages.common import changing, edit_of_scenario, editor, workspace_of
from web.pages.languages import current_language
from web.pages.requests.exports import download
from web.pages.requests.room import blueprint
from web.pages.requests.wording import say_column, say_fault, say_refusal
from web.use_cases.requests.export import FileKind
from web.use_cases.requests.importing import pages
from web.use_cases.requests.importing.csv_text import ENCODINGS
from web.use_cases.requests.importing.faults import ImportMoved, UploadRefused
from web.use_cases.requests.importing.proposal import Outcome
from web.use_cases.requests.importing.uploads import (
    choose_columns,
    import_upload,
    keep_file,
    mend_upload,
)
from web.use_cases.requests.importing.wrong_rows import wrong_rows_file
from web.use_cases.whole_numbers import whole_number

BASE = "/programmes/<programme_id>/requests/import"
ONE = f"{BASE}/<upload_id>"


@blueprint.get(BASE)
def start_import(programme_id: str) -> ResponseReturnValue:
    """Show where a file is chosen."""
    return _start(programme_id)


@blueprint.post(BASE)
def upload(programme_id: str) -> ResponseReturnValue:
    """Read a file and keep its table until it is imported."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _start(programme_id, _("Choose a file first."))
    asked = request.form.get("encoding", "")
    try:
        with changing(programme_id) as session:
            workspace_of(session, programme_id)
            upload_id, is_known = keep_file(
                session,
                programme_id,
                sent.filename,
                sent.read(),
                now=services().clock(),
                by=editor(),
                encoding=asked if asked in ENCODINGS else None,
            )
    except UploadRefused as error:
        return _start(programme_id, say_refusal(error))
    return _to(programme_id, upload_id, "requests.show_import" if is_known else None)


@blueprint.get(f"{ONE}/columns")
def show_columns(programme_id: str, upload_id: str) -> ResponseReturnValue:
    """Show which column of the file fills what."""
    with services().database.reading() as session:
        view = pages.show_columns(
            workspace_of(session, programme_id).problem,
            get_upload(session, programme_id, upload_id),
            language=current_language(),
        )
    return _page("import_columns.html", view)


@blueprint.post(f"{ONE}/columns")
def map_columns(programme_id: str, upload_id: str) -> ResponseReturnValue:
    """Keep which column fills what, and show what the import would do."""
    chosen = {
        number: key
        for name, key in request.form.items()
        if key and (number := whole_number(name.removeprefix("column-"))) is not None
    }
    taken = list(chosen.values())
    twice = sorted({key for key in taken if taken.count(key) > 1})
    with changing(programme_id) as session:
        choose_columns(session, get_upload(session, programme_id, upload_id), chosen)
    if twice:
        names = ", ".join(map(say_column, twice))
        flash(_("Chosen for two columns, the first was taken: %(names)s", names=names), "warn")
        return _to(programme_id, upload_id)
    return _to(programme_id, upload_id, "requests.show_import")


@blueprint.get(ONE)
def show_import(programme_id: str, upload_id: str) -> ResponseReturnValue:
    """Show what the import would change, and what is wrong."""
    asked = request.args.get("show", "")
    with services().database.reading() as session:
        view = pages.show_preview(
            workspace_of(session, programme_id).scenario,
            get_upload(session, programme_id, upload_id),
            language=current_language(),
            shown=Outcome(asked) if asked in set(Outcome) else None,
            page=request.args.get("page", 1, type=int),
        )
    return _page("import_preview.html", view)


@blueprint.post(f"{ONE}/mend")
def mend(programme_id: str, upload_id: str) -> ResponseReturnValue:
    """Keep what was put right by hand, and look again."""
    mends = {}
    for name, text in request.form.items():
        kind, _row, place = name.partition("-")
        number, _column, key = place.partition("-")
        row = whole_number(number)
        if kind == "mend" and row is not None:
            mends[row, key] = text
    with changing(programme_id) as session:
        found = get_upload(session, programme_id, upload_id)
        leaves_out = request.form.get("wrong")
        mend_upload(
            session,
            found,
            mends,
            leaves_out_wrong=found.leaves_out_wrong if leaves_out is None else leaves_out == "out",
        )
    return _to(programme_id, upload_id, "requests.show_import")


@blueprint.post(f"{ONE}/apply")
def apply(programme_id: str, upload_id: str) -> ResponseReturnValue:
    """Make all changes of the import, or none."""
    try:
        with changing(programme_id) as session:
            found = get_upload(session, programme_id, upload_id)
            change = import_upload(
                session,
                workspace_of(session, programme_id).scenario,
                found,
                request.form.get("digest", ""),
                edit_of_scenario(ChangeKind.IMPORT, file=found.name, rows=len(found.rows)),
            )
    except ImportMoved:
        flash(_("Somebody has changed the data since you looked. Look again, then import."), "warn")
        return _to(programme_id, upload_id, "requests.show_import")
    done = None if change is None else change.id
    if done is None:
        flash(_("Everything in the file stood there already."), "good")
    address = url_for("requests.show_requests", programme_id=programme_id, done=done)
    return redirect(address, HTTPStatus.SEE_OTHER)


@blueprint.post(f"{ONE}/discard")
def discard(programme_id: str, upload_id: str) -> ResponseReturnValue:
    """Forget the file; nothing was changed by it."""
    with changing(programme_id) as session:
        remove_upload(session, get_upload(session, programme_id, upload_id))
    address = url_for("requests.start_import", programme_id=programme_id)
    return redirect(address, HTTPStatus.SEE_OTHER)


@blueprint.get(f"{ONE}/wrong.<format>")
def wrong_rows(programme_id: str, upload_id: str, format: str) -> ResponseReturnValue:  # noqa: A002  # its name in addresses
    """Send the rows that are wrong as a file, with a column that says why."""
    kind = FileKind.CSV if format == FileKind.CSV else FileKind.XLSX
    with services().database.reading() as session:
        scenario = workspace_of(session, programme_id).scenario
        found = get_upload(session, programme_id, upload_id)
    data = wrong_rows_file(
        scenario,
        found,
        kind,
        why=_("Why it is wrong"),
        say=lambda fault: f"{say_column(fault.column)}: {say_fault(fault)}",
    )
    return download(data, kind, f"{programme_id}-wrong-rows.{kind.value}")


def _start(programme_id: str, refused: str = "") -> ResponseReturnValue:
    with services().database.reading() as session:
        view = pages.show_start(session, programme_id, language=current_language(), refused=refused)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render_template("import_start.html", view=view), status, {"Cache-Control": "no-store"}


def _page(template: str, view: object) -> ResponseReturnValue:
    return render_template(template, view=view), {"Cache-Control": "no-store"}


def _to(
    programme_id: str, upload_id: UUID | str, endpoint: str | None = None
) -> ResponseReturnValue:
    """Go on with an upload: to its columns, or where else it is said."""
    address = url_for(
        endpoint or "requests.show_columns", programme_id=programme_id, upload_id=upload_id
    )
    return redirect(address, HTTPStatus.SEE_OTHER)
