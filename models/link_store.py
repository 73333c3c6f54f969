"""Private links of readers to their page and feed; knows no scheduler."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import Select, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.errors import LinkExists, NoSuchLink
from models.programme_store import get_programme
from models.release_store import Scope, ScopeKind
from models.tables.access import FeedLinkRow
from models.tokens import hash_token, new_token

TOUCH_EVERY = dt.timedelta(minutes=15)
"""A fetch is noted at most this often, so that feeds rarely write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A standing or revoked link; its token is known only to whoever holds it.

    The link of a ``device`` opens one calendar, with public holidays or without, or with nothing
    but days in it, and names the ``program`` that reads it. A link without a device is the
    reader's own: it opens the page too. ``last_release`` is what the fetch noted last has seen.
    """

    id: uuid.UUID
    programme_id: str
    scope: Scope
    language: str | None
    label: str
    created_at: dt.datetime
    last_fetched_at: dt.datetime | None
    revoked_at: dt.datetime | None
    device: str | None = None
    program: str | None = None
    shows_holidays: bool = False
    busy_only: bool = False
    last_release: int | None = None

    def wants_touch(self, now: dt.datetime, release: int | None) -> bool:
        """Tell whether to note a fetch: of another release, or long after the one noted last."""
        if self.last_fetched_at is None or release != self.last_release:
            return True
        return now - self.last_fetched_at >= TOUCH_EVERY


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """What a link is for, by the name that somebody gave it, and what it shall show."""

    device: str
    program: str | None = None
    shows_holidays: bool = False
    busy_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLink:
    """A reader's own link that is to be made."""

    scope: Scope
    language: str | None = None
    label: str = ""


def create_link(
    session: Session,
    *,
    programme_id: str,
    scope: Scope,
    now: dt.datetime,
    language: str | None = None,
    label: str = "",
    device: Device | None = None,
    token_of: Callable[[uuid.UUID], str] = new_token,
) -> str:
    """Create a link and return its token, which the database cannot give again.

    ``token_of`` makes the token of a link's id: a random one, unless told otherwise.
    A researcher has one standing link to the page and its feed, ``LinkExists`` where there is
    one, and any number to devices; ``NoSuchProgramme`` where the programme is not there.
    """
    link_id = uuid.uuid4()
    token = token_of(link_id)
    row = {
        "id": link_id,
        "token_hash": hash_token(token),
        "programme_id": programme_id,
        "scope_kind": scope.kind.value,
        "scope_id": scope.id,
        "language": language,
        "label": label,
        "created_at": now,
    }
    if device is not None:
        row |= asdict(device)
    try:
        with session.begin_nested():
            session.execute(insert(FeedLinkRow), row)
    except IntegrityError as error:
        get_programme(session, programme_id)
        raise LinkExists(
            f"researcher {scope.id!r}: has a private link already; revoke it to make a new one"
        ) from error
    return token


def add_own_links(
    session: Session,
    programme_id: str,
    links: Iterable[OwnLink],
    *,
    token_of: Callable[[uuid.UUID], str],
    now: dt.datetime,
) -> None:
    """Add the own links of readers who have none, all in one statement."""
    rows = [
        {
            "id": (link_id := uuid.uuid4()),
            "token_hash": hash_token(token_of(link_id)),
            "programme_id": programme_id,
            "scope_kind": link.scope.kind.value,
            "scope_id": link.scope.id,
            "language": link.language,
            "label": link.label,
            "created_at": now,
        }
        for link in links
    ]
    if rows:
        session.execute(insert(FeedLinkRow), rows, execution_options={"render_nulls": True})


def find_link(session: Session, token: str) -> Link | None:
    """Find the standing link of a token."""
    query = select(FeedLinkRow).where(
        FeedLinkRow.token_hash == hash_token(token), FeedLinkRow.revoked_at.is_(None)
    )
    row = session.scalars(query).first()
    return None if row is None else _link_of(row)


def find_researcher_link(session: Session, programme_id: str, researcher_id: str) -> Link | None:
    """Find the standing link to a researcher's page."""
    return next(iter(load_researcher_links(session, programme_id, [researcher_id])), None)


