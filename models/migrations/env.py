"""Run by Alembic for each command, on the connection that ``models.migrate`` hands it."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from models.tables import Base, UtcDateTime


def _render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own column type as the plain one that it becomes, so that revisions stand alone."""
    is_ours = kind == "type" and isinstance(item, UtcDateTime)
    return "sa.DateTime(timezone=True)" if is_ours else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=_render_item,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
