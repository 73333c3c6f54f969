"""Part of a space: some requests free to move, the others where they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from scheduler.candidates.candidates import Candidates, Options, Part
from scheduler.candidates.changes import ChangeLimit
from scheduler.candidates.days import Bools, Ints
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.quotas import QuotaCount
from scheduler.candidates.resources import COLUMN, PARTS, Demand, Demands, Resource, desks_of
from scheduler.candidates.space import Space
from scheduler.candidates.tables import Tables
from scheduler.problem.places import Zone
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Programme, Quota
from scheduler.problem.requests import Collaboration, Request
from scheduler.problem.types import day_of, days_of
from scheduler.rules import Rule


def free_space(
    occupancy: Occupancy, free: Sequence[int], keep: Sequence[Bools]
) -> tuple[Space, list[Ints]]:
    """Return the space of some requests beside all others, which are placed in ``occupancy``.

    ``free`` are requests that the occupancy does not hold; of their times only those stay that
    ``keep`` says, each (times,). Returns the kept times of each, as positions. The space's
    objective differs from the whole's by a constant.
    """
    space = occupancy.space
    candidates, kept = [], []
    for request, mask in zip(free, keep, strict=True):
        smaller, times = _beside(occupancy, request, mask)
        candidates.append(smaller)
        kept.append(times)
    number = {request: position for position, request in enumerate(free)}
    zones = _zones(space, candidates)
    problem = _problem(space, candidates, zones)
    demands = list(_demands(space, free, candidates))
    left = _scarce(occupancy, demands, problem)
    row = {resource: position for position, resource in enumerate(left)}
    return (
        Space(
            problem=problem,
            tables=Tables(problem),
            zones=zones,
            candidates=tuple(candidates),
            resources=tuple(left.values()),
            demands=Demands.of(
                replace(demand, resource=row[demand.resource])
                for demand in demands
                if demand.resource in row
            ),
            quotas=tuple(_quotas(occupancy, number, kept)),
            position={each.request.id: position for position, each in enumerate(candidates)},
            change_limit=_change_limit(occupancy, number),
        ),
        kept,
    )


def _beside(occupancy: Occupancy, request: int, mask: Bools) -> tuple[Candidates, Ints]:
    """Return what of a request's candidates fits, with the points of being near partners."""
    each = occupancy.space.candidates[request]
    times, free = occupancy.fitting(request)
    times &= mask
    renumber = np.cumsum(times) - 1
    space, partners = occupancy.space, list(occupancy.partners(request))
    near = sum((partner.time_points(space, each) for partner in partners), each.points)
    zones = each.options[Part.ZONE]
    near_zones = sum((partner.zone_points(space, each) for partner in partners), zones.points)
    worth = {Part.ZONE: replace(zones, points=near_zones)}
    return (
        replace(
            each,
            site=each.site[times],
            first=each.first[times],
            stop=each.stop[times],
            points=near[times],
            options={
                part: _masked(worth.get(part, options), free[part]).keep(times, renumber)
                for part, options in each.options.items()
            },
        ),
        np.flatnonzero(times),
    )


def _masked(options: Options, mask: Bools) -> Options:
    return Options(who=options.who[mask], time=options.time[mask], points=options.points[mask])


def _demands(
    space: Space, free: Sequence[int], candidates: Sequence[Candidates]
) -> Iterator[Demand]:
    """Yield the demands that some requests can still make, on the resources of the whole space."""
    for position, (request, each) in enumerate(zip(free, candidates, strict=True)):
        offered = {(COLUMN[None], -1)} if each.times else set()
        for part, options in each.options.items():
            offered.update((COLUMN[part], who) for who in np.unique(options.who).tolist())
        own = space.index.own[request]
        rows = zip(*(column.tolist() for column in own), strict=True)
        for row, column, who, amount in rows:
            if (column, who) in offered:
                yield Demand(
                    resource=int(space.index.shared[row]),
                    request=position,
                    part=PARTS[column],
                    who=who,
                    amount=amount,
                )


