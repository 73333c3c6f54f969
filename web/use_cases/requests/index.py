"""The requests of a programme made ready to be searched and sorted, once for each version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from babel import Locale

from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request, Residency
from scheduler.problem.types import Text, text_in
from web.use_cases.names import Names
from web.use_cases.recent import Recent
from web.use_cases.requests.query import Order, RequestQuery, State
from web.use_cases.requests.words import fold, searchable
from web.use_cases.views.parts import PlaceView, TrackView
from web.use_cases.views.requests import Choice, RequestChoices
from web.use_cases.workspace import Workspace

SEARCHED_IN = ("en", "ko")
"""Languages in which a country is found by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedRow:
    """One request with its names, what words are looked for in, and whom it may be with."""

    request: Request
    researcher: str
    institution_id: str
    institution: str
    country: str
    country_name: str
    track: TrackView
    text: str
    country_words: str
    name_key: str


class RequestIndex:
    """Every request of a programme in one language."""

    def __init__(self, problem: Problem, language: str) -> None:
        """Prepare the rows; what a draft says of them comes later."""
        self.names = Names(problem=problem, language=language)
        self.problem = problem
        self._territories = Locale(language).territories
        self._tracks = {track.id: self.names.track(track.id) for track in problem.tracks}
        self.rows = tuple(map(self._row, problem.requests))

    @cached_property
    def _country_words(self) -> Mapping[str, str]:
        """What each country is called, each word on a line."""
        named = [Locale(language).territories for language in SEARCHED_IN]
        return {
            code: "".join(
                f"\n{word}"
                for name in (code, *(str(names.get(code, "")) for names in named))
                for word in fold(name).split()
            )
            for code in {institution.country for institution in self.problem.institutions}
        }

    @cached_property
    def places(self) -> Mapping[str, PlaceView]:
        """Where each zone lies."""
        return {zone.id: self.names.place(zone.id) for zone in self.problem.zones}

    @cached_property
    def choices(self) -> RequestChoices:
        """What the rows can be narrowed to."""
        asking = {row.institution_id: row.institution for row in self.rows}
        return RequestChoices(
            tracks=_choices({track.id: track.name for track in self._tracks.values()}),
            countries=_choices({row.country: row.country_name for row in self.rows}),
            institutions=_choices(asking),
            hosts=_choices(
                {each.id: text_in(each.name, self.names.language) for each in self.problem.hosts}
            ),
        )

    def _row(self, request: Request) -> IndexedRow:
        researcher = self.problem.researcher[request.researcher]
        institution = self.problem.institution[researcher.institution]
        name = text_in(researcher.name, self.names.language)
        country = institution.country
        texts = (
            request.id,
            researcher.id,
            *_all(researcher.name),
            researcher.email or "",
            *_all(institution.name),
            self._tracks[request.track].name,
            request.group or "",
            *request.needs,
            *request.wishes,
        )
        return IndexedRow(
            request=request,
            researcher=name,
            institution_id=institution.id,
            institution=text_in(institution.name, self.names.language),
            country=country,
            country_name=str(self._territories.get(country, country)),
            track=self._tracks[request.track],
            text=searchable(*texts),
            country_words=self._country_words[country],
            name_key=fold(name),
        )


class Standings:
    """How requests stand in a draft."""

    def __init__(self, workspace: Workspace) -> None:
        """Look at a draft and at what was published."""
        problem = workspace.problem
        self.stays = workspace.plan.by_request
        self._pinned = {pin.request for pin in problem.pins}
        self._told = problem.told
        self.states: Mapping[str, frozenset[State]] = {
            request.id: frozenset(self._states(request)) for request in problem.requests
        }

    def _states(self, request: Request) -> Iterator[State]:
        if not request.is_submitted:
            yield State.WITHDRAWN
            return
        stay = self.stays.get(request.id)
        yield State.UNPLACED if stay is None else State.PLACED
        if request.id in self._pinned:
            yield State.PINNED
        told = self._told.get(request.id)
        if told is not None and _seen(told) != (None if stay is None else _seen(stay)):
            yield State.MOVED


