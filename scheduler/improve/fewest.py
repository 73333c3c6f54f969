"""The fewest published residencies that have to change, and a plan that changes no more."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from scheduler.candidates.candidates import Way
from scheduler.candidates.days import Bools
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import Space
from scheduler.candidates.subspace import free_space
from scheduler.cpsat.changes import kept_literals
from scheduler.cpsat.search import Effort, build_model, search


@dataclass(frozen=True, slots=True, kw_only=True)
class FewestChanges:
    """A plan of what stays as published and what is pinned; no plan has fewer than ``proven``."""

    ways: dict[int, Way]
    changes: int
    proven: int


def fewest_changes(space: Space, effort: Effort) -> FewestChanges | None:
    """Return a plan that changes the fewest published residencies; None if none was found.

    Leaving out what does not stay breaks no rule, but for what has to be placed: so only the
    published ways and whatever is pinned are looked at.
    """
    told = {} if space.change_limit is None else space.change_limit.told
    everybody = space.with_changes(len(told))
    chosen = [
        request
        for request, each in enumerate(space.candidates)
        if each.required or each.request.id in told
    ]
    keep = [_times(everybody, request) for request in chosen]
    part, kept = free_space(Occupancy(everybody), chosen, keep)
    model, visits = build_model(part)
    staying = list(kept_literals(model, visits))
    model.maximize(cp_model.LinearExpr.sum(staying))
    found = search(model, visits, effort)
    if found.ways is None or found.bound is None:
        return None
    ways = {
        chosen[position]: way._replace(time=int(kept[position][way.time]))
        for position, way in found.ways.items()
    }
    return FewestChanges(
        ways=ways,
        changes=everybody.count_changes(ways),
        proven=max(len(told) - found.bound, 0),
    )


def _times(space: Space, request: int) -> Bools:
    """Return the published days of a request; all of them where it has to be placed."""
    each, limit = space.candidates[request], space.change_limit
    told = None if limit is None else limit.told.get(each.request.id)
    if each.required or told is None:
        return np.ones(each.times, dtype=np.bool_)
    mask = np.zeros(each.times, dtype=np.bool_)
    mask[told.times(each)] = True
    return mask
