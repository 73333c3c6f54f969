"""Who may look: private links of readers, coordinators, and their one-time sign-in links."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base

STANDING_PAGE = text("scope_kind = 'researcher' AND device IS NULL AND revoked_at IS NULL")


class FeedLinkRow(Base):
    """An unguessable link to a page and its feed; only a hash of its token is kept.

    A link with a ``device`` opens one calendar and no page; ``program`` is what reads it there.
    ``last_release`` is the one that the fetch noted last has seen.
    """

    __tablename__ = "feed_links"
    __table_args__ = (
        CheckConstraint(
            "scope_kind IN ('researcher', 'host', 'zone', 'floor', 'track', 'site', 'programme')",
            name="scope_kind",
        ),
        Index(
            "ux_feed_links_researcher",
            "programme_id",
            "scope_id",
            unique=True,
            sqlite_where=STANDING_PAGE,
            postgresql_where=STANDING_PAGE,
        ),
        Index(None, "programme_id", "scope_kind", "scope_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    programme_id: Mapped[str] = mapped_column(ForeignKey("programmes.id"))
    scope_kind: Mapped[str]
    scope_id: Mapped[str]
    language: Mapped[str | None]
    label: Mapped[str]
    created_at: Mapped[dt.datetime]
    last_fetched_at: Mapped[dt.datetime | None]
    revoked_at: Mapped[dt.datetime | None]
    device: Mapped[str | None]
    program: Mapped[str | None]
    shows_holidays: Mapped[bool] = mapped_column(server_default=false())
    busy_only: Mapped[bool] = mapped_column(server_default=false())
    last_release: Mapped[int | None]


class CoordinatorRow(Base):
    """Somebody who plans residencies."""

    __tablename__ = "coordinators"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    created_at: Mapped[dt.datetime]


class SignInLinkRow(Base):
    """A link that signs a coordinator in once; only a hash of its token is kept."""

    __tablename__ = "sign_in_links"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    coordinator_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("coordinators.id"))
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]
