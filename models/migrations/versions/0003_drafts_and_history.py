"""drafts, their history, and mails."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add drafts with their history, and mails; runs and releases say more of themselves."""
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adjustments", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("base", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("base_revision", sa.BigInteger(), nullable=True),
        sa.Column("scenario_sha256", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_drafts_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index(
            "ux_drafts_main",
            ["programme_id"],
            unique=True,
            sqlite_where=sa.text("name IS NULL"),
            postgresql_where=sa.text("name IS NULL"),
        )
        batch_op.create_index("ux_drafts_name", ["programme_id", "name"], unique=True)

    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("coordinator_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("steps", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("facts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "direction IN ('do', 'undo', 'redo')", name=op.f("ck_changes_direction")
        ),
        sa.CheckConstraint(
            "kind IN ('edit', 'import', 'move', 'pin', 'accept', 'take_over', 'plan', 'publish', 'roll_back', 'mail', 'branch', 'answer')",
            name=op.f("ck_changes_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["coordinator_id"], ["coordinators.id"], name=op.f("fk_changes_coordinator_id")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name=op.f("fk_changes_draft_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_changes_programme_id")
        ),
        sa.ForeignKeyConstraint(["undoes"], ["changes.id"], name=op.f("fk_changes_undoes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_changes_programme_id_id"), ["programme_id", "id"], unique=False
        )
        batch_op.create_index("ux_changes_undoes", ["undoes"], unique=True)

    op.create_table(
        "draft_residencies",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=True),
        sa.Column("pool", sa.String(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["drafts.id"],
            name=op.f("fk_draft_residencies_draft_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("draft_id", "request", name=op.f("pk_draft_residencies")),
    )
    op.create_table(
        "mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("release", sa.BigInteger(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("researcher_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("calendar", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.CheckConstraint("kind IN ('new', 'moved', 'cancelled')", name=op.f("ck_mails_kind")),
        sa.CheckConstraint(
            "status IN ('draft', 'sent', 'failed', 'discarded')", name=op.f("ck_mails_status")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "release"],
            ["releases.programme_id", "releases.number"],
            name=op.f("fk_mails_programme_id_release"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mails_programme_id_release"), ["programme_id", "release"], unique=False
        )

    # Not in a batch: SQLite would make these tables anew, without what guards their rows.
    op.add_column("plan_runs", sa.Column("draft_id", sa.Integer(), nullable=True))
    op.add_column("plan_runs", sa.Column("requests", sa.JSON(none_as_null=True), nullable=True))
    op.drop_index("ux_plan_runs_active", table_name="plan_runs")
    op.create_index(
        "ux_plan_runs_active",
        "plan_runs",
        ["programme_id", "draft_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('queued', 'running')"),
        postgresql_where=sa.text("status IN ('queued', 'running')"),
    )
    op.add_column(
        "releases",
        sa.Column(
            "facts", sa.JSON(none_as_null=True), server_default=sa.text("'{}'"), nullable=False
        ),
    )
