"""The pages of mails: the list of a release, and one as its reader will see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from models.mail_store import MailKind, MailStatus
from web.use_cases.mails.letters import Enclosure
from web.use_cases.mails.sending import MailEdit


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerView:
    """Through which server mails go, and from whom; never its password."""

    host: str
    port: int
    security: str
    user: str
    sender: str
    reply_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubleView:
    """Why mails did not go out: its name, how many, and what the server said to one of them."""

    name: str
    count: int
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRow:
    """A mail in the list; ``has_address`` tells whether it could go anywhere.

    ``is_invitation`` where it invites to the stay, or cancels an invitation, once it is sent.
    """

    id: int
    name: str
    request: str
    kind: MailKind
    status: MailStatus
    language: str
    address: str | None
    has_address: bool
    is_invitation: bool
    subject: str
    sent_at: dt.datetime | None
    by_hand: bool
    trouble: str | None
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailsQuery:
    """Which mails of a release; the empty query is all of them."""

    words: str = ""
    status: MailStatus | None = None
    page: int = 1

    @property
    def is_narrow(self) -> bool:
        """Tell whether some mails may be left out."""
        return bool(self.words.strip() or self.status)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailsView:
    """A page of a release's mails, and how far all of them are."""

    programme_id: str
    programme: str
    release: int
    numbers: tuple[int, ...]
    server: ServerView | None
    query: MailsQuery
    rows: tuple[MailRow, ...]
    page: int
    pages: int
    total: int
    counts: Mapping[str, int]
    ready: int
    addressless: int
    fillable: int
    unsure: int
    troubles: tuple[TroubleView, ...]

    @property
    def on_its_way(self) -> int:
        """How many wait to go out, or are being handed over."""
        return self.counts[MailStatus.QUEUED.value] + self.counts[MailStatus.SENDING.value]

    @property
    def failed(self) -> int:
        """How many failed of which it is sure that they did not go out."""
        return self.counts[MailStatus.FAILED.value] - self.unsure


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """An entry of the calendar that goes along."""

    summary: str
    first_day: dt.date
    last_day: dt.date
    is_cancelled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MailView:
    """One mail: as it is stored, to be edited, and as its reader will see it.

    What the office sends by hand is never an invitation, so its text is another.
    """

    programme_id: str
    programme: str
    release: int
    server: ServerView | None
    row: MailRow
    revision: int
    waits: bool
    written: MailEdit
    shown_text: str
    has_link: bool
    events: tuple[EventView, ...]
    previous: int | None
    next: int | None
    mailto: str
    text_by_hand: str
    enclosure: Enclosure
    answers_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPreview:
    """A mail that publishing would draft."""

    programme_id: str
    programme: str
    rolls_back_to: int | None
    name: str
    address: str | None
    language: str
    kind: MailKind
    subject: str
    text: str
