"""Private links: unguessable, shown again to the coordinator, and replaced when they leak.

The token of a link is HMAC-SHA256 of the link's random id under a key derived from the server's
secret. The database keeps the token's hash only, so a stolen database opens no page; whoever
has the secret too can show a link again. Replacing a link ends its row and makes another one,
whose id, and so whose token, is new. Should the secret ever be lost, links that people hold go
on working by their hash; they can then no longer be shown, only replaced.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.link_store import (
    Link,
    OwnLink,
    add_own_links,
    load_links,
    revoke_device_links,
    revoke_link,
)
from models.problem_loader import load_problem
from models.programme_store import lock_programme
from models.release_store import Scope, ScopeKind, find_latest_release
from scheduler.problem.problem import Problem
from scheduler.problem.types import Text, text_in
from web.use_cases.errors import NotThereError
from web.use_cases.views import FeedLink


class LinkMovedError(Exception):
    """The link is not the one that was looked at any more: replaced or revoked meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkMaker:
    """Spells links: under which address, and from which secret."""

    public_url: str
    secret: bytes

    def token(self, link_id: uuid.UUID) -> str:
        """Return the token of a link, 256 bits safe in a path."""
        key = derived_key(self.secret, "links")
        digest = hmac.digest(key, link_id.bytes, hashlib.sha256)
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    def page(self, token: str) -> str:
        """Return the address of a researcher's page."""
        return f"{self.public_url}/r/{token}"

    def calendar(self, token: str) -> str:
        """Return the address of a calendar."""
        return f"{self.public_url}/c/{token}.ics"

    def feed(self, token: str, *, kind: ScopeKind, subject: str, name: str) -> FeedLink:
        """Return the addresses of a calendar."""
        https = self.calendar(token)
        return FeedLink(
            kind=kind,
            subject=subject,
            name=name,
            https=https,
            webcal=f"webcal://{https.partition('://')[2]}",
            download=f"{https}?download=1",
        )


def derived_key(secret: bytes, purpose: str) -> bytes:
    """Return a key for one purpose, so that no secret serves two."""
    return hmac.digest(secret, purpose.encode(), hashlib.sha256)


def create_links(session: Session, problem: Problem, maker: LinkMaker, *, now: dt.datetime) -> None:
    """Create the links that the programme's readers do not have yet."""
    standing = {link.scope for link in load_links(session, problem.programme.id)}
    missing = {scope: name for scope, name in readers_of(problem) if scope not in standing}
    _create(session, problem, missing, maker, now=now)


def replace_link(
    session: Session,
    programme_id: str,
    scope: Scope,
    maker: LinkMaker,
    *,
    now: dt.datetime,
    with_devices: bool = False,
    shown: str | None = None,
) -> None:
    """End a reader's link for good and create another one, after a link has leaked.

    A reader whose link was revoked gets one again. The new link bears the language and the name
    that the reader has today. ``LinkMovedError`` as ``end_link`` says.
    """
    lock_programme(session, programme_id)
    problem = load_problem(session, programme_id)
    name = dict(readers_of(problem)).get(scope)
    if name is None:
        raise NotThereError(f"{scope.kind.value} {scope.id!r}: not in the programme any more")
    if find_latest_release(session, programme_id) is None:
        raise NotThereError(f"{scope.kind.value} {scope.id!r}: has no link; publish a plan first")
    end_link(session, programme_id, scope, now=now, with_devices=with_devices, shown=shown)
    _create(session, problem, {scope: name}, maker, now=now)


def end_link(
    session: Session,
    programme_id: str,
    scope: Scope,
    *,
    now: dt.datetime,
    with_devices: bool = False,
    shown: str | None = None,
) -> None:
    """End a reader's link for good, if one stands; the next release creates another one.

    ``with_devices`` ends the calendars of the reader's devices too: whoever had a researcher's
    page could read their addresses there. ``shown`` is the id of the link that was looked at,
    empty for none, and None for whichever there is.

    Raises:
        LinkMovedError: Another link stands than the one that was looked at.
    """
    lock_programme(session, programme_id)
    standing = load_links(session, programme_id, scope=scope)
    if shown not in (None, latest_id(standing)):
        raise LinkMovedError
    for link in standing:
        revoke_link(session, link.id, now=now)
    if with_devices:
        revoke_device_links(session, programme_id, scope, now=now)


def latest_id(links: Iterable[Link]) -> str:
    """Return the id of the youngest of a reader's own links, which are in order; empty for none."""
    return next((str(link.id) for link in reversed(tuple(links))), "")


def show_feeds(
    problem: Problem, links: Iterable[Link], maker: LinkMaker, *, language: str
) -> tuple[FeedLink, ...]:
    """Return the calendars that have a link and are not a researcher's."""
    tokens = {link.scope: maker.token(link.id) for link in links}
    return tuple(
        maker.feed(tokens[scope], kind=scope.kind, subject=scope.id, name=text_in(name, language))
        for scope, name in readers_of(problem)
        if scope.kind is not ScopeKind.RESEARCHER and scope in tokens
    )


def readers_of(problem: Problem) -> Iterator[tuple[Scope, Text]]:
    """Yield everybody and everything that has a calendar, with its name."""
    programme = problem.programme
    yield Scope(kind=ScopeKind.PROGRAMME, id=programme.id), programme.name
    for track in problem.tracks:
        yield Scope(kind=ScopeKind.TRACK, id=track.id), track.name
    for site in problem.sites:
        yield Scope(kind=ScopeKind.SITE, id=site.id), site.name
    for floor in problem.floors:
        yield Scope(kind=ScopeKind.FLOOR, id=floor.id), floor.name
    for zone in problem.zones:
        yield Scope(kind=ScopeKind.ZONE, id=zone.id), zone.name
    for host in problem.hosts:
        yield Scope(kind=ScopeKind.HOST, id=host.id), host.name
    for researcher in problem.researchers:
        yield Scope(kind=ScopeKind.RESEARCHER, id=researcher.id), researcher.name


def _create(
    session: Session,
    problem: Problem,
    readers: Mapping[Scope, Text],
    maker: LinkMaker,
    *,
    now: dt.datetime,
) -> None:
    """Create the own links of readers; a researcher's speaks the researcher's language."""
    spoken = {
        Scope(kind=ScopeKind.RESEARCHER, id=each.id): each.language for each in problem.researchers
    }
    links = (
        OwnLink(scope=scope, language=language, label=text_in(name, language or "en"))
        for scope, name in readers.items()
        for language in [spoken.get(scope)]
    )
    add_own_links(session, problem.programme.id, links, token_of=maker.token, now=now)
