"""links per device, calendars of floors and sites, and what researchers say on their pages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STANDING_PAGE = sa.text("scope_kind = 'researcher' AND device IS NULL AND revoked_at IS NULL")
SCOPE_KINDS = "scope_kind IN ('researcher', 'host', 'zone', 'floor', 'track', 'site', 'programme')"


def upgrade() -> None:
    """Say more of links, and add the tables of what researchers say and offices set."""
    _widen_links()
    for column in ("floor_id", "site_id"):
        op.create_index(
            op.f(f"ix_release_entries_programme_id_release_{column}"),
            "release_entries",
            ["programme_id", "release", column],
        )
    _add_settings()
    _add_answers()
    _add_change_requests()


def _widen_links() -> None:
    """SQLite makes the table anew, which leaves its checks behind; PostgreSQL drops the old one."""
    op.drop_index("ux_feed_links_researcher", "feed_links")
    with op.batch_alter_table("feed_links") as table:
        for name in ("device", "program"):
            table.add_column(sa.Column(name, sa.String(), nullable=True))
        for name in ("shows_holidays", "busy_only"):
            table.add_column(
                sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)
            )
        table.add_column(sa.Column("last_release", sa.BigInteger(), nullable=True))
        if op.get_bind().dialect.name != "sqlite":
            table.drop_constraint(op.f("ck_feed_links_scope_kind"), type_="check")
        table.create_check_constraint(op.f("ck_feed_links_scope_kind"), SCOPE_KINDS)
    op.create_index(
        "ux_feed_links_researcher",
        "feed_links",
        ["programme_id", "scope_id"],
        unique=True,
        sqlite_where=STANDING_PAGE,
        postgresql_where=STANDING_PAGE,
    )


def _add_settings() -> None:
    op.create_table(
        "researcher_settings",
        _programme(),
        sa.Column("researcher_id", sa.String(), nullable=False),
        sa.Column("read_release", sa.BigInteger(), nullable=True),
        sa.Column("timezone", sa.String(), nullable=True),
        sa.Column("wants_invitations", sa.Boolean(), nullable=False),
        _of_programme("researcher_settings"),
        sa.PrimaryKeyConstraint(
            "programme_id", "researcher_id", name=op.f("pk_researcher_settings")
        ),
    )
    op.create_table(
        "office_settings",
        _programme(),
        sa.Column("wishes_until", sa.Date(), nullable=True),
        sa.Column("checklist", sa.JSON(none_as_null=True), nullable=True),
        _of_programme("office_settings"),
        sa.PrimaryKeyConstraint("programme_id", name=op.f("pk_office_settings")),
    )
    op.create_table(
        "checklist_ticks",
        _programme(),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("ticked_at", sa.DateTime(timezone=True), nullable=False),
        _of_programme("checklist_ticks"),
        sa.PrimaryKeyConstraint("programme_id", "request", "item", name=op.f("pk_checklist_ticks")),
    )


def _add_answers() -> None:
    op.create_table(
        "answers",
        sa.Column("id", sa.Integer(), nullable=False),
        _programme(),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("researcher_id", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("release", sa.BigInteger(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "answer IN ('accepted', 'declined', 'tentative')", name=op.f("ck_answers_answer")
        ),
        sa.CheckConstraint("via IN ('page', 'reply', 'office')", name=op.f("ck_answers_via")),
        _of_programme("answers"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_answers_programme_id_request_id"), "answers", ["programme_id", "request", "id"]
    )


def _add_change_requests() -> None:
    op.create_table(
        "change_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        _programme(),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("researcher_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("residency", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("release", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("reply", sa.String(), nullable=False),
        sa.CheckConstraint(
            "status IN ('open', 'accepted', 'refused', 'withdrawn')",
            name=op.f("ck_change_requests_status"),
        ),
        _of_programme("change_requests"),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["coordinators.id"], name=op.f("fk_change_requests_decided_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_requests")),
        sqlite_autoincrement=True,
    )
    for column in ("status", "researcher_id"):
        op.create_index(
            op.f(f"ix_change_requests_programme_id_{column}_id"),
            "change_requests",
            ["programme_id", column, "id"],
        )


def _programme() -> sa.Column[str]:
    return sa.Column("programme_id", sa.String(), nullable=False)


def _of_programme(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_programme_id")
    return sa.ForeignKeyConstraint(["programme_id"], ["programmes.id"], name=name)
