"""Who opens a private page: whose link it is, and in which language they read."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.link_store import Link, find_link
from models.release_store import ScopeKind, find_latest_release
from web.use_cases.errors import NotThereError


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A researcher at their own page; ``release`` is the latest one, None before the first.

    ``language`` is the one that was chosen, else the researcher's own, whatever it is.
    """

    link: Link
    token: str
    language: str
    release: int | None

    @property
    def programme_id(self) -> str:
        """The programme that the researcher visits."""
        return self.link.programme_id

    @property
    def researcher_id(self) -> str:
        """Who it is."""
        return self.link.scope.id


def visit(session: Session, token: str, *, language: str | None) -> Visit:
    """Return who comes with a token; that of a device opens no page, nor does one that ended.

    Raises:
        NotThereError: No such link stands.
    """
    link = find_link(session, token)
    is_own = link is not None and link.scope.kind is ScopeKind.RESEARCHER and link.device is None
    if link is None or not is_own:
        raise NotThereError("This link leads nowhere, or no longer does.")
    release = find_latest_release(session, link.programme_id)
    return Visit(
        link=link,
        token=token,
        language=language or link.language or "en",
        release=None if release is None else release.number,
    )
