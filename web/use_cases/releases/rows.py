"""Rows of the pages of releases: changes, warnings and violations by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.mail_store import MailKind, MailStatus
from models.release_store import Release
from scheduler.outcome import gap_of
from scheduler.plan_file import PlanFile
from scheduler.problem.problem import Problem
from scheduler.problem.types import RequestId, text_in
from scheduler.verify.violation import Violation
from web.calendars.entries import Entry
from web.calendars.texts import computing_of, location_of, said
from web.use_cases.broken_rules import broken_rules
from web.use_cases.names import Names
from web.use_cases.paging import page_of
from web.use_cases.plans import local
from web.use_cases.releases.changes import StayChange, changes_between, count_kinds, standing
from web.use_cases.releases.roll_back import ROLLED_BACK_TO
from web.use_cases.releases.warnings import ABOUT_QUOTAS, Warned, WarningCode
from web.use_cases.requests.words import fold
from web.use_cases.views.releases import (
    ChangeRow,
    ChangesOfKind,
    ChangesQuery,
    ChangesView,
    Named,
    ReleaseRow,
    StayText,
    ViolationView,
    WarningView,
)

SHOWN_KINDS = (MailKind.CANCELLED, MailKind.MOVED, MailKind.NEW)
"""In which order changes are shown."""

CHANGES_A_PAGE = 50

OPEN_UP_TO = 12
"""So many changes of a kind beside others are shown without a click."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Makes rows in a reader's language; who is gone from the programme is called as told."""

    problem: Problem
    language: str
    told: Mapping[str, Entry]

    def request(self, request_id: str) -> Named:
        """Return a request by its researcher's name, by its id where nobody knows it."""
        request = self.problem.request.get(RequestId(request_id))
        if request is not None:
            name = text_in(self.problem.researcher[request.researcher].name, self.language)
        elif request_id in self.told:
            name = said(self.told[request_id].facts.researcher, self.language)
        else:
            name = request_id
        return Named(id=request_id, name=name)

    def violations(self, violations: Iterable[Violation]) -> tuple[ViolationView, ...]:
        """Return violations with the names of those who break the rules."""
        names = Names(problem=self.problem, language=self.language)
        return tuple(
            ViolationView(broken=broken, requests=tuple(map(self.request, broken.requests)))
            for broken in broken_rules(names, violations)
        )

    def warnings(
        self, warnings: Iterable[Warned], ticked: frozenset[str] = frozenset()
    ) -> tuple[WarningView, ...]:
        """Return warnings with what they are about, by name."""
        return tuple(
            WarningView(
                code=warning.code,
                subjects=self._subjects(warning),
                of_quotas=warning.code in ABOUT_QUOTAS,
                is_ticked=warning.code in ticked,
            )
            for warning in warnings
        )

    def changes(
        self, before: Iterable[Entry], after: Iterable[Entry], query: ChangesQuery
    ) -> ChangesView:
        """Return who is touched, as far as they are asked for, and how many are not."""
        was, now = standing(before), standing(after)
        changes = changes_between(was.values(), now.values())
        counts = count_kinds(changes)
        left = self._narrowed(changes, query.words)
        kinds = [self._of_kind(kind, left, query) for kind in SHOWN_KINDS]
        return ChangesView(
            query=query,
            kinds=tuple(each for each in kinds if each.found),
            counts=counts,
            kept=len(was.keys() & now.keys()) - counts[MailKind.MOVED.value],
            is_long=max(counts.values()) > CHANGES_A_PAGE,
        )

    def _narrowed(self, changes: Sequence[StayChange], typed: str) -> Sequence[StayChange]:
        """Return the changes of those whose name, institution or request holds all words."""
        words = fold(typed).split()
        if not words:
            return changes

        def holds(change: StayChange) -> bool:
            facts = change.entry.facts
            names = (said(name, self.language) for name in (facts.researcher, facts.institution))
            text = fold(" ".join((*names, change.request)))
            return all(word in text for word in words)

        return [change for change in changes if holds(change)]

    def _of_kind(
        self, kind: MailKind, changes: Sequence[StayChange], query: ChangesQuery
    ) -> ChangesOfKind:
        own = [change for change in changes if change.kind is kind]
        shown = page_of(own, query.page if query.kind is kind else 1, size=CHANGES_A_PAGE)
        is_all = len(own) == len(changes) <= CHANGES_A_PAGE
        return ChangesOfKind(
            kind=kind,
            rows=tuple(map(self._change, shown.items)),
            found=len(own),
            page=shown.number,
            pages=shown.pages,
            is_open=is_all or len(own) <= OPEN_UP_TO or query.kind is kind or bool(query.words),
        )

    def _change(self, change: StayChange) -> ChangeRow:
        facts = change.entry.facts
        return ChangeRow(
            request=change.request,
            researcher=said(facts.researcher, self.language),
            institution=said(facts.institution, self.language),
            kind=change.kind,
            was=self._stay(change.before),
            now=self._stay(change.after),
            parts=change.parts,
            is_known=change.request in self.problem.request,
        )

    def _stay(self, entry: Entry | None) -> StayText | None:
        if entry is None:
            return None
        return StayText(
            first_day=entry.first_day,
            last_day=entry.last_day,
            place=location_of(entry.facts, self.language),
            host=said(entry.facts.host, self.language),
            computing=computing_of(entry.facts, self.language),
        )

    def _subjects(self, warning: Warned) -> tuple[Named, ...]:
        if warning.code not in ABOUT_QUOTAS:
            return tuple(map(self.request, warning.subjects))
        names = {quota.id: quota.name for quota in self.problem.quotas}
        called: dict[str, Any] = {str(key): name for key, name in names.items()}
        return tuple(
            Named(id=name, name=text_in(called.get(name, name), self.language))
            for name in warning.subjects
        )


def release_row(release: Release, timezone: str, mails: Mapping[MailStatus, int]) -> ReleaseRow:
    """Return a release as lists show it."""
    facts = release.facts
    changes: Mapping[str, int] = facts.get("changes", {})
    return ReleaseRow(
        number=release.number,
        published_at=local(release.created_at, timezone),
        by=facts.get("by"),
        note=release.note,
        placed=facts.get("placed"),
        new=changes.get(MailKind.NEW.value),
        moved=changes.get(MailKind.MOVED.value),
        cancelled=changes.get(MailKind.CANCELLED.value),
        gap=max(0.0, gap_of(release.objective, release.bound)),
        is_optimal=release.status == "optimal",
        rolled_back_to=facts.get(ROLLED_BACK_TO),
        drafts=mails.get(MailStatus.DRAFT, 0),
        failed=mails.get(MailStatus.FAILED, 0),
        sent=mails.get(MailStatus.SENT, 0),
    )


def kept_warnings(release: Release) -> tuple[Warned, ...]:
    """Return the warnings that were acknowledged when a release was published."""
    kept: Iterable[Mapping[str, Any]] = release.facts.get("warnings", ())
    return tuple(
        Warned(code=WarningCode(each["code"]), subjects=tuple(each["subjects"]))
        for each in kept
        if each["code"] in set(WarningCode)
    )


def terms_of(file: PlanFile | None) -> dict[str, int]:
    """Return the points of a plan by term; none where no plan was kept."""
    return {} if file is None else {term.value: points for term, points in file.terms.items()}
