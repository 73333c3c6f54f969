"""What feeds ask of the memory: one statement a request, and a reader's part of a release."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, not_, select
from sqlalchemy.orm import Session

from models.link_store import Link
from models.release_store import (
    COLUMN_OF_SCOPE,
    ENTRY_COLUMNS,
    EntryKind,
    ReleaseEntry,
    Scope,
    ScopeKind,
)
from models.tables.access import FeedLinkRow
from models.tables.releases import ReleaseEntryRow, ReleaseRow
from models.tokens import hash_token


class Opened(NamedTuple):
    """A standing link, and the number of the release that its reader sees; None before one."""

    link: Link
    release: int | None


_OWN = tuple(field.name for field in fields(Link) if field.name != "scope")

_OPENED = select(
    FeedLinkRow.scope_kind,
    FeedLinkRow.scope_id,
    select(func.max(ReleaseRow.number))
    .where(ReleaseRow.programme_id == FeedLinkRow.programme_id)
    .scalar_subquery()
    .label("release"),
    *(getattr(FeedLinkRow, name) for name in _OWN),
).where(FeedLinkRow.token_hash == bindparam("token_hash"), FeedLinkRow.revoked_at.is_(None))


def find_opened(connection: Connection, token: str) -> Opened | None:
    """Find the standing link of a token and what it shows.

    One statement answers whether a token is right and whether a reader has the latest already:
    neither the number of statements nor what they do tells right tokens from wrong ones.
    """
    row = connection.execute(_OPENED, {"token_hash": hash_token(token)}).first()
    if row is None:
        return None
    scope = Scope(kind=ScopeKind(row.scope_kind), id=row.scope_id)
    return Opened(
        link=Link(scope=scope, **{name: getattr(row, name) for name in _OWN}), release=row.release
    )


def load_shared_entries(
    session: Session, programme_id: str, number: int
) -> tuple[ReleaseEntry, ...]:
    """Load the entries of a release that any reader may see: its events."""
    return _load(session, _of_release(programme_id, number).where(_is_shared()))


def load_own_entries(
    session: Session, programme_id: str, number: int, scope: Scope
) -> tuple[ReleaseEntry, ...]:
    """Load the other entries of a release that name a reader; a whole programme's are all."""
    query = _of_release(programme_id, number).where(not_(_is_shared()))
    if scope.kind is not ScopeKind.PROGRAMME:
        query = query.where(COLUMN_OF_SCOPE[scope.kind] == scope.id)
    return _load(session, query)


def _is_shared() -> ColumnElement[bool]:
    return and_(
        ReleaseEntryRow.kind == EntryKind.EVENT.value, ReleaseEntryRow.researcher_id.is_(None)
    )


def _of_release(programme_id: str, number: int) -> Select[Any]:
    return select(*ENTRY_COLUMNS).where(
        ReleaseEntryRow.programme_id == programme_id, ReleaseEntryRow.release == number
    )


def _load(session: Session, query: Select[Any]) -> tuple[ReleaseEntry, ...]:
    return tuple(
        ReleaseEntry(**{**row, "kind": EntryKind(row["kind"])})
        for row in session.connection().execute(query).mappings()
    )
