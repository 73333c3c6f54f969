"""Requests for changes: what a researcher may ask for, has asked for, and what the office sees."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from web.use_cases.broken_rules import BrokenRule
from web.use_cases.views.parts import PlaceView


@dataclass(frozen=True, slots=True, kw_only=True)
class StayShown:
    """A stay as people read it; what the programme does not have any more is called by its id."""

    first_day: dt.date
    last_day: dt.date
    days: int
    place: PlaceView
    slot: str
    host: str | None
    pool: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionView:
    """A stay that could take the published one's place; ``token`` is what a form sends back.

    ``changed`` names what would be another: ``days``, ``zone``, ``floor``, ``building``, ``site``,
    ``host``, ``pool``. It begins and ends so many days later, earlier if negative. ``is_beyond``
    says that the request as it stands does not ask for these days or for this length.
    """

    token: str
    stay: StayShown
    changed: frozenset[str]
    begins_later: int
    ends_later: int
    is_beyond: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionsView:
    """Options of one kind, the nearest to the wish first; none where nothing is possible.

    ``is_decided`` says that a pin of the office's decides what this kind would change.
    """

    kind: str
    is_decided: bool
    options: tuple[OptionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDaysView:
    """Days that the researcher picks: the option where it is possible, else what is nearest.

    ``lengths`` are those that may be picked. ``is_told`` says that they are the published ones.
    """

    first_day: dt.date
    days: int
    lengths: tuple[int, ...]
    earliest: dt.date
    latest: dt.date
    was_asked: bool
    is_readable: bool
    is_told: bool
    option: OptionView | None
    nearest: tuple[OptionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedView:
    """A change that the researcher has asked for; ``wanted`` is None where words alone ask.

    ``is_published`` says that the published stay is the one wanted now. Where it is still the one
    before, ``is_awaited`` says that the next release brings the one wanted, as things stand, and
    ``is_taken_up`` that it does not: the office has changed what it had accepted.
    """

    id: int
    status: str
    kind: str
    before: StayShown | None
    wanted: StayShown | None
    note: str
    reply: str
    asked_at: dt.datetime
    decided_at: dt.datetime | None
    is_published: bool
    is_awaited: bool
    is_taken_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StayTab:
    """One of several stays that a change can be asked of."""

    request: str
    first_day: dt.date
    last_day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage:
    """The page on which a researcher asks for a change of one published stay.

    ``stay`` is None where none is published that is not over. ``fixed`` says why nothing but
    words can be asked: ``frozen`` or ``begun``, else it is None; ``pinned`` names what the office
    has decided: ``days``, ``zone``, ``host``. ``open`` is the stay's request that waits,
    ``decided`` are all others of the researcher's.
    """

    timezone: str
    release: int
    request: str | None
    stay: StayShown | None
    tabs: tuple[StayTab, ...]
    fixed: str | None
    pinned: frozenset[str]
    groups: tuple[OptionsView, ...]
    other: OtherDaysView | None
    open: AskedView | None
    decided: tuple[AskedView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Widening:
    """A field of the request that has to give way: ``first_day``, ``last_day``, lengths."""

    field: str
    was: dt.date | int
    now: dt.date | int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRequestView:
    """A request for a change as the office sees it.

    ``before`` was published when it was asked, ``wanted`` is None where words alone ask, and
    ``drafted`` is the stay in the draft now; ``seen`` is what a form sends back of it. ``points``
    is what the draft would be worth more with the stay wanted, less if negative.
    ``has_moved`` says that the draft is not what was published then, ``is_drafted`` that it has
    the stay wanted. ``broken`` are the rules that the stay wanted would break in the draft now, the
    request widened; ``widened`` what accepting changes of the request. ``can_accept`` is false
    where accepting has nowhere to go: the request was withdrawn, or a place is no more.
    ``is_awaited`` says that the published stay is still the one before, ``may_reopen`` that what
    was decided can be decided again.
    """

    id: int
    status: str
    kind: str
    request: str
    researcher_id: str
    researcher: str
    institution: str
    before: StayShown | None
    wanted: StayShown | None
    drafted: StayShown | None
    seen: str
    has_moved: bool
    is_drafted: bool
    is_published: bool
    is_awaited: bool
    may_reopen: bool
    broken: tuple[BrokenRule, ...]
    points: int
    widened: tuple[Widening, ...]
    can_accept: bool
    note: str
    reply: str
    release: int
    asked_at: dt.datetime
    decided_at: dt.datetime | None
    decided_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRequestsView:
    """Requests for changes of a programme: those that wait, the oldest first, and decided ones."""

    waiting: tuple[ChangeRequestView, ...]
    decided: tuple[ChangeRequestView, ...]
