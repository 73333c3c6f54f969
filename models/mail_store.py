"""Mails as rows, read and changed by people before they go out; knows no scheduler."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from sqlalchemy import RowMapping, Select, Update, func, insert, select, update
from sqlalchemy.orm import Session

from models.errors import MailHasChanged, NoSuchMail
from models.tables.mails import MailRow
from models.tables.people import ResearcherRow


class MailKind(StrEnum):
    """What a mail tells of a stay."""

    NEW = "new"
    MOVED = "moved"
    CANCELLED = "cancelled"


class MailStatus(StrEnum):
    """Where a mail stands."""

    DRAFT = "draft"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DISCARDED = "discarded"


WAITING = frozenset({MailStatus.DRAFT, MailStatus.FAILED})
"""From which a mail may be edited, sent or discarded."""

SUPERSEDED = "superseded"
"""The trouble of a mail that a later release has made untrue before it went out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMail:
    """A mail to be added as a draft."""

    request: str
    researcher_id: str
    name: str
    kind: MailKind
    language: str
    address: str | None
    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail(NewMail):
    """A mail as its row says it.

    ``trouble`` names what went wrong, ``answer`` is what the mail server said to it.
    """

    id: int
    programme_id: str
    release: int
    status: MailStatus
    revision: int
    created_at: dt.datetime
    touched_at: dt.datetime
    sent_at: dt.datetime | None
    by_hand: bool
    trouble: str | None
    answer: str | None

    @property
    def waits(self) -> bool:
        """Tell whether it may be edited, sent or discarded."""
        return self.status in WAITING


COLUMNS = [getattr(MailRow, field.name) for field in fields(Mail)]


def add_mails(
    session: Session, programme_id: str, release: int, mails: Iterable[NewMail], *, now: dt.datetime
) -> int:
    """Add drafts of a release and return how many there are."""
    rows = [
        {
            **asdict(mail),
            "kind": mail.kind.value,
            "programme_id": programme_id,
            "release": release,
            "status": MailStatus.DRAFT.value,
            "revision": 0,
            "created_at": now,
            "touched_at": now,
            "by_hand": False,
        }
        for mail in mails
    ]
    if rows:
        session.execute(insert(MailRow), rows)
    return len(rows)


def load_mails(session: Session, programme_id: str, release: int) -> tuple[Mail, ...]:
    """Load the mails of a release, in the order in which they were made."""
    query = _of(programme_id, release).order_by(MailRow.id)
    return tuple(map(mail_of, session.execute(query).mappings()))


def get_mail(session: Session, programme_id: str, release: int, mail_id: int) -> Mail:
    """Return a mail by id; ``NoSuchMail`` where the release has none of that id."""
    row = session.execute(_of(programme_id, release).where(MailRow.id == mail_id)).mappings()
    found = row.first()
    if found is None:
        raise NoSuchMail(f"release {release}: has no mail {mail_id}")
    return mail_of(found)


def find_beside(session: Session, mail: Mail) -> tuple[int | None, int | None]:
    """Find the mails of a release that were made before and after one."""
    of = (MailRow.programme_id == mail.programme_id, MailRow.release == mail.release)
    before = select(func.max(MailRow.id)).where(*of, MailRow.id < mail.id)
    after = select(func.min(MailRow.id)).where(*of, MailRow.id > mail.id)
    return session.scalars(before).one(), session.scalars(after).one()


def load_addresses(
    session: Session, programme_id: str, request: str, researcher_id: str
) -> frozenset[str]:
    """Load a researcher's address of now, and those to which mails about a request go."""
    mails = select(MailRow.address).where(
        MailRow.programme_id == programme_id,
        MailRow.request == request,
        MailRow.researcher_id == researcher_id,
    )
    own = select(ResearcherRow.email).where(
        ResearcherRow.programme_id == programme_id, ResearcherRow.id == researcher_id
    )
    return frozenset(filter(None, session.scalars(mails.union(own))))


