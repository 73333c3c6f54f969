"""Handlers of people and space: show, fill in, save, merge, remove, take back."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.history_store import ChangeKind
from models.steps import Step
from web.context import services
from web.pages.common import changing, edit_of_scenario, workspace_of
from web.pages.data.forms import FORMS, SHELVES
from web.pages.data.options import (
    offered_codes,
    say_code,
    say_nothing,
    say_option,
    searched_code,
)
from web.pages.data.sending import address_after, send_form, send_step, sent_document, sent_item
from web.pages.data.words import Form
from web.pages.findings import say_finding
from web.pages.languages import current_language
from web.use_cases.data import closures as data_closures
from web.use_cases.data import conflicts as data_conflicts
from web.use_cases.data import edit as data_edit
from web.use_cases.data import forms as data_forms
from web.use_cases.data import lists as data_lists
from web.use_cases.errors import EditRefusedError, NothingToUndoError

blueprint = Blueprint("data", __name__)
blueprint.add_app_template_global(offered_codes)
blueprint.add_app_template_global(say_code)
blueprint.add_app_template_global(say_nothing)
blueprint.add_app_template_global(say_option)
blueprint.add_app_template_global(searched_code)
blueprint.context_processor(lambda: {"forms": FORMS, "shelves": SHELVES})


@blueprint.get("/programmes/<programme_id>/data")
def show_data(programme_id: str) -> ResponseReturnValue:
    """Show every subject with what there is of it."""
    with services().database.reading() as session:
        workspace = workspace_of(session, programme_id)
        view = data_lists.show_data(workspace, language=current_language())
    return render_template("data.html", view=view)


@blueprint.get("/programmes/<programme_id>/data/closures")
def show_closures(programme_id: str) -> ResponseReturnValue:
    """Show every closure and absence, whoever they belong to."""
    with services().database.reading() as session:
        workspace = workspace_of(session, programme_id)
        view = data_closures.show_closures(workspace, language=current_language())
    return render_template("data_closures.html", view=view)


@blueprint.get("/programmes/<programme_id>/data/<name>")
def show_list(programme_id: str, name: str) -> ResponseReturnValue:
    """Show the items of a subject; of one that has a single item, its form."""
    form = _form(name)
    with services().database.reading() as session:
        workspace = workspace_of(session, programme_id)
    if form.kind.is_single:
        view = data_forms.show_item(workspace, form.kind, name, language=current_language())
        return render_template("data_item.html", view=view)
    return render_template(
        "data_list.html",
        view=data_lists.show_list(
            workspace,
            form.kind,
            form.columns,
            language=current_language(),
            query=request.args.get("q", ""),
            page=request.args.get("page", 1, int),
        ),
    )


@blueprint.post("/programmes/<programme_id>/data/<name>")
def save_single(programme_id: str, name: str) -> ResponseReturnValue:
    """Save the form of a subject that has a single item."""
    form = _form(name)
    if not form.kind.is_single:
        abort(HTTPStatus.METHOD_NOT_ALLOWED)
    return send_form(programme_id, form, form.name)


@blueprint.get("/programmes/<programme_id>/data/<name>/new")
def show_new(programme_id: str, name: str) -> ResponseReturnValue:
    """Show the form of an item to be added; the address may say what is known of it."""
    form = _many(name)
    with services().database.reading() as session:
        view = data_forms.show_new(
            workspace_of(session, programme_id),
            form.kind,
            request.args.to_dict(),
            language=current_language(),
        )
    return render_template("data_item.html", view=view)


@blueprint.post("/programmes/<programme_id>/data/<name>/new")
def save_new(programme_id: str, name: str) -> ResponseReturnValue:
    """Add an item, or show its form again with what is wrong with it."""
    return send_form(programme_id, _many(name), None)


@blueprint.get("/programmes/<programme_id>/data/<name>/<key>")
def show_item(programme_id: str, name: str, key: str) -> ResponseReturnValue:
    """Show the form of an item."""
    form = _many(name)
    with services().database.reading() as session:
        view = data_forms.show_item(
            workspace_of(session, programme_id), form.kind, key, language=current_language()
        )
    return render_template("data_item.html", view=view)


@blueprint.post("/programmes/<programme_id>/data/<name>/<key>")
def save_item(programme_id: str, name: str, key: str) -> ResponseReturnValue:
    """Save an item, or show its form again with what is wrong with it."""
    return send_form(programme_id, _many(name), key)


@blueprint.post("/programmes/<programme_id>/data/requests/<key>/status")
def set_status(programme_id: str, key: str) -> ResponseReturnValue:
    """Withdraw a request, or submit it again."""
    was = sent_item(_form("requests"), "was") or abort(HTTPStatus.BAD_REQUEST)
    after = was | {"status": request.form.get("status", "")}
    step = Step(subject="requests", key=key, before=was, after=after)
    return send_step(programme_id, _form("requests"), step)


@blueprint.post("/programmes/<programme_id>/data/<name>/<key>/merge")
def merge(programme_id: str, name: str, key: str) -> ResponseReturnValue:
    """Save what somebody chose where a colleague had changed the same."""
    form = _form(name)
    was, mine, now = sent_item(form, "was"), sent_document("mine"), sent_item(form, "now")
    if was is None or mine is None:
        abort(HTTPStatus.BAD_REQUEST)
    chosen = {
        field.removeprefix("take.")
        for field, choice in request.form.items()
        if field.startswith("take.") and choice == "mine"
    }
    wanted = Step(subject=form.kind.subject, key=key, before=was, after=mine)
    step = data_conflicts.merged_step(wanted, now, chosen)
    return send_step(programme_id, form, step)


@blueprint.get("/programmes/<programme_id>/data/<name>/<key>/remove")
def show_removal(programme_id: str, name: str, key: str) -> ResponseReturnValue:
    """Ask whether an item is to be removed, and say what hangs on it."""
    form = _many(name)
    with services().database.reading() as session:
        view = data_lists.show_removal(
            workspace_of(session, programme_id), form.kind, key, language=current_language()
        )
    return render_template("data_remove.html", view=view)


@blueprint.post("/programmes/<programme_id>/data/<name>/<key>/remove")
def remove(programme_id: str, name: str, key: str) -> ResponseReturnValue:
    """Remove an item, as it was seen."""
    was = sent_item(_many(name), "was") or abort(HTTPStatus.BAD_REQUEST)
    step = Step(subject=_many(name).kind.subject, key=key, before=was, after=None)
    return send_step(programme_id, _form(name), step)


@blueprint.post("/programmes/<programme_id>/data/undo")
def undo(programme_id: str) -> ResponseReturnValue:
    """Take back the change that was made last, if it still is."""
    edit = edit_of_scenario(ChangeKind.EDIT)
    change_id = request.form.get("change", 0, int)
    address = url_for("data.show_data", programme_id=programme_id)
    try:
        with changing(programme_id) as session:
            change = data_edit.undo_change(session, programme_id, change_id, edit)
    except NothingToUndoError:
        flash(_("Something else was changed after it. The history shows what."), "warn")
    except EditRefusedError as error:
        said = "; ".join(say_finding(finding) for finding in error.findings)
        flash(_("This cannot be taken back any more: %(why)s", why=said), "bad")
    else:
        flash(_("Undone."), "good")
        address = address_after(programme_id, change)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _form(name: str) -> Form:
    return FORMS[name] if name in FORMS else abort(HTTPStatus.NOT_FOUND)


def _many(name: str) -> Form:
    """Return the form of a subject of which there may be many items."""
    form = _form(name)
    return abort(HTTPStatus.NOT_FOUND) if form.kind.is_single else form