class RequestTable:
    """A programme's requests beside a draft: narrowed, counted and sorted."""

    def __init__(self, index: RequestIndex, standings: Standings) -> None:
        """Put the two together."""
        self.index = index
        self.standings = standings

    def narrowed(self, query: RequestQuery) -> list[IndexedRow]:
        """Return the rows that a query leaves, whatever their state, in the programme's order."""
        words = fold(query.words).split()
        rows = [row for row in self.index.rows if all(_finds(word, row) for word in words)]
        for narrow in self._filters(query):
            rows = [row for row in rows if narrow(row)]
        return rows

    def count(self, rows: list[IndexedRow]) -> dict[State, int]:
        """Count rows by state."""
        counts = dict.fromkeys(State, 0)
        for row in rows:
            for state in self.standings.states[row.request.id]:
                counts[state] += 1
        return counts

    def ordered(self, rows: list[IndexedRow], query: RequestQuery) -> list[IndexedRow]:
        """Return the rows in a state that were asked for, in the order asked for."""
        states = self.standings.states
        if query.state is not None:
            rows = [row for row in rows if query.state in states[row.request.id]]
        rows = sorted(rows, key=lambda row: (row.name_key, row.request.id))
        if query.order is Order.STAY:
            # Whoever has no stay comes last in both directions.
            rows.sort(key=self._stay_key(-1 if query.is_descending else 1))
        else:
            rows.sort(key=_KEYS.get(query.order, self._state_key), reverse=query.is_descending)
        return rows

    def _filters(self, query: RequestQuery) -> Iterator[Callable[[IndexedRow], bool]]:
        if query.track:
            yield lambda row: row.request.track == query.track
        if query.country:
            yield lambda row: row.country == query.country
        if query.institution:
            yield lambda row: row.institution_id == query.institution
        if query.host:
            yield lambda row: self._is_with(row.request, query.host)
        if query.first_day or query.last_day:
            first, last = query.first_day or dt.date.min, query.last_day or dt.date.max
            yield lambda row: self._touches(row.request, first, last)

    def _is_with(self, request: Request, host: str) -> bool:
        stay = self.standings.stays.get(request.id)
        return (stay is not None and stay.host == host) or host in (request.hosts or ())

    def _touches(self, request: Request, first: dt.date, last: dt.date) -> bool:
        shown = self.standings.stays.get(request.id, request)
        return shown.first_day <= last and first <= shown.last_day

    def _stay_key(self, sign: int) -> Callable[[IndexedRow], tuple[bool, int]]:
        def key(row: IndexedRow) -> tuple[bool, int]:
            stay = self.standings.stays.get(row.request.id)
            return (True, 0) if stay is None else (False, sign * stay.first_day.toordinal())

        return key

    def _state_key(self, row: IndexedRow) -> tuple[int, ...]:
        states = self.standings.states[row.request.id]
        return tuple(state not in states for state in (State.UNPLACED, State.MOVED, State.PINNED))


_KEYS: Mapping[Order, Callable[[IndexedRow], Any]] = {
    Order.NAME: lambda row: row.name_key,
    Order.COUNTRY: lambda row: fold(row.country_name),
    Order.TRACK: lambda row: fold(row.track.name),
    Order.ASKED: lambda row: (row.request.first_day, row.request.last_day),
    Order.LENGTH: lambda row: (row.request.max_days, row.request.min_days),
    Order.PRIORITY: lambda row: row.request.priority,
    Order.ID: lambda row: row.request.id,
}

_INDEXES: Recent[tuple[str, str, str], RequestIndex] = Recent(8)
_TABLES: Recent[tuple[str, str, int, int, str], RequestTable] = Recent(8)


def table_of(workspace: Workspace, language: str) -> RequestTable:
    """Return a workspace's table, made ready once as long as nothing changes."""
    programme_id, version = workspace.problem.programme.id, workspace.scenario.version
    drafted = (workspace.draft_id, workspace.revision)

    def make_index() -> RequestIndex:
        return RequestIndex(workspace.problem, language)

    def make_table() -> RequestTable:
        index = _INDEXES.get((programme_id, version, language), make_index)
        return RequestTable(index, Standings(workspace))

    return _TABLES.get((programme_id, version, *drafted, language), make_table)


def _finds(word: str, row: IndexedRow) -> bool:
    """Tell whether a row has a word; of a country its beginning, lest ada finds all of Canada."""
    return word in row.text or f"\n{word}" in row.country_words


def _choices(labels: Mapping[str, str]) -> tuple[Choice, ...]:
    found = [Choice(value=value, label=label) for value, label in labels.items()]
    return tuple(sorted(found, key=lambda choice: fold(choice.label)))


def _all(name: Text) -> tuple[str, ...]:
    return (name,) if isinstance(name, str) else tuple(name.values())


def _seen(stay: Residency) -> tuple[object, ...]:
    """Return what somebody would notice of a change."""
    return (stay.zone, stay.host, stay.first_day, stay.last_day)