def load_researcher_links(
    session: Session, programme_id: str, researcher_ids: Iterable[str]
) -> tuple[Link, ...]:
    """Load the standing links to some researchers' pages."""
    query = _standing(programme_id).where(
        FeedLinkRow.scope_kind == ScopeKind.RESEARCHER.value,
        FeedLinkRow.scope_id.in_(list(researcher_ids)),
        FeedLinkRow.device.is_(None),
    )
    return tuple(_link_of(row) for row in session.scalars(query))


def load_links(
    session: Session,
    programme_id: str,
    kind: ScopeKind | None = None,
    *,
    scope: Scope | None = None,
) -> tuple[Link, ...]:
    """Load the standing links of a programme's readers, of one, one kind or all, the oldest first.

    They are the readers' own, one each, without those of devices.
    """
    query = _standing(programme_id, scope).where(FeedLinkRow.device.is_(None))
    if kind is not None:
        query = query.where(FeedLinkRow.scope_kind == kind.value)
    return tuple(_link_of(row) for row in session.scalars(query))


def load_device_links(
    session: Session, programme_id: str, scope: Scope | None = None
) -> tuple[Link, ...]:
    """Load the standing links of devices, of one reader's or all, the oldest first."""
    query = _standing(programme_id, scope).where(FeedLinkRow.device.is_not(None))
    return tuple(_link_of(row) for row in session.scalars(query))


def get_device_link(session: Session, programme_id: str, scope: Scope, link_id: uuid.UUID) -> Link:
    """Return the standing link of one of a reader's devices; ``NoSuchLink`` where there is none."""
    query = _standing(programme_id, scope).where(
        FeedLinkRow.id == link_id, FeedLinkRow.device.is_not(None)
    )
    row = session.scalars(query).first()
    if row is None:
        raise NoSuchLink(f"link {link_id}: none that stands; it may have been revoked already")
    return _link_of(row)


def rename_device(session: Session, link_id: uuid.UUID, device: str) -> None:
    """Call a device by another name."""
    _check_stands(session, link_id)
    _set(session, link_id, {"device": device})


def revoke_device_links(
    session: Session, programme_id: str, scope: Scope, *, now: dt.datetime
) -> None:
    """End the links of all of a reader's devices for good."""
    for link in load_device_links(session, programme_id, scope):
        revoke_link(session, link.id, now=now)


def revoke_link(session: Session, link_id: uuid.UUID, *, now: dt.datetime) -> None:
    """End a link for good; its token opens nothing any more."""
    _check_stands(session, link_id)
    _set(session, link_id, {"revoked_at": now})


def touch_link(
    session: Session, link_id: uuid.UUID, *, now: dt.datetime, release: int | None
) -> None:
    """Note that a link was fetched, and which release was seen."""
    _set(session, link_id, {"last_fetched_at": now, "last_release": release})


def _standing(programme_id: str, scope: Scope | None = None) -> Select[FeedLinkRow]:
    query = select(FeedLinkRow).where(
        FeedLinkRow.programme_id == programme_id, FeedLinkRow.revoked_at.is_(None)
    )
    if scope is not None:
        query = query.where(
            FeedLinkRow.scope_kind == scope.kind.value, FeedLinkRow.scope_id == scope.id
        )
    return query.order_by(FeedLinkRow.created_at, FeedLinkRow.id)


def _check_stands(session: Session, link_id: uuid.UUID) -> None:
    query = (
        select(FeedLinkRow.id)
        .where(FeedLinkRow.id == link_id, FeedLinkRow.revoked_at.is_(None))
        .with_for_update()
    )
    if session.scalars(query).first() is None:
        raise NoSuchLink(f"link {link_id}: none that stands; it may have been revoked already")


def _set(session: Session, link_id: uuid.UUID, values: Mapping[str, Any]) -> None:
    session.execute(
        update(FeedLinkRow).where(FeedLinkRow.id == link_id).values(values),
        execution_options={"synchronize_session": False},
    )


def _link_of(row: FeedLinkRow) -> Link:
    scope = Scope(kind=ScopeKind(row.scope_kind), id=row.scope_id)
    own = {field.name: getattr(row, field.name) for field in fields(Link) if field.name != "scope"}
    return Link(scope=scope, **own)
