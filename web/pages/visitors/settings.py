"""What the office sets for its researchers' pages: until when wishes change, and what is asked."""

from __future__ import annotations

import re
from dataclasses import replace
from http import HTTPStatus
from itertools import zip_longest

from babel.dates import format_date
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from web.context import services
from web.pages.common import changing, editor, workspace_of
from web.pages.languages import PUBLIC_LANGUAGES, current_language
from web.pages.visitors.common import NEVER_KEPT, blueprint
from web.use_cases.researchers.checklist import DEFAULT_CHECKLIST, MOST_DOCUMENTS
from web.use_cases.views.visitor_settings import SettingsView, TypedDocument, TypedSettings, Wrong
from web.use_cases.visitors import settings as visitor_settings
from web.use_cases.visitors.settings import (
    LANGUAGES,
    SettingsMovedError,
    SettingsWrongError,
    new_document,
    typed_documents,
)

ROOM = "/programmes/<programme_id>/researchers/settings"

FAULTS = {
    "wishes_until": lazy_gettext("This is no day. Choose one, or leave it empty."),
    "text": lazy_gettext("Say it in at least one language, in at most 500 characters each."),
    "days_before": lazy_gettext("Write a whole number of days, from -365 to 730."),
    "countries": lazy_gettext("Name countries by their two letters, with commas: FR, US."),
    "id": lazy_gettext("This item is there twice. Remove one of them."),
    "": lazy_gettext("The list may have at most 50 items."),
}
"""What is said beside a field that cannot be kept."""

_ACT = re.compile(r"(up|down|remove)-(\d{1,2})\Z")


@blueprint.get(ROOM)
def show_settings(programme_id: str) -> ResponseReturnValue:
    """Show what is set, and how researchers see it."""
    return _page(_view(programme_id, None)), NEVER_KEPT


@blueprint.post(ROOM)
def change_settings(programme_id: str) -> ResponseReturnValue:
    """Keep the settings; or change the list in the form alone, which keeps nothing yet."""
    typed, act = _typed(), request.form.get("act", "save")
    if act != "save":
        return _page(_view(programme_id, _changed(typed, act))), NEVER_KEPT
    try:
        with changing(programme_id) as session:
            is_new = visitor_settings.keep_settings(
                session, programme_id, typed, now=services().clock(), by=editor()
            )
    except SettingsWrongError as error:
        page = _page(_view(programme_id, typed, wrongs=error.wrongs))
        return page, HTTPStatus.UNPROCESSABLE_ENTITY, NEVER_KEPT
    except SettingsMovedError:
        page = _page(_view(programme_id, typed, is_moved=True))
        return page, HTTPStatus.CONFLICT, NEVER_KEPT
    said = _("The settings are kept; researchers see them at once.")
    flash(said if is_new else _("Nothing has changed."), "good")
    return redirect(
        url_for("visitors.show_settings", programme_id=programme_id), HTTPStatus.SEE_OTHER
    )


def _view(
    programme_id: str,
    typed: TypedSettings | None,
    *,
    wrongs: frozenset[Wrong] = frozenset(),
    is_moved: bool = False,
) -> SettingsView:
    with services().database.reading() as session:
        return visitor_settings.show_settings(
            session,
            workspace_of(session, programme_id),
            typed,
            language=current_language(),
            now=services().clock(),
            wrongs=wrongs,
            is_moved=is_moved,
        )


def _page(view: SettingsView) -> str:
    return render_template(
        "visitors_settings.html",
        view=view,
        tongues=LANGUAGES,
        named=PUBLIC_LANGUAGES,
        faults={(wrong.number, wrong.field): FAULTS.get(wrong.field) for wrong in view.wrongs},
        day_in=format_date,
    )


def _typed() -> TypedSettings:
    """Return the form as it was typed, however many fields somebody has sent."""
    form = request.form
    texts = [form.getlist(f"text-{language}") for language in LANGUAGES]
    rows = zip_longest(
        form.getlist("id"),
        form.getlist("days"),
        form.getlist("countries"),
        *texts,
        fillvalue="",
    )
    documents = tuple(
        TypedDocument(
            id=key,
            days_before=days,
            countries=countries,
            texts=dict(zip(LANGUAGES, spoken, strict=True)),
        )
        for key, days, countries, *spoken in rows
    )
    return TypedSettings(
        wishes_until=form.get("wishes_until", "").strip(),
        documents=documents[: MOST_DOCUMENTS + 1],
        mark=form.get("mark", ""),
    )


def _changed(typed: TypedSettings, act: str) -> TypedSettings:
    """Return the form with its list changed as a button says."""
    documents = list(typed.documents)
    if act == "add":
        documents.append(new_document())
    elif act == "default":
        documents = list(typed_documents(DEFAULT_CHECKLIST))
    elif found := _ACT.match(act):
        _move(documents, found[1], int(found[2]))
    return replace(typed, documents=tuple(documents))


def _move(documents: list[TypedDocument], how: str, number: int) -> None:
    if number >= len(documents):
        return
    moved = documents.pop(number)
    if how != "remove":
        documents.insert(max(0, number + (1 if how == "down" else -1)), moved)