def count_mails(session: Session, programme_id: str) -> dict[int, dict[MailStatus, int]]:
    """Count the mails of each release by where they stand."""
    query = (
        select(MailRow.release, MailRow.status, func.count())
        .where(MailRow.programme_id == programme_id)
        .group_by(MailRow.release, MailRow.status)
    )
    counts: dict[int, dict[MailStatus, int]] = {}
    for release, status, count in session.execute(query):
        counts.setdefault(release, {})[MailStatus(status)] = count
    return counts


def edit_mail(
    session: Session, mail: Mail, values: Mapping[str, str | None], *, now: dt.datetime
) -> None:
    """Change subject, text or address of a mail that was looked at as it is given here."""
    step(session, mail, WAITING, {**values, "touched_at": now})


def discard_mail(session: Session, mail: Mail, *, now: dt.datetime) -> None:
    """Put a mail aside that shall not go out."""
    step(session, mail, WAITING, {"status": MailStatus.DISCARDED.value, "touched_at": now})


def restore_mail(session: Session, mail: Mail, *, now: dt.datetime) -> None:
    """Make a draft again of a mail that was put aside."""
    values = {"status": MailStatus.DRAFT.value, "touched_at": now, "trouble": None, "answer": None}
    step(session, mail, {MailStatus.DISCARDED}, values)


def note_sent_by_hand(session: Session, mail: Mail, *, now: dt.datetime) -> None:
    """Write down that somebody has sent a mail otherwise."""
    values = {
        "status": MailStatus.SENT.value,
        "touched_at": now,
        "sent_at": now,
        "by_hand": True,
        "trouble": None,
        "answer": None,
    }
    step(session, mail, WAITING, values)


def supersede_mails(
    session: Session,
    programme_id: str,
    release: int,
    requests: Collection[str],
    *,
    now: dt.datetime,
) -> dict[str, MailKind]:
    """Put aside what earlier releases would still tell of some requests; return what of each.

    Of several mails about one request the first one counts.
    """
    outdated = (
        MailRow.programme_id == programme_id,
        MailRow.release < release,
        MailRow.request.in_(requests),
        MailRow.status.in_([status.value for status in (*WAITING, MailStatus.QUEUED)]),
    )
    query = select(MailRow.request, MailRow.kind).where(*outdated).order_by(MailRow.id.desc())
    found = {request: MailKind(kind) for request, kind in session.execute(query)}
    values = {
        "status": MailStatus.DISCARDED.value,
        "trouble": SUPERSEDED,
        "answer": "",
        "touched_at": now,
        "revision": MailRow.revision + 1,
    }
    change_mails(session, update(MailRow).where(*outdated), values)
    return found


def discard_mails(session: Session, programme_id: str, release: int, *, now: dt.datetime) -> int:
    """Put aside whatever of a release waits, and return how many there were."""
    changed = update(MailRow).where(
        MailRow.programme_id == programme_id,
        MailRow.release == release,
        MailRow.status.in_([status.value for status in WAITING]),
    )
    return change_mails(session, changed, {"status": MailStatus.DISCARDED.value, "touched_at": now})


def step(
    session: Session, mail: Mail, statuses: Collection[MailStatus], values: Mapping[str, Any]
) -> None:
    """Change a mail that is still as it was looked at; ``MailHasChanged`` where it is not."""
    changed = update(MailRow).where(
        MailRow.id == mail.id,
        MailRow.revision == mail.revision,
        MailRow.status.in_([status.value for status in statuses]),
    )
    if not change_mails(session, changed, {**values, "revision": mail.revision + 1}):
        raise MailHasChanged(f"Mail {mail.id} was changed by somebody else, or went out.")


def change_mails(session: Session, changed: Update, values: Mapping[str, Any]) -> int:
    """Change rows and return how many there were."""
    done = session.execute(changed.values(values), execution_options={"synchronize_session": False})
    return int(done.rowcount)  # type: ignore[attr-defined]  # an UPDATE counts its rows


def _of(programme_id: str, release: int) -> Select[Any]:
    return select(*COLUMNS).where(MailRow.programme_id == programme_id, MailRow.release == release)


def mail_of(row: RowMapping) -> Mail:
    """Return the mail of a row."""
    values = {**row, "kind": MailKind(row["kind"]), "status": MailStatus(row["status"])}
    return Mail(**values)
