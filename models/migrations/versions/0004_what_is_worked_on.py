"""what is worked on: drafts of programmes planned before, runs of other kinds, versions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ACTIVE = sa.text("status IN ('queued', 'running')")

RESIDENCY = "request, slot, zone, host, pool, first_day, last_day"


def upgrade() -> None:
    """Programmes have a version, runs a kind; the latest plan becomes the draft where none is."""
    op.add_column(
        "programmes",
        sa.Column("version", sa.String(), server_default=sa.text("''"), nullable=False),
    )
    op.add_column(
        "plan_runs",
        sa.Column("kind", sa.String(), server_default=sa.text("'plan'"), nullable=False),
    )
    op.add_column(
        "plan_runs",
        sa.Column("subject", sa.String(), server_default=sa.text("''"), nullable=False),
    )
    op.add_column("plan_runs", sa.Column("draft_revision", sa.BigInteger(), nullable=True))
    op.add_column("plan_runs", sa.Column("result", sa.JSON(none_as_null=True), nullable=True))
    op.drop_index("ux_plan_runs_active", table_name="plan_runs")
    op.create_index(
        "ux_plan_runs_active",
        "plan_runs",
        ["programme_id", "draft_id", "kind", "subject"],
        unique=True,
        sqlite_where=ACTIVE,
        postgresql_where=ACTIVE,
    )
    _draft_what_was_planned()


def _draft_what_was_planned() -> None:
    op.execute(
        "INSERT INTO drafts (programme_id, revision, created_at, adjustments) "
        "SELECT plans.programme_id, 0, plans.created_at, '[]' FROM plans "
        "WHERE plans.id = (SELECT max(others.id) FROM plans AS others "
        "WHERE others.programme_id = plans.programme_id) "
        "AND NOT EXISTS (SELECT 1 FROM drafts WHERE drafts.programme_id = plans.programme_id "
        "AND drafts.name IS NULL)"
    )
    op.execute(
        f"INSERT INTO draft_residencies (draft_id, {RESIDENCY}) "
        f"SELECT drafts.id, {RESIDENCY} FROM drafts "
        "JOIN plan_residencies ON plan_residencies.plan_id = (SELECT max(plans.id) FROM plans "
        "WHERE plans.programme_id = drafts.programme_id) "
        "WHERE drafts.name IS NULL AND NOT EXISTS "
        "(SELECT 1 FROM draft_residencies AS others WHERE others.draft_id = drafts.id)"
    )
