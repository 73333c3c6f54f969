"""releases keep the scenario that they answer; mails are queued, and sent at most once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is kept of a release, and make the table of mails anew: nothing wrote any yet."""
    op.add_column("releases", sa.Column("scenario", sa.LargeBinary(), nullable=True))
    op.drop_table("mails")
    op.create_table(
        "mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("release", sa.BigInteger(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("researcher_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.CheckConstraint("kind IN ('new', 'moved', 'cancelled')", name=op.f("ck_mails_kind")),
        sa.CheckConstraint(
            "status IN ('draft', 'queued', 'sending', 'sent', 'failed', 'discarded')",
            name=op.f("ck_mails_status"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "release"],
            ["releases.programme_id", "releases.number"],
            name=op.f("fk_mails_programme_id_release"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_mails_programme_id_release"), "mails", ["programme_id", "release"])
    op.create_index(op.f("ix_mails_status_id"), "mails", ["status", "id"])
