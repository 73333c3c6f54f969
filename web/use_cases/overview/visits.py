"""What researchers have said that needs the coordinator, and what they said besides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.change_request_store import ChangeRequestStatus, load_change_requests
from models.history_store import RESEARCHER, RESEARCHERS, ChangeKind, Wish, find_changes
from models.release_store import Release
from models.run_store import Run, RunStatus
from scheduler.problem.types import RequestId, ResearcherId, text_in
from web.use_cases.names import Names
from web.use_cases.plans import local
from web.use_cases.researchers.answering import load_answer_views
from web.use_cases.views.answers import AnswerView
from web.use_cases.views.overview import Decision, DecisionKind
from web.use_cases.visitors.told import ToldReleases
from web.use_cases.visitors.waiting import find_declined

NAMED = 3
"""How many researchers are named."""


@dataclass(frozen=True, kw_only=True)
class Visits:
    """What researchers have said of a programme, in decisions."""

    session: Session
    names: Names
    releases: ToldReleases
    release: Release | None
    last_run: Run | None
    today: dt.date

    def waiting(self) -> Iterator[Decision]:
        """Yield what waits for the office: declined stays, changes asked for, other wishes."""
        declined = find_declined(self.session, self._programme_id, self.releases, today=self.today)
        yield from self._of_requests(DecisionKind.DECLINED, declined)
        asked = load_change_requests(
            self.session, self._programme_id, status=ChangeRequestStatus.OPEN
        )
        yield from self._of_requests(DecisionKind.CHANGES, [each.request for each in asked[::-1]])
        yield from self._of_wishes()

    def told(self) -> Iterator[Decision]:
        """Yield answers that came since the release, and those to stays as they were before."""
        release = self.release
        if release is None:
            return
        since = local(release.created_at, self._timezone)
        views = self._views(release)
        outdated = [name for name, view in views.items() if not view.is_current]
        yield from self._of_requests(DecisionKind.OUTDATED, outdated)
        new = [name for name, view in views.items() if view.is_current and view.answered_at > since]
        yield from self._of_requests(DecisionKind.ANSWERS, new)

    @property
    def _programme_id(self) -> str:
        return self.names.problem.programme.id

    @property
    def _timezone(self) -> str:
        return self.names.problem.programme.timezone

    def _views(self, release: Release) -> dict[str, AnswerView]:
        """Return the answers to the stays that are not over."""
        stays = self.releases.of(self.session, release).stays.values()
        coming = [stay for stay in stays if stay.last_day >= self.today]
        return load_answer_views(
            self.session, self._programme_id, coming, release.number, timezone=self._timezone
        )

    def _of_requests(self, kind: DecisionKind, requests: Iterable[str]) -> Iterator[Decision]:
        found = tuple(requests)
        if found:
            items = [(request, self._asker(request)) for request in found[:NAMED]]
            yield Decision(kind=kind, count=len(found), items=items)

    def _of_wishes(self) -> Iterator[Decision]:
        """Yield who has changed what they ask for since it was planned, or published."""
        since = self._planned_at()
        if since is None:
            return
        wish = Wish(kind=ChangeKind.EDIT, by=RESEARCHERS, since=since)
        people = {
            str(change.facts[RESEARCHER]): str(change.facts.get("name", ""))
            for change in find_changes(self.session, self._programme_id, wish)
            if change.steps and change.undone_by is None
        }
        if people:
            items = [(person, self._person(person, name)) for person, name in people.items()]
            yield Decision(kind=DecisionKind.WISHES, count=len(people), items=items[:NAMED])

    def _planned_at(self) -> dt.datetime | None:
        """Return when it was planned last, else published; None where neither was done."""
        run = self.last_run
        if run is not None and run.status is RunStatus.DONE:
            return run.created_at
        return None if self.release is None else self.release.created_at

    def _asker(self, request: str) -> str:
        known = self.names.problem.request.get(RequestId(request))
        return request if known is None else self.names.researcher(known)

    def _person(self, researcher: str, name: str) -> str:
        known = self.names.problem.researcher.get(ResearcherId(researcher))
        return name or researcher if known is None else text_in(known.name, self.names.language)
