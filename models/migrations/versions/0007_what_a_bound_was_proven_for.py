"""what a bound was proven for: the scenario but for its pins, and those."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Plans say for which pins their bound was proven; those stored before do not."""
    op.add_column("plans", sa.Column("unpinned_sha256", sa.String(), nullable=True))
    op.add_column("plans", sa.Column("pins", sa.JSON(none_as_null=True), nullable=True))
