"""How coordinators get in and out: a link that works once and not for long, and their names."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy.orm import Session

from models.access_store import (
    Coordinator,
    SignIn,
    add_coordinator,
    create_sign_in_link,
    end_sign_in,
    find_sign_in,
    load_coordinators,
    lock_coordinators,
    rename_coordinator,
    use_sign_in_link,
)
from web.use_cases.errors import LinkUsedError

LINK_LIFETIME = dt.timedelta(hours=12)
NAME = "Coordinator"
NAME_LENGTH = 80


def offer_sign_in(session: Session, *, now: dt.datetime, name: str | None = None) -> str:
    """Return the token of a new sign-in link of a coordinator, who is added if need be.

    Without a name it is for the first coordinator.
    """
    coordinator = _coordinator(session, name, now)
    return create_sign_in_link(
        session, coordinator_id=coordinator.id, now=now, lifetime=LINK_LIFETIME
    )


def sign_in_with(session: Session, token: str, *, now: dt.datetime) -> SignIn:
    """Use a sign-in link up and return whom it lets in."""
    found = use_sign_in_link(session, token, now=now)
    if found is None:
        raise LinkUsedError("It was used already, or is too old, or was never given out.")
    return found


def find_signed_in(session: Session, sign_in_id: str) -> SignIn | None:
    """Find whom a browser's session names; None where that was ended."""
    try:
        return find_sign_in(session, uuid.UUID(sign_in_id))
    except ValueError:
        return None


def sign_out_of(session: Session, signed_in: SignIn) -> None:
    """End what somebody signed in to, so that a copy of the browser's cookie opens nothing."""
    end_sign_in(session, signed_in.id)


def change_name(session: Session, coordinator: Coordinator, name: str) -> None:
    """Call a coordinator by another name; nothing changes where none is left of it."""
    cleaned = tidy_name(name)
    if cleaned:
        rename_coordinator(session, coordinator.id, cleaned)


def tidy_name(name: str) -> str:
    """Return a name in one line, and not too long."""
    return " ".join(name.split())[:NAME_LENGTH]


def _coordinator(session: Session, name: str | None, now: dt.datetime) -> Coordinator:
    lock_coordinators(session)
    known = load_coordinators(session)
    if name is None:
        return known[0] if known else add_coordinator(session, name=NAME, now=now)
    called = next((each for each in known if each.name == tidy_name(name)), None)
    return called or add_coordinator(session, name=tidy_name(name), now=now)
