"""Calendars of single devices: each has an address of its own, which can end without the others.

Such an address opens one calendar and never a page. It derives from the link's id as every
link's does, so that it can be shown again and nobody can guess it.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from models.errors import NoSuchLink
from models.link_store import (
    Device,
    Link,
    create_link,
    find_link,
    get_device_link,
    load_device_links,
    rename_device,
    revoke_link,
)
from models.programme_store import lock_programme
from models.release_store import Scope
from web.calendars.texts import one_line
from web.use_cases.links.making import LinkMaker
from web.use_cases.links.programs import Program

MOST_DEVICES = 20
"""So many devices may one reader have; a link that somebody misuses makes no more."""

LABEL_LENGTH = 60
_DOUBLE_CLICK = dt.timedelta(minutes=1)
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that would turn around what is written after a label."""


class TooManyDevicesError(Exception):
    """The reader has as many devices as there may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whose calendars they are, and what they are called where no release says it."""

    programme_id: str
    scope: Scope
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A calendar for a device: its name, what reads it, and what it shall show."""

    label: str
    program: Program
    language: str
    shows_holidays: bool = False
    busy_only: bool = False


def add_device(
    session: Session, owner: Owner, wanted: Wanted, maker: LinkMaker, *, now: dt.datetime
) -> Link:
    """Add a calendar for one of a reader's devices.

    A label that another device has gets a number. A second click on the same button adds nothing.

    Raises:
        TooManyDevicesError: The reader has enough of them.
    """
    lock_programme(session, owner.programme_id)
    standing = load_device_links(session, owner.programme_id, owner.scope)
    label = clean_label(wanted.label)
    for link in standing:
        if _is_same_click(link, wanted, label, now):
            return link
    if len(standing) >= MOST_DEVICES:
        raise TooManyDevicesError
    device = Device(
        device=distinct_label(label, standing),
        program=wanted.program.value,
        shows_holidays=wanted.shows_holidays,
        busy_only=wanted.busy_only,
    )
    return _create(session, owner, device, maker, language=wanted.language, now=now)


def replace_device(
    session: Session, owner: Owner, link_id: uuid.UUID, maker: LinkMaker, *, now: dt.datetime
) -> Link:
    """End a device's address for good and make another one that shows the same."""
    lock_programme(session, owner.programme_id)
    link = get_device_link(session, owner.programme_id, owner.scope, link_id)
    revoke_link(session, link.id, now=now)
    device = Device(
        device=link.device or "",
        program=link.program,
        shows_holidays=link.shows_holidays,
        busy_only=link.busy_only,
    )
    named = replace(owner, name=link.label)
    return _create(session, named, device, maker, language=link.language, now=now)


def call_device(session: Session, owner: Owner, link_id: uuid.UUID, label: str) -> None:
    """Call a device by another name; an empty one changes nothing."""
    lock_programme(session, owner.programme_id)
    link = get_device_link(session, owner.programme_id, owner.scope, link_id)
    if cleaned := clean_label(label):
        standing = load_device_links(session, owner.programme_id, owner.scope)
        others = [each for each in standing if each.id != link.id]
        rename_device(session, link.id, distinct_label(cleaned, others))


def remove_device(session: Session, owner: Owner, link_id: uuid.UUID, *, now: dt.datetime) -> None:
    """End a device's address for good."""
    link = get_device_link(session, owner.programme_id, owner.scope, link_id)
    revoke_link(session, link.id, now=now)


def clean_label(label: str) -> str:
    """Return a label on one line, no longer than it may be, without what would turn it around."""
    words = " ".join(_TURNING.sub("", one_line(label)).split())
    return unicodedata.normalize("NFC", words)[:LABEL_LENGTH].strip()


def distinct_label(label: str, others: Iterable[Link]) -> str:
    """Return a label that no other device has, with a number where one has it."""
    taken = {link.device for link in others}
    number, distinct = 1, label
    while distinct in taken:
        number += 1
        ending = f" {number}"
        distinct = f"{label[: LABEL_LENGTH - len(ending)]}{ending}"
    return distinct


def _is_same_click(link: Link, wanted: Wanted, label: str, now: dt.datetime) -> bool:
    is_new = link.last_fetched_at is None and now - link.created_at < _DOUBLE_CLICK
    return is_new and (
        link.device,
        link.program,
        link.language,
        link.shows_holidays,
        link.busy_only,
    ) == (label, wanted.program.value, wanted.language, wanted.shows_holidays, wanted.busy_only)


def _create(
    session: Session,
    owner: Owner,
    device: Device,
    maker: LinkMaker,
    *,
    language: str | None,
    now: dt.datetime,
) -> Link:
    token = create_link(
        session,
        programme_id=owner.programme_id,
        scope=owner.scope,
        now=now,
        language=language,
        label=owner.name,
        device=device,
        token_of=maker.token,
    )
    link = find_link(session, token)
    if link is None:
        raise NoSuchLink("a link that was made a moment ago")
    return link
