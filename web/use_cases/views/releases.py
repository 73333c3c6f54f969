"""The pages of releases: what comes next, what was published, and what differs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from models.mail_store import MailKind
from web.use_cases.broken_rules import BrokenRule
from web.use_cases.releases.warnings import WarningCode
from web.use_cases.views.plans import RunView, TermView


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A request by its researcher's name, or something else by its own."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolationView:
    """A rule that is broken, how, and by whom."""

    broken: BrokenRule
    requests: tuple[Named, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningView:
    """Something to acknowledge; ``of_quotas`` tells what it is about, requests otherwise."""

    code: WarningCode
    subjects: tuple[Named, ...]
    of_quotas: bool
    is_ticked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StayText:
    """A stay as it was told: days, where, with whom."""

    first_day: dt.date
    last_day: dt.date
    place: str
    host: str
    computing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """Who is new, moved or cancelled; ``parts`` are what differs where there is both."""

    request: str
    researcher: str
    institution: str
    kind: MailKind
    was: StayText | None
    now: StayText | None
    parts: tuple[str, ...]
    is_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesQuery:
    """Which changes are asked for; ``page`` is that of a kind, of all others it is the first."""

    words: str = ""
    kind: MailKind | None = None
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesOfKind:
    """A page of the changes of one kind that were asked for, and how many those are."""

    kind: MailKind
    rows: tuple[ChangeRow, ...]
    found: int
    page: int
    pages: int
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesView:
    """Changes between two releases, and how many there are of each kind."""

    query: ChangesQuery
    kinds: tuple[ChangesOfKind, ...]
    counts: Mapping[str, int]
    kept: int
    is_long: bool

    @property
    def any(self) -> bool:
        """Tell whether anybody's stay changes."""
        return any(self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRelease:
    """The draft as the next release, or an earlier release's stays where it is rolled back.

    ``bound`` and ``gap`` are None where nothing is proven of the data as they are. ``is_stale``
    says that it is not what the coordinator looked at any more.
    """

    programme_id: str
    programme: str
    number: int
    rolls_back_to: int | None
    revision: int
    version: str
    placed: int
    requests: int
    violations: tuple[ViolationView, ...]
    warnings: tuple[WarningView, ...]
    changes: ChangesView
    is_news: bool
    is_empty: bool
    objective: int
    bound: int | None
    gap: float | None
    is_optimal: bool
    run: RunView | None
    note: str = ""
    is_stale: bool = False
    is_unread: bool = False

    @property
    def may_be_published(self) -> bool:
        """Tell whether nothing but warnings stands in the way."""
        return self.is_news and not self.is_empty and not self.violations


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRow:
    """A release in the list; counts are None where an early release did not keep them."""

    number: int
    published_at: dt.datetime
    by: str | None
    note: str
    placed: int | None
    new: int | None
    moved: int | None
    cancelled: int | None
    gap: float
    is_optimal: bool
    rolled_back_to: int | None
    drafts: int
    failed: int
    sent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasesView:
    """The list of releases, the next one at its head."""

    programme_id: str
    programme: str
    timezone: str
    next: NextRelease
    rows: tuple[ReleaseRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightView:
    """A weight by its name in files, and its points."""

    name: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictView:
    """What the verifier says of a release's plan, and what its claims lack."""

    violations: tuple[ViolationView, ...]
    faults: tuple[str, ...]
    seconds: float

    @property
    def is_good(self) -> bool:
        """Tell whether the plan is allowed and everything it claims is true."""
        return not (self.violations or self.faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseView:
    """One release: its facts, what it changed, and its files."""

    programme_id: str
    programme: str
    timezone: str
    row: ReleaseRow
    is_latest: bool
    previous: int | None
    numbers: tuple[int, ...]
    objective: int
    bound: int
    terms: tuple[TermView, ...]
    weights: tuple[WeightView, ...]
    scenario_sha256: str
    seed: int | None
    version: str
    verified_at: dt.datetime | None
    warnings: tuple[WarningView, ...]
    changes: ChangesView
    has_plan: bool
    has_scenario: bool
    mails: Mapping[str, int]
    verdict: VerdictView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermPair:
    """A term of the objective in two releases."""

    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonView:
    """Two releases side by side."""

    programme_id: str
    programme: str
    numbers: tuple[int, ...]
    before: ReleaseRow
    after: ReleaseRow
    terms: tuple[TermPair, ...]
    changes: ChangesView
