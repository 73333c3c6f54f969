"""every table."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "coordinators",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coordinators")),
    )
    op.create_table(
        "programmes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("today", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programmes")),
    )
    op.create_table(
        "collaborations",
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("requests", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("min_overlap_days", sa.BigInteger(), nullable=False),
        sa.Column("target_overlap_days", sa.BigInteger(), nullable=False),
        sa.Column("same_floor", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_collaborations_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_collaborations")),
    )
    op.create_table(
        "feed_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("scope_kind", sa.String(), nullable=False),
        sa.Column("scope_id", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "scope_kind IN ('researcher', 'host', 'zone', 'track', 'programme')",
            name=op.f("ck_feed_links_scope_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_feed_links_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_feed_links_token_hash")),
    )
    with op.batch_alter_table("feed_links", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_feed_links_programme_id_scope_kind_scope_id"),
            ["programme_id", "scope_kind", "scope_id"],
            unique=False,
        )
        batch_op.create_index(
            "ux_feed_links_researcher",
            ["programme_id", "scope_id"],
            unique=True,
            sqlite_where=sa.text("scope_kind = 'researcher' AND revoked_at IS NULL"),
            postgresql_where=sa.text("scope_kind = 'researcher' AND revoked_at IS NULL"),
        )

    op.create_table(
        "institutions",
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_institutions_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_institutions")),
    )
    op.create_table(
        "plan_runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("seconds_limit", sa.Double(), nullable=False),
        sa.Column("workers", sa.BigInteger(), nullable=True),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("input_sha256", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("heartbeat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stop_requested", sa.Boolean(), nullable=False),
        sa.Column("objective", sa.BigInteger(), nullable=True),
        sa.Column("bound", sa.BigInteger(), nullable=True),
        sa.Column("seconds", sa.Double(), nullable=True),
        sa.Column("message", sa.String(), nullable=True),
        sa.CheckConstraint(
            "status IN ('queued', 'running', 'done', 'failed', 'cancelled')",
            name=op.f("ck_plan_runs_status"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_plan_runs_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_runs")),
    )
    with op.batch_alter_table("plan_runs", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_plan_runs_programme_id_created_at"),
            ["programme_id", "created_at"],
            unique=False,
        )
        batch_op.create_index(
            "ux_plan_runs_active",
            ["programme_id"],
            unique=True,
            sqlite_where=sa.text("status IN ('queued', 'running')"),
            postgresql_where=sa.text("status IN ('queued', 'running')"),
        )

    op.create_table(
        "policies",
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("arrival_weekdays", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("stay_step_days", sa.BigInteger(), nullable=False),
        sa.Column("frozen_days", sa.BigInteger(), nullable=False),
        sa.Column("visa_lead_days", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("weights", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_policies_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", name=op.f("pk_policies")),
    )
    op.create_table(
        "pools",
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("gpus", sa.BigInteger(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("closures", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_pools_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_pools")),
    )
    op.create_table(
        "quotas",
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("min", sa.BigInteger(), nullable=True),
        sa.Column("max", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.BigInteger(), nullable=False),
        sa.Column("points_per_missing", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_quotas_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_quotas")),
    )
    op.create_table(
        "separations",
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("requests", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_separations_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_separations")),
    )
    op.create_table(
        "sign_in_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("coordinator_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["coordinator_id"], ["coordinators.id"], name=op.f("fk_sign_in_links_coordinator_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_links_token_hash")),
    )
    op.create_table(
        "sites",
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("timezone", sa.String(), nullable=True),
        sa.Column("holidays", sa.String(), nullable=True),
        sa.Column("closures", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("address", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_sites_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_sites")),
    )
    op.create_table(
        "tracks",
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("colour", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_tracks_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_tracks")),
    )
    op.create_table(
        "buildings",
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "site"],
            ["sites.programme_id", "sites.id"],
            name=op.f("fk_buildings_programme_id_site"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_buildings_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_buildings")),
    )
    op.create_table(
        "events",
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("tracks", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "site"],
            ["sites.programme_id", "sites.id"],
            name=op.f("fk_events_programme_id_site"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_events_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_events")),
    )
    op.create_table(
        "hosts",
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("institution", sa.String(), nullable=False),
        sa.Column("tracks", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("capacity", sa.BigInteger(), nullable=False),
        sa.Column("absences", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "institution"],
            ["institutions.programme_id", "institutions.id"],
            name=op.f("fk_hosts_programme_id_institution"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_hosts_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_hosts")),
    )
    op.create_table(
        "plan_run_progress",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("objective", sa.BigInteger(), nullable=True),
        sa.Column("bound", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["plan_runs.id"],
            name=op.f("fk_plan_run_progress_run_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("run_id", "position", name=op.f("pk_plan_run_progress")),
    )
    op.create_table(
        "plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("objective", sa.BigInteger(), nullable=False),
        sa.Column("bound", sa.BigInteger(), nullable=False),
        sa.Column("terms", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("scenario_sha256", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_plans_programme_id")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["plan_runs.id"], name=op.f("fk_plans_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_plans_programme_id_id"), ["programme_id", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_plans_run_id"), ["run_id"], unique=False)

    op.create_table(
        "researchers",
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("institution", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "institution"],
            ["institutions.programme_id", "institutions.id"],
            name=op.f("fk_researchers_programme_id_institution"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_researchers_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_researchers")),
    )
    op.create_table(
        "slots",
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("tracks", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("places", sa.BigInteger(), nullable=False),
        sa.Column("fixed_dates", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "site"],
            ["sites.programme_id", "sites.id"],
            name=op.f("fk_slots_programme_id_site"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_slots_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_slots")),
    )
    op.create_table(
        "floors",
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("building", sa.String(), nullable=False),
        sa.Column("level", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "building"],
            ["buildings.programme_id", "buildings.id"],
            name=op.f("fk_floors_programme_id_building"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_floors_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_floors")),
    )
    op.create_table(
        "plan_residencies",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=True),
        sa.Column("pool", sa.String(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plans.id"], name=op.f("fk_plan_residencies_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("plan_id", "position", name=op.f("pk_plan_residencies")),
    )
    op.create_table(
        "plan_unplaced",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("why", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plans.id"], name=op.f("fk_plan_unplaced_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("plan_id", "position", name=op.f("pk_plan_unplaced")),
    )
    op.create_table(
        "releases",
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scenario_sha256", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("objective", sa.BigInteger(), nullable=False),
        sa.Column("bound", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_releases_plan_id")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_releases_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "number", name=op.f("pk_releases")),
    )
    op.create_table(
        "requests",
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("researcher", sa.String(), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("priority", sa.BigInteger(), nullable=False),
        sa.Column("submitted", sa.Date(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("min_days", sa.BigInteger(), nullable=False),
        sa.Column("max_days", sa.BigInteger(), nullable=False),
        sa.Column("preferred_first_day", sa.Date(), nullable=True),
        sa.Column("desks", sa.BigInteger(), nullable=False),
        sa.Column("area_m2", sa.BigInteger(), nullable=False),
        sa.Column("gpus", sa.BigInteger(), nullable=False),
        sa.Column("pools", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("needs", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("wishes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("sites", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("zones", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("zone_points", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("hosts", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("must_attend", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("unavailable", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("group", sa.String(), nullable=True),
        sa.Column("cost", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "researcher"],
            ["researchers.programme_id", "researchers.id"],
            name=op.f("fk_requests_programme_id_researcher"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "track"],
            ["tracks.programme_id", "tracks.id"],
            name=op.f("fk_requests_programme_id_track"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_requests_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_requests")),
    )
    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_requests_programme_id_researcher"),
            ["programme_id", "researcher"],
            unique=False,
        )

    op.create_table(
        "release_entries",
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("release", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("researcher_id", sa.String(), nullable=True),
        sa.Column("host_id", sa.String(), nullable=True),
        sa.Column("zone_id", sa.String(), nullable=True),
        sa.Column("floor_id", sa.String(), nullable=True),
        sa.Column("track_id", sa.String(), nullable=True),
        sa.Column("site_id", sa.String(), nullable=True),
        sa.Column("facts", sa.JSON(none_as_null=True), nullable=False),
        sa.CheckConstraint("kind IN ('residency', 'event')", name=op.f("ck_release_entries_kind")),
        sa.ForeignKeyConstraint(
            ["programme_id", "release"],
            ["releases.programme_id", "releases.number"],
            name=op.f("fk_release_entries_programme_id_release"),
        ),
        sa.PrimaryKeyConstraint(
            "programme_id", "release", "position", name=op.f("pk_release_entries")
        ),
    )
    with op.batch_alter_table("release_entries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_release_entries_programme_id_release_host_id"),
            ["programme_id", "release", "host_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_release_entries_programme_id_release_researcher_id"),
            ["programme_id", "release", "researcher_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_release_entries_programme_id_release_track_id"),
            ["programme_id", "release", "track_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_release_entries_programme_id_release_zone_id"),
            ["programme_id", "release", "zone_id"],
            unique=False,
        )

    op.create_table(
        "zones",
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("floor", sa.String(), nullable=False),
        sa.Column("desks", sa.BigInteger(), nullable=False),
        sa.Column("area_m2", sa.BigInteger(), nullable=False),
        sa.Column("features", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("tracks", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("closures", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("exclusive_by", sa.String(), nullable=True),
        sa.Column("shape", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id", "floor"],
            ["floors.programme_id", "floors.id"],
            name=op.f("fk_zones_programme_id_floor"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_zones_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_zones")),
    )
    op.create_table(
        "pins",
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=True),
        sa.Column("zone", sa.String(), nullable=True),
        sa.Column("host", sa.String(), nullable=True),
        sa.Column("pool", sa.String(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id", "host"],
            ["hosts.programme_id", "hosts.id"],
            name=op.f("fk_pins_programme_id_host"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "pool"],
            ["pools.programme_id", "pools.id"],
            name=op.f("fk_pins_programme_id_pool"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "request"],
            ["requests.programme_id", "requests.id"],
            name=op.f("fk_pins_programme_id_request"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "slot"],
            ["slots.programme_id", "slots.id"],
            name=op.f("fk_pins_programme_id_slot"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "zone"],
            ["zones.programme_id", "zones.id"],
            name=op.f("fk_pins_programme_id_zone"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_pins_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "position", name=op.f("pk_pins")),
    )
    op.create_table(
        "published",
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=True),
        sa.Column("pool", sa.String(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "host"],
            ["hosts.programme_id", "hosts.id"],
            name=op.f("fk_published_programme_id_host"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "pool"],
            ["pools.programme_id", "pools.id"],
            name=op.f("fk_published_programme_id_pool"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "request"],
            ["requests.programme_id", "requests.id"],
            name=op.f("fk_published_programme_id_request"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "slot"],
            ["slots.programme_id", "slots.id"],
            name=op.f("fk_published_programme_id_slot"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "zone"],
            ["zones.programme_id", "zones.id"],
            name=op.f("fk_published_programme_id_zone"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_published_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "position", name=op.f("pk_published")),
    )
    op.create_table(
        "reservations",
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("desks", sa.BigInteger(), nullable=False),
        sa.Column("area_m2", sa.BigInteger(), nullable=False),
        sa.Column("institution", sa.String(), nullable=True),
        sa.Column("group", sa.String(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "institution"],
            ["institutions.programme_id", "institutions.id"],
            name=op.f("fk_reservations_programme_id_institution"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "zone"],
            ["zones.programme_id", "zones.id"],
            name=op.f("fk_reservations_programme_id_zone"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_reservations_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "id", name=op.f("pk_reservations")),
    )
    for table in ("releases", "release_entries"):
        _never_update(table)


def _never_update(table: str) -> None:
    """Let the database itself refuse a change of what was released."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {table}_stay BEFORE UPDATE ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION {table}_stay() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION 'a release is never changed'; END$$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_stay BEFORE UPDATE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_stay()"
    )