def _scarce(
    occupancy: Occupancy, demands: Sequence[Demand], problem: Problem
) -> dict[int, Resource]:
    """Return what is left of the resources that some demands together could exceed.

    Desks of an exclusive zone are among them wherever two want some, since they may not share.
    """
    space = occupancy.space
    days = space.tables.horizon.part(days_of(problem.programme))
    exclusive = {desks_of(zone.id) for zone in problem.zones if zone.exclusive_by is not None}
    amounts: dict[int, list[int]] = {}
    for demand in demands:
        amounts.setdefault(demand.resource, []).append(demand.amount)
    scarce = {}
    for each in sorted(amounts):
        left = occupancy.left_of(each)
        left = replace(left, capacity=left.capacity[days])
        is_exclusive = left.rule is Rule.ZONE and left.name in exclusive
        if len(amounts[each]) > 1 and (is_exclusive or sum(amounts[each]) > left.capacity.min()):
            scarce[each] = left
    return scarce


def _zones(space: Space, candidates: Sequence[Candidates]) -> dict[int, Zone]:
    """Return the zones that some requests could use, by position."""
    used = {zone for each in candidates for zone in np.unique(each.options[Part.ZONE].who).tolist()}
    return {zone: space.zones[zone] for zone in sorted(used)}


def _problem(space: Space, candidates: Sequence[Candidates], zones: Mapping[int, Zone]) -> Problem:
    """Return what the exact model needs of a problem for some requests and the days they touch."""
    whole = space.problem
    requests = [each.request for each in candidates]
    researchers = {request.researcher: whole.researcher[request.researcher] for request in requests}
    institutions = {
        each.institution: whole.institution[each.institution] for each in researchers.values()
    }
    return Problem(
        programme=_programme(whole.programme, candidates),
        policy=whole.policy,
        zones=tuple(zones.values()),
        institutions=tuple(institutions.values()),
        researchers=tuple(researchers.values()),
        requests=tuple(requests),
        collaborations=tuple(_collaborations(space, requests)),
    )


def _programme(whole: Programme, candidates: Sequence[Candidates]) -> Programme:
    """Return a programme of the days that some requests touch, of one day where there are none."""
    first = min((int(each.first.min()) for each in candidates if each.times), default=None)
    stop = max((int(each.stop.max()) for each in candidates if each.times), default=None)
    if first is None or stop is None:
        return replace(whole, last_day=whole.first_day)
    return replace(whole, first_day=day_of(first), last_day=day_of(stop - 1))


def _collaborations(space: Space, requests: Sequence[Request]) -> Iterator[Collaboration]:
    """Yield collaborations of at least two of some requests."""
    names = {request.id for request in requests}
    found = {
        collaboration.id: collaboration
        for request in requests
        for collaboration, other in space.index.partners[space.position[request.id]]
        if space.candidates[other].request.id in names
    }
    yield from found.values()


def _change_limit(occupancy: Occupancy, number: Mapping[int, int]) -> ChangeLimit | None:
    """Return what the others leave of a limit of changes, for the free requests alone."""
    space = occupancy.space
    limit = space.changes_left(occupancy.ways, number)
    if limit is None:
        return None
    names = (space.candidates[request].request.id for request in number)
    return replace(limit, told={name: limit.told[name] for name in names if name in limit.told})


def _quotas(
    occupancy: Occupancy, number: Mapping[int, int], kept: Sequence[Ints]
) -> Iterator[tuple[Quota, tuple[QuotaCount, ...]]]:
    """Yield what the others leave of the quotas towards which the free requests count."""
    space = occupancy.space
    counts: dict[int, list[QuotaCount]] = {}
    for request, position in number.items():
        for counting, amount in space.index.counts[request]:
            count = QuotaCount(request=position, amount=amount[kept[position]])
            counts.setdefault(counting, []).append(count)
    for each in sorted(counts):
        quota, _ = space.quotas[each]
        counted = occupancy.counted[each]
        left = replace(
            quota,
            min=None if quota.min is None else max(0, quota.min - counted),
            max=None if quota.max is None else quota.max - counted,
        )
        yield left, tuple(counts[each])
