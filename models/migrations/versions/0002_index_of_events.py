"""index of events."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Find the events of a release without reading its residencies."""
    op.create_index(
        op.f("ix_release_entries_programme_id_release_kind_researcher_id"),
        "release_entries",
        ["programme_id", "release", "kind", "researcher_id"],
        unique=False,
    )
