"""What handlers of coordinators' pages share: what is worked on, and who changes it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask_login import current_user
from sqlalchemy.orm import Session

from models.draft_store import main_draft
from models.history_store import ChangeKind
from models.programme_store import lock_programme
from web.context import services
from web.use_cases.editing import Edit
from web.use_cases.workspace import Workspace


@contextmanager
def changing(programme_id: str) -> Iterator[Session]:
    """Yield a session that writes; nobody else changes the programme while it lasts.

    What a change is decided by is so loaded as it stands when the change is made.
    """
    with services().database.writing() as session:
        lock_programme(session, programme_id)
        yield session


def workspace_of(session: Session, programme_id: str, draft_id: int | None = None) -> Workspace:
    """Return the draft that will be published, or the branch of an id, beside its programme."""
    return services().workspaces.load(session, programme_id, draft_id)


def editor() -> uuid.UUID:
    """Return the id of the coordinator who is signed in."""
    coordinator_id: uuid.UUID = current_user.coordinator.id
    return coordinator_id


def edit_of_scenario(kind: ChangeKind, **facts: Any) -> Edit:
    """Return a change of the programme's data by whoever is signed in, now."""
    return Edit(kind=kind, now=services().clock(), by=editor(), facts=facts)


def edit_of_draft(session: Session, programme_id: str, kind: ChangeKind, **facts: Any) -> Edit:
    """Return a change of the draft that will be published; the draft is begun where none is."""
    now = services().clock()
    draft = main_draft(session, programme_id, now=now)
    return Edit(kind=kind, now=now, by=editor(), draft_id=draft.id, facts=facts)
