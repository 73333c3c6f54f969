"""How many published residencies a plan may change, in the exact model."""

from __future__ import annotations

from collections.abc import Iterator

from ortools.sat.python import cp_model

from scheduler.candidates.candidates import Part
from scheduler.candidates.changes import Told
from scheduler.cpsat.visits import Literal, Visits


def add_change_limit(model: cp_model.CpModel, visits: Visits) -> None:
    """Let enough of the requests that were told keep days, zone and host.

    A request may count as kept only while the options at its own days say so; whatever else
    becomes of it, being dropped too, is a change.
    """
    limit = visits.space.change_limit
    if limit is None:
        return
    kept = list(kept_literals(model, visits))
    told = sum(each.request.id in limit.told for each in visits.space.candidates)
    if limit.most < told:
        model.add(cp_model.LinearExpr.sum(kept) >= told - limit.most)


def kept_literals(model: cp_model.CpModel, visits: Visits) -> Iterator[Literal]:
    """Yield, for each request that can stay as told, a literal that is true only if it does."""
    limit = visits.space.change_limit
    for request, each in enumerate(visits.space.candidates):
        told = None if limit is None else limit.told.get(each.request.id)
        if told is None:
            continue
        parts = _kept_parts(visits, request, told)
        if all(parts):
            kept = model.new_bool_var("")
            for literals in parts:
                model.add(kept <= cp_model.LinearExpr.sum(literals))
            yield kept


def _kept_parts(visits: Visits, request: int, told: Told) -> list[list[Literal]]:
    """Return, for zone and host, the literals by which it stays; none where it cannot."""
    each = visits.space.candidates[request]
    parts = [Part.ZONE]
    if Part.HOST in each.options:
        parts.append(Part.HOST)
    elif told.host >= 0:
        return [[]]
    return [
        [visits.options[request][part][option] for option in told.options(each, part).tolist()]
        for part in parts
    ]
