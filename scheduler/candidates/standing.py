"""Residencies that stand in a plan although no candidate is like them: moved there by hand, say.

Others have to be placed beside them all the same.
"""

from __future__ import annotations

import numpy as np

from scheduler.candidates.candidates import Candidates, Options, Part, Way
from scheduler.candidates.tables import Tables
from scheduler.problem.requests import Request, Residency


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
