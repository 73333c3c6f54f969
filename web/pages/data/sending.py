"""What becomes of a form that was sent: saved, shown again with its faults, or in conflict."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from models.history_store import Change, ChangeKind
from models.steps import Document, Step
from models.subjects import document_of
from web.context import services
from web.json_text import loads
from web.pages.common import changing, edit_of_scenario, workspace_of
from web.pages.data.forms import FORMS
from web.pages.data.words import Form
from web.pages.languages import current_language
from web.use_cases.data import conflicts as data_conflicts
from web.use_cases.data import edit as data_edit
from web.use_cases.data import forms as data_forms
from web.use_cases.data.edit import Filled, FormRefusedError, ItemConflictError, Saved
from web.use_cases.data.form_choices import Choices
from web.use_cases.data.form_spelling import spell, without_row
from web.use_cases.data.forms import Typing
from web.use_cases.data.items import check_document, find_item
from web.use_cases.errors import NotThereError
from web.use_cases.workspace import Workspace

REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
_NOT_TYPED = frozenset({"csrf_token", "was", "more", "less", "new", "act"})


def send_form(programme_id: str, form: Form, key: str | None) -> ResponseReturnValue:
    """Save what was typed, or give the form one row more or less."""
    typed = _typed()
    was = sent_item(form, "was")
    if was is None and key is not None:
        abort(HTTPStatus.BAD_REQUEST)
    more, less = request.form.get("more", ""), request.form.get("less", "")
    if more or less:
        typing = Typing(typed=without_row(typed, less), more=more, asked=_asked(form))
        with services().database.reading() as session:
            workspace = workspace_of(session, programme_id)
        return _shown(workspace, form, (key, was), typing, HTTPStatus.OK)
    filled = Filled(
        subject=form.kind.subject,
        key=key,
        before=was,
        typed=typed,
        names=form.kind.names,
        asked=_asked(form),
    )
    with changing(programme_id) as session:
        workspace = workspace_of(session, programme_id)
        choices = Choices(workspace.problem, current_language())
        try:
            saved = data_edit.save_item(session, programme_id, choices, filled, _edit(form))
        except FormRefusedError as error:
            typing = Typing(typed=typed, faults=error.faults, asked=_asked(form))
            return _shown(workspace, form, (key, was), typing, REFUSED)
        except ItemConflictError as error:
            return _conflict(workspace, form, error)
    return _saved(programme_id, form, saved)


def _typed() -> dict[str, list[str]]:
    sent = request.form.to_dict(flat=False).items()
    return {name: values for name, values in sent if name not in _NOT_TYPED}


def send_step(programme_id: str, form: Form, step: Step) -> ResponseReturnValue:
    """Make a step of an item, or show its form with what stands against it."""
    with changing(programme_id) as session:
        workspace = workspace_of(session, programme_id)
        choices = Choices(workspace.problem, current_language())
        try:
            saved = data_edit.save_steps(session, programme_id, choices, (step,), _edit(form))
        except FormRefusedError as error:
            return _refused_step(workspace, form, step, error)
        except ItemConflictError as error:
            return _conflict(workspace, form, error)
    return _saved(programme_id, form, saved, is_gone=step.after is None)


def sent_item(form: Form, name: str) -> Document | None:
    """Return an item as a page has shown it, which a form carries as JSON; None for none."""
    document = sent_document(name)
    if document is None:
        return None
    try:
        check_document(form.kind.subject, document)
    except ValueError:
        abort(HTTPStatus.BAD_REQUEST)
    return document


def sent_document(name: str) -> Document | None:
    """Return an item that a form carries as JSON, right or wrong; None where it carries none."""
    try:
        document = loads(request.form.get(name, "null"))
    except ValueError:
        abort(HTTPStatus.BAD_REQUEST)
    return document if document is None or isinstance(document, dict) else abort(400)


def address_after(programme_id: str, change: Change) -> str:
    """Return where what a change was about is seen: its form, or the list where it is gone."""
    step = change.steps[-1]
    form = FORMS.get(step.subject)
    if form is None:
        return url_for("data.show_data", programme_id=programme_id)
    return _address(programme_id, form, step.key, is_gone=step.after is None)


def _edit(form: Form) -> Any:
    return edit_of_scenario(ChangeKind.PIN if form.name == "pins" else ChangeKind.EDIT)


def _asked(form: Form) -> tuple[str, ...]:
    """Return what is to be added on the way; an institution only with whom it is for."""
    offered = data_edit.ADDED.get(form.kind.subject, ())
    asked = [subject for subject in offered if subject in request.form.getlist("new")]
    return tuple(asked) if offered[:1] == tuple(asked[:1]) else ()


def _saved(
    programme_id: str, form: Form, saved: Saved, *, is_gone: bool = False
) -> ResponseReturnValue:
    if saved.change is None:
        flash(_("Nothing was different, so nothing was changed."), "good")
    else:
        said = _("Removed.") if is_gone else _("Saved.")
        button = Markup('<button class="button compact" form="undo" name="change" value="{}">{}')
        flash(
            Markup("{} {}</button>").format(said, button.format(saved.change.id, _("Undo"))), "good"
        )
    if request.form.get("act") == "another":
        address = url_for("data.show_new", programme_id=programme_id, name=form.name)
    else:
        address = _address(programme_id, form, saved.key, is_gone=is_gone)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _with_undo(said: str, change: Change) -> Markup:
    """Return a message with a button that takes the change back; pages have its form."""
    message = Markup(
        '{} <button class="button compact" form="undo" name="change" value="{}">{}</button>'
    )
    return message.format(said, change.id, _("Undo"))


def _address(programme_id: str, form: Form, key: str, *, is_gone: bool) -> str:
    if is_gone or form.kind.is_single:
        return url_for("data.show_list", programme_id=programme_id, name=form.name)
    return url_for("data.show_item", programme_id=programme_id, name=form.name, key=key)


def _shown(
    workspace: Workspace,
    form: Form,
    item: tuple[str | None, Document | None],
    typing: Typing,
    status: HTTPStatus,
) -> ResponseReturnValue:
    view = data_forms.show_typed(workspace, form.kind, item, typing, language=current_language())
    return render_template("data_item.html", view=view), status


def _refused_step(
    workspace: Workspace, form: Form, step: Step, error: FormRefusedError
) -> ResponseReturnValue:
    wanted = step.after or step.before or {}
    typed = spell(data_edit.own_fields(form.kind.names, form.kind.subject), wanted)
    typing = Typing(typed=typed, faults=error.faults)
    return _shown(workspace, form, (step.key, step.before), typing, REFUSED)


def _conflict(workspace: Workspace, form: Form, error: ItemConflictError) -> ResponseReturnValue:
    try:
        now = document_of(find_item(workspace.problem, form.kind.subject, error.step.key))
    except NotThereError:
        now = None
    choices = Choices(workspace.problem, current_language())
    view = data_conflicts.show_conflict(choices, form.kind, error, now)
    return render_template("conflict.html", view=view), HTTPStatus.CONFLICT
