"""The board for its script: a programme and a draft as columns of plain data.

Days are numbers of days after the programme's first; things are named by their position.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from models.subjects import document_of
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Weekday
from scheduler.problem.requests import Residency
from scheduler.problem.types import text_in
from web.use_cases.board.bands import build_bands
from web.use_cases.names import Names
from web.use_cases.workspace import Workspace

WEEKDAYS = tuple(Weekday)
"""Monday is the first."""


def board_document(names: Names, workspace: Workspace, *, today: dt.date) -> dict[str, Any]:
    """Return everything that the board draws but for texts about broken rules and changes."""
    problem = workspace.problem
    programme = problem.programme
    first = programme.first_day
    return {
        "version": workspace.scenario.version,
        "revision": workspace.revision,
        "first": first.isoformat(),
        "days": (programme.last_day - first).days + 1,
        "today": (today - first).days,
        "arrivals": [WEEKDAYS.index(day) for day in problem.policy.arrival_weekdays],
        **_places(names),
        **_people(names),
        "requests": _requests(problem),
        "stays": stay_columns(problem, workspace.stays),
        "pins": {pin.request: document_of(pin) for pin in problem.pins},
        "bands": [
            [
                band.kind.value,
                band.row,
                band.label,
                (band.first_day - first).days,
                (band.last_day - first).days,
            ]
            for band in build_bands(names)
        ],
    }


def stay_columns(problem: Problem, stays: Iterable[Residency]) -> dict[str, list[int]]:
    """Return stays as columns; -1 stands for no host and no pool."""
    first = problem.programme.first_day
    zone, slot, host, pool, request = (
        _numbers(things)
        for things in (problem.zones, problem.slots, problem.hosts, problem.pools, problem.requests)
    )
    rows = [
        (
            request[stay.request],
            zone[stay.zone],
            slot[stay.slot],
            -1 if stay.host is None else host[stay.host],
            -1 if stay.pool is None else pool[stay.pool],
            (stay.first_day - first).days,
            (stay.last_day - stay.first_day).days + 1,
        )
        for stay in stays
    ]
    columns = zip(*rows, strict=True) if rows else ((),) * len(STAY_COLUMNS)
    return dict(zip(STAY_COLUMNS, map(list, columns), strict=True))


STAY_COLUMNS = ("request", "zone", "slot", "host", "pool", "first", "days")


def _places(names: Names) -> dict[str, Any]:
    problem = names.problem
    sites, buildings, floors = map(_numbers, (problem.sites, problem.buildings, problem.floors))
    return {
        "sites": [[each.id, _text(names, each.name)] for each in problem.sites],
        "buildings": [
            [each.id, _text(names, each.name), sites[each.site]] for each in problem.buildings
        ],
        "floors": [
            [each.id, _text(names, each.name), buildings[each.building], each.level]
            for each in problem.floors
        ],
        "zones": [
            [each.id, _text(names, each.name), floors[each.floor], each.desks]
            for each in problem.zones
        ],
        "slots": [[each.id, _text(names, each.name), sites[each.site]] for each in problem.slots],
        "pools": [[each.id, _text(names, each.name)] for each in problem.pools],
    }


def _people(names: Names) -> dict[str, Any]:
    problem = names.problem
    institutions = _numbers(problem.institutions)
    return {
        "tracks": [[each.id, _text(names, each.name), each.colour] for each in problem.tracks],
        "institutions": [[_text(names, each.name), each.country] for each in problem.institutions],
        "hosts": [
            [each.id, _text(names, each.name), institutions[each.institution]]
            for each in problem.hosts
        ],
        "researchers": [
            [each.id, _text(names, each.name), institutions[each.institution]]
            for each in problem.researchers
        ],
    }


def _requests(problem: Problem) -> dict[str, list[Any]]:
    first = problem.programme.first_day
    tracks, researchers = _numbers(problem.tracks), _numbers(problem.researchers)
    requests = problem.requests
    return {
        "id": [each.id for each in requests],
        "who": [researchers[each.researcher] for each in requests],
        "track": [tracks[each.track] for each in requests],
        "priority": [each.priority for each in requests],
        "first": [(each.first_day - first).days for each in requests],
        "last": [(each.last_day - first).days for each in requests],
        "least": [each.min_days for each in requests],
        "most": [each.max_days for each in requests],
        "stands": [int(each.is_submitted) for each in requests],
    }


def _numbers(things: Iterable[Any]) -> dict[str, int]:
    """Return the position of each thing by its id."""
    return {each.id: number for number, each in enumerate(things)}


def _text(names: Names, text: Any) -> str:
    return text_in(text, names.language)
