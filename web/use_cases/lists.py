"""The list of programmes."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.programme_store import load_programmes
from scheduler.problem.types import text_in
from web.use_cases.views import ProgrammeRow, ProgrammesView


def show_programmes(session: Session, *, language: str) -> ProgrammesView:
    """Return the programmes to choose from."""
    return ProgrammesView(
        programmes=tuple(
            ProgrammeRow(
                id=programme.id,
                name=text_in(programme.name, language),
                first_day=programme.first_day,
                last_day=programme.last_day,
            )
            for programme in load_programmes(session)
        )
    )
