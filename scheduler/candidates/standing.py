"""Residencies that stand in a plan although no candidate is like them: moved there by hand, say.

Others have to be placed beside them all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from scheduler.candidates.candidates import Candidates, Options, Part, Way
from scheduler.candidates.quotas import counts_of
from scheduler.candidates.resources import build_resources
from scheduler.candidates.space import Space
from scheduler.candidates.tables import Tables
from scheduler.problem.requests import Request, Residency


def space_with(space: Space, standing: Mapping[int, Residency]) -> Space:
    """Return a space in which some requests, by position, have one candidate: where they stand.

    They have to stand there on some of the programme's days; other days are left out of account.
    """
    if not standing:
        return space
    candidates = tuple(
        _only(space, each, standing[request]) if request in standing else each
        for request, each in enumerate(space.candidates)
    )
    resources, demands = build_resources(space.tables, candidates)
    return replace(
        space,
        candidates=candidates,
        resources=resources,
        demands=demands,
        quotas=tuple(
            (quota, counts_of(space.tables, candidates, quota)) for quota, _ in space.quotas
        ),
    )


def standing_at(tables: Tables, request: Request, residency: Residency) -> tuple[Candidates, Way]:
    """Return candidates of which a residency is the only one, and that one."""
    problem, days = tables.problem, tables.horizon.days
    site = tables.site_position[problem.slot[residency.slot].site]
    named = {part: tables.positions[part].get(getattr(residency, part.value), -1) for part in Part}
    only = Candidates(
        request=request,
        required=False,
        unplaced_points=0,
        site=np.array([site]),
        first=np.array([max(residency.days.start, days.start)]),
        stop=np.array([min(residency.days.stop, days.stop)]),
        points=np.zeros(1, dtype=np.int64),
        options={
            part: Options(
                who=np.array([who], dtype=np.int32),
                time=np.zeros(1, dtype=np.int32),
                points=np.zeros(1, dtype=np.int64),
            )
            for part, who in named.items()
            if who >= 0
        },
    )
    return only, Way(0, *named.values())


def _only(space: Space, each: Candidates, residency: Residency) -> Candidates:
    """Return candidates of a request of which a residency is the only one."""
    only, _ = standing_at(space.tables, each.request, residency)
    return replace(only, required=each.required, unplaced_points=each.unplaced_points)
