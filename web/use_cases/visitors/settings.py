"""The office's settings for its researchers' pages: typed, checked, shown beforehand, kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy.orm import Session

from models.history_store import ChangeKind, add_change
from models.programme_store import lock_programme
from models.settings_store import OfficeSettings, keep_office_settings, load_office_settings
from scheduler.problem.types import text_in
from web.use_cases.errors import ChecklistRefusedError
from web.use_cases.months import today_of
from web.use_cases.names import Names
from web.use_cases.researchers.checklist import (
    DEFAULT_CHECKLIST,
    Document,
    checklist_data,
    checklist_in,
    parse_checklist,
    tasks_for,
)
from web.use_cases.researchers.typed_wishes import find_day
from web.use_cases.views.visitor_settings import (
    Preview,
    PreviewTask,
    SettingsView,
    TypedDocument,
    TypedSettings,
    Wrong,
)
from web.use_cases.workspace import Workspace

LANGUAGES = ("en", "ko", "fr", "ar")
"""In which the researchers' pages speak."""

SETTINGS = "settings"

_WHOLE = re.compile(r"[-+]?\d{1,6}\Z")


class SettingsMovedError(Exception):
    """A colleague has kept other settings since the form was opened."""


class SettingsWrongError(Exception):
    """Settings that cannot be kept; ``wrongs`` are the fields."""

    def __init__(self, wrongs: frozenset[Wrong]) -> None:
        """Keep what is wrong."""
        self.wrongs = wrongs
        super().__init__(", ".join(sorted(wrong.field for wrong in wrongs)))


def load_typed(session: Session, programme_id: str) -> TypedSettings:
    """Return the settings that stand, as a form begins with them."""
    settings = load_office_settings(session, programme_id)
    until = settings.wishes_until
    return TypedSettings(
        wishes_until="" if until is None else until.isoformat(),
        documents=typed_documents(checklist_in(settings)),
        mark=_mark(settings),
    )


def typed_documents(documents: Iterable[Document]) -> tuple[TypedDocument, ...]:
    """Return documents as a form has them."""
    return tuple(
        TypedDocument(
            id=each.id,
            texts={"en": each.text} if isinstance(each.text, str) else dict(each.text),
            days_before=str(each.days_before),
            countries=", ".join(each.countries),
        )
        for each in documents
    )


def new_document() -> TypedDocument:
    """Return an empty document with an id of its own."""
    return TypedDocument(id=f"own-{uuid.uuid4().hex[:12]}", texts={}, days_before="", countries="")


def show_settings(
    session: Session,
    workspace: Workspace,
    typed: TypedSettings | None,
    *,
    language: str,
    now: dt.datetime,
    wrongs: frozenset[Wrong] = frozenset(),
    is_moved: bool = False,
) -> SettingsView:
    """Return the form with what was typed, or with what stands; and how the list will look."""
    programme = workspace.problem.programme
    shown = typed or load_typed(session, programme.id)
    if is_moved:
        mark = _mark(load_office_settings(session, programme.id))
        shown = replace(shown, mark=mark)
    today = today_of(programme, now)
    first_day = _next_arrival(workspace, today)
    documents = _readable(shown.documents)
    until = find_day(shown.wishes_until)
    return SettingsView(
        programme_id=programme.id,
        programme=Names(problem=workspace.problem, language=language).programme(),
        typed=shown,
        wrongs=wrongs,
        is_default=documents == DEFAULT_CHECKLIST,
        is_moved=is_moved,
        is_over=until is not None and until < today,
        first_day=first_day,
        previews=tuple(
            Preview(language=each, tasks=_preview(documents, first_day, each))
            for each in dict.fromkeys((language, *LANGUAGES))
        ),
    )


def keep_settings(
    session: Session, programme_id: str, typed: TypedSettings, *, now: dt.datetime, by: uuid.UUID
) -> bool:
    """Keep what was typed, and tell whether it is anything new.

    Raises:
        SettingsWrongError: Some fields cannot be kept; all of them are named.
        SettingsMovedError: A colleague has kept others since the form was opened.
    """
    lock_programme(session, programme_id)
    standing = load_office_settings(session, programme_id)
    settings = _parse(typed)
    if settings == standing:
        return False
    if typed.mark != _mark(standing):
        raise SettingsMovedError("A colleague has changed the settings meanwhile.")
    keep_office_settings(session, programme_id, settings)
    facts = {
        "act": SETTINGS,
        "wishes_until": None
        if settings.wishes_until is None
        else settings.wishes_until.isoformat(),
        "documents": len(checklist_in(settings)),
    }
    add_change(session, programme_id, ChangeKind.EDIT, now=now, by=by, facts=facts)
    return True


def _parse(typed: TypedSettings) -> OfficeSettings:
    wrongs: set[Wrong] = set()
    until = find_day(typed.wishes_until)
    if until is None and typed.wishes_until:
        wrongs.add(Wrong(number=None, field="wishes_until"))
    documents: tuple[Document, ...] = ()
    try:
        documents = parse_checklist([_data(each) for each in typed.documents])
    except ChecklistRefusedError as error:
        wrongs |= {Wrong(number=each.number, field=each.field) for each in error.wrongs}
    if wrongs:
        raise SettingsWrongError(frozenset(wrongs))
    is_default = documents == DEFAULT_CHECKLIST
    return OfficeSettings(
        wishes_until=until, checklist=None if is_default else checklist_data(documents)
    )


def _data(document: TypedDocument) -> dict[str, Any]:
    """Return a typed document as plain data; what makes no sense is left for the check."""
    days = document.days_before.strip()
    texts = {language: text.strip() for language, text in document.texts.items()}
    return {
        "id": document.id,
        "text": {language: text for language, text in texts.items() if text},
        "days_before": int(days) if _WHOLE.match(days) else days,
        "countries": tuple(re.findall(r"[^\s,;]+", document.countries.upper())),
    }


def _readable(typed: Sequence[TypedDocument]) -> tuple[Document, ...]:
    """Return the documents that can be shown as they are typed."""
    found: list[Document] = []
    for each in typed:
        try:
            found += parse_checklist([_data(each)])
        except ChecklistRefusedError:
            continue
    return tuple(found)


def _preview(
    documents: Sequence[Document], first_day: dt.date, language: str
) -> tuple[PreviewTask, ...]:
    tasks = (
        (each, task)
        for each in documents
        for task in tasks_for(
            [each], first_day=first_day, country=next(iter(each.countries), None), lead_days=0
        )
    )
    lines = (
        PreviewTask(text=text_in(each.text, language), due=task.due, countries=each.countries)
        for each, task in tasks
    )
    return tuple(sorted(lines, key=lambda line: line.due))


def _next_arrival(workspace: Workspace, today: dt.date) -> dt.date:
    """Return the next first day of a stay in the draft, else that of the programme."""
    coming = (stay.first_day for stay in workspace.stays if stay.first_day > today)
    return next(coming, workspace.problem.programme.first_day)


def _mark(settings: OfficeSettings) -> str:
    spelled = json.dumps(asdict(settings), sort_keys=True, default=str)
    return hashlib.sha256(spelled.encode()).hexdigest()[:16]
