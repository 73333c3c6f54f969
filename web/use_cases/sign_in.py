"""How the coordinator gets in: a link that works once and not for long."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy.orm import Session

from models.access_store import (
    Coordinator,
    add_coordinator,
    create_sign_in_link,
    find_coordinator,
    load_coordinators,
    use_sign_in_link,
)
from web.use_cases.errors import LinkUsedError

LINK_LIFETIME = dt.timedelta(hours=12)
NAME = "Coordinator"


def offer_sign_in(session: Session, *, now: dt.datetime) -> str:
    """Return the token of a new sign-in link of the coordinator, who is added if need be."""
    known = load_coordinators(session)
    coordinator = known[0] if known else add_coordinator(session, name=NAME, now=now)
    return create_sign_in_link(
        session, coordinator_id=coordinator.id, now=now, lifetime=LINK_LIFETIME
    )


def sign_in_with(session: Session, token: str, *, now: dt.datetime) -> Coordinator:
    """Use a sign-in link up and return whom it lets in."""
    coordinator = use_sign_in_link(session, token, now=now)
    if coordinator is None:
        raise LinkUsedError("It was used already, or is too old, or was never given out.")
    return coordinator


def find_signed_in(session: Session, coordinator_id: str) -> Coordinator | None:
    """Find the coordinator whom a browser's session names."""
    try:
        return find_coordinator(session, uuid.UUID(coordinator_id))
    except ValueError:
        return None
