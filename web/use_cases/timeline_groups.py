"""Rows of the timeline: places nested in places, tracks, hosts or researchers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.types import Text, text_in
from web.use_cases.names import Names
from web.use_cases.views import GroupBy, TimelineGroup

NO_HOST = "host:"
"""Row of those who need no host; no host has an empty id."""


def group_of(problem: Problem, stay: Residency, group_by: GroupBy) -> str:
    """Return the id of the row in which a residency stands."""
    request = problem.request[stay.request]
    rows: dict[GroupBy, str] = {
        GroupBy.PLACE: f"zone:{stay.zone}",
        GroupBy.TRACK: f"track:{request.track}",
        GroupBy.HOST: f"host:{stay.host or ''}",
        GroupBy.RESEARCHER: f"researcher:{request.researcher}",
    }
    return rows[group_by]


def build_groups(
    names: Names, stays: Iterable[Residency], group_by: GroupBy
) -> tuple[TimelineGroup, ...]:
    """Return the rows; of hosts and researchers those who have a residency."""
    makers: dict[GroupBy, Callable[[Names, frozenset[str]], Iterator[TimelineGroup]]] = {
        GroupBy.PLACE: _places,
        GroupBy.TRACK: _tracks,
        GroupBy.HOST: _hosts,
        GroupBy.RESEARCHER: _researchers,
    }
    used = frozenset(group_of(names.problem, stay, group_by) for stay in stays)
    return tuple(makers[group_by](names, used))


def _places(names: Names, _used: frozenset[str]) -> Iterator[TimelineGroup]:
    """Yield sites, where there are several, and in them buildings, floors and zones."""
    problem = names.problem
    outermost = 0 if len(problem.sites) == 1 else 1
    for site in problem.sites:
        if outermost:
            yield _group(names, "site", site.id, site.name, detail=site.address)
        for building in problem.buildings:
            if building.site == site.id:
                parent = f"site:{site.id}" if outermost else None
                yield _group(
                    names, "building", building.id, building.name, parent=parent, depth=outermost
                )
                yield from _floors(names, building.id, outermost + 1)


def _floors(names: Names, building: str, depth: int) -> Iterator[TimelineGroup]:
    floors = [floor for floor in names.problem.floors if floor.building == building]
    for floor in sorted(floors, key=lambda floor: floor.level, reverse=True):
        yield _group(
            names, "floor", floor.id, floor.name, parent=f"building:{building}", depth=depth
        )
        for zone in names.problem.zones:
            if zone.floor == floor.id:
                yield _group(
                    names,
                    "zone",
                    zone.id,
                    zone.name,
                    parent=f"floor:{floor.id}",
                    depth=depth + 1,
                    desks=zone.desks,
                )


def _tracks(names: Names, _used: frozenset[str]) -> Iterator[TimelineGroup]:
    for track in names.problem.tracks:
        yield _group(names, "track", track.id, track.name)


def _hosts(names: Names, used: frozenset[str]) -> Iterator[TimelineGroup]:
    for host in names.problem.hosts:
        if f"host:{host.id}" in used:
            institution = names.problem.institution[host.institution]
            yield _group(names, "host", host.id, host.name, detail=institution.name)
    if NO_HOST in used:
        yield _group(names, "host", "", "")


def _researchers(names: Names, used: frozenset[str]) -> Iterator[TimelineGroup]:
    for researcher in names.problem.researchers:
        if f"researcher:{researcher.id}" in used:
            institution = names.problem.institution[researcher.institution]
            yield _group(
                names, "researcher", researcher.id, researcher.name, detail=institution.name
            )


def _group(
    names: Names,
    kind: str,
    group_id: str,
    label: Text,
    *,
    detail: Text = "",
    parent: str | None = None,
    depth: int = 0,
    desks: int | None = None,
) -> TimelineGroup:
    return TimelineGroup(
        id=f"{kind}:{group_id}",
        parent=parent,
        depth=depth,
        kind=kind,
        label=text_in(label, names.language),
        detail=text_in(detail, names.language),
        desks=desks,
    )
