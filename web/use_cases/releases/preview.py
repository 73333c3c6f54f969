"""The next release before it is one: who is touched, what blocks, what has to be acknowledged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from models.mail_store import NewMail
from models.release_store import Release, find_latest_release
from models.run_store import find_active_run
from models.settings_store import load_who_want_invitations
from scheduler.outcome import gap_of
from scheduler.problem.requests import Residency
from scheduler.problem.types import text_in
from web.mail.writing import say_calendar
from web.use_cases.errors import NotThereError
from web.use_cases.mails.making import mail_of, readers_of
from web.use_cases.plans import find_bound, view_run
from web.use_cases.releases.changes import changes_between, standing
from web.use_cases.releases.publish import Telling, foretell, telling_of
from web.use_cases.releases.roll_back import get_release, rolling_back
from web.use_cases.releases.rows import Rows
from web.use_cases.releases.warnings import Warned, WarningCode, find_warnings, has_address
from web.use_cases.views import RunView
from web.use_cases.views.mails import MailPreview
from web.use_cases.views.releases import ChangesQuery, NextRelease
from web.use_cases.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """How somebody looks at the next release: in which language, and when.

    The rest is what they have written and ticked already, where the page is shown again.
    """

    domain: str
    language: str
    now: dt.datetime
    query: ChangesQuery = field(default_factory=ChangesQuery)
    sends_mails: bool = False
    note: str = ""
    ticked: frozenset[str] = frozenset()
    is_stale: bool = False
    is_unread: bool = False


def preview_release(session: Session, workspace: Workspace, looking: Looking) -> NextRelease:
    """Return what publishing the draft now would mean."""
    before = find_latest_release(session, workspace.problem.programme.id)
    telling = foretell(session, workspace, before, domain=looking.domain, now=looking.now)
    return _preview(session, workspace, looking, telling)


def preview_roll_back(
    session: Session, workspace: Workspace, number: int, looking: Looking
) -> NextRelease:
    """Return what publishing an earlier release's stays again would mean.

    ``NotThereError`` where there is no such release, or its plan was not kept.
    """
    release = get_release(session, workspace.problem.programme.id, number)
    back = rolling_back(session, workspace, release)
    before = find_latest_release(session, workspace.problem.programme.id)
    telling = _telling(session, back.workspace, before, looking)
    return _preview(session, back.workspace, looking, telling, back_to=release, lost=back.lost)


def preview_mail(
    session: Session, workspace: Workspace, request: str, back_to: int | None, looking: Looking
) -> MailPreview:
    """Return the mail that would tell of a stay; ``NotThereError`` where none would."""
    problem = workspace.problem
    if back_to is not None:
        release = get_release(session, problem.programme.id, back_to)
        workspace = rolling_back(session, workspace, release).workspace
    before = find_latest_release(session, problem.programme.id)
    telling = _telling(session, workspace, before, looking)
    for change in changes_between(telling.told, telling.entries):
        if change.request == request:
            mail = mail_of(readers_of(session, problem), change)
            return MailPreview(
                programme_id=problem.programme.id,
                programme=text_in(problem.programme.name, looking.language),
                rolls_back_to=back_to,
                name=mail.name,
                address=mail.address,
                language=mail.language,
                kind=mail.kind,
                subject=mail.subject,
                text=_text_of(session, problem.programme.id, mail, looking),
            )
    raise NotThereError(f"Publishing would tell nobody of request {request!r}.")


def _text_of(session: Session, programme_id: str, mail: NewMail, looking: Looking) -> str:
    """Return a mail's text with what is said of the calendar that would go along."""
    wanted = load_who_want_invitations(session, programme_id)
    can_be_sent = looking.sends_mails and has_address(mail.address)
    return say_calendar(
        mail.text,
        mail.language,
        kind=mail.kind,
        is_invitation=can_be_sent and mail.researcher_id in wanted,
    )


def _preview(
    session: Session,
    workspace: Workspace,
    looking: Looking,
    telling: Telling,
    *,
    back_to: Release | None = None,
    lost: Sequence[Residency] = (),
) -> NextRelease:
    problem = workspace.problem
    before = find_latest_release(session, problem.programme.id)
    bound = find_bound(session, workspace)
    objective = workspace.objective
    rows = Rows(problem=problem, language=looking.language, told=standing(telling.told))
    warned = [*_lost(lost), *_warnings(workspace, telling, bound, looking)]
    return NextRelease(
        programme_id=problem.programme.id,
        programme=text_in(problem.programme.name, looking.language),
        number=1 if before is None else before.number + 1,
        rolls_back_to=None if back_to is None else back_to.number,
        revision=workspace.revision,
        version=workspace.scenario.version,
        placed=len(workspace.plan.residencies),
        requests=len(problem.submitted),
        violations=rows.violations(workspace.violations),
        warnings=rows.warnings(warned, looking.ticked),
        changes=rows.changes(telling.told, telling.entries, looking.query),
        is_news=before is None or telling.is_news,
        is_empty=workspace.is_empty and before is None,
        objective=objective,
        bound=bound,
        gap=None if bound is None else max(0.0, gap_of(objective, bound)),
        is_optimal=bound is not None and objective >= bound and not workspace.violations,
        run=_active_run(session, workspace, looking),
        note=looking.note,
        is_stale=looking.is_stale,
        is_unread=looking.is_unread,
    )


def _telling(
    session: Session, workspace: Workspace, before: Release | None, looking: Looking
) -> Telling:
    return telling_of(session, workspace, before, domain=looking.domain, now=looking.now)


def _warnings(
    workspace: Workspace, telling: Telling, bound: int | None, looking: Looking
) -> tuple[Warned, ...]:
    changes = changes_between(telling.told, telling.entries)
    return find_warnings(workspace, changes, bound=bound, now=looking.now)


def _lost(lost: Iterable[Residency]) -> list[Warned]:
    subjects = tuple(stay.request for stay in lost)
    return [Warned(code=WarningCode.LOST, subjects=subjects)] if subjects else []


def _active_run(session: Session, workspace: Workspace, looking: Looking) -> RunView | None:
    programme = workspace.problem.programme
    run = find_active_run(session, programme.id)
    if run is None:
        return None
    name = text_in(programme.name, looking.language)
    return view_run(session, run, name, programme.timezone, now=looking.now)
