"""What the overview works out of a draft, kept as long as the draft and the programme stand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from models.plan_store import StoredPlan, find_latest_plan_id, get_plan
from models.release_store import Release
from models.visit_store import Mark
from web.use_cases.months import today_of
from web.use_cases.overview.counts import Counts, count_all
from web.use_cases.overview.scarce import Full, find_full
from web.use_cases.overview.weeks import Weeks, count_weeks
from web.use_cases.recent import Recent
from web.use_cases.releases.changes import changes_between, count_kinds
from web.use_cases.releases.publish import foretell
from web.use_cases.views.overview import SinceRelease
from web.use_cases.views.visitors import Waiting
from web.use_cases.visitors.told import ToldReleases
from web.use_cases.visitors.waiting import count_waiting
from web.use_cases.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class News:
    """What a release has told, and what the draft would change of that."""

    residencies: int
    is_news: bool
    since: SinceRelease


@dataclass(frozen=True, kw_only=True)
class Digest:
    """A draft's figures that say nothing in any language."""

    workspace: Workspace

    @cached_property
    def weeks(self) -> Weeks:
        """Desks by week."""
        return count_weeks(self.workspace.problem, self.workspace.plan)

    @cached_property
    def counts(self) -> Counts:
        """Who has a place, and quotas."""
        return count_all(self.workspace.problem, self.workspace.plan)

    @cached_property
    def full(self) -> tuple[Full, ...]:
        """What is full while somebody waits for it."""
        return find_full(self.workspace.problem, self.workspace.plan)


class Digests:
    """Gives digests, news and the latest plan, kept from one look to the next."""

    def __init__(self, size: int = 8) -> None:
        """Keep at most so many of each."""
        self._digests: Recent[tuple[str, str, int, int], Digest] = Recent(size)
        self._news: Recent[tuple[str, str, int, int, int, dt.date], News] = Recent(size)
        self._plans: Recent[int, StoredPlan] = Recent(size)
        self.told = ToldReleases()
        self._waiting: Recent[tuple[str, Mark], Waiting] = Recent(size)

    def of(self, workspace: Workspace) -> Digest:
        """Return what is worked out of a draft."""
        return self._digests.get(workspace.key, lambda: Digest(workspace=workspace))

    def waiting(self, session: Session, programme_id: str, mark: Mark) -> Waiting:
        """Return what waits for the office, which the mark of what was said tells."""
        return self._waiting.get(
            (programme_id, mark),
            lambda: count_waiting(session, programme_id, self.told, today=mark.today),
        )

    def news(
        self,
        session: Session,
        workspace: Workspace,
        release: Release,
        *,
        domain: str,
        now: dt.datetime,
    ) -> News:
        """Return what the draft would change of what a release, the latest one, has told."""
        today = today_of(workspace.problem.programme, now)

        def make() -> News:
            telling = foretell(session, workspace, release, domain=domain, now=now)
            counts = count_kinds(changes_between(telling.told, telling.entries))
            return News(
                residencies=telling.residencies_told,
                is_news=telling.is_news,
                since=SinceRelease(**counts),
            )

        return self._news.get((*workspace.key, release.number, today), make)

    def latest_plan(self, session: Session, programme_id: str) -> StoredPlan | None:
        """Return the plan that was stored last."""
        plan_id = find_latest_plan_id(session, programme_id)
        if plan_id is None:
            return None
        return self._plans.get(plan_id, lambda: get_plan(session, plan_id))
