"""Plans that prices guide: first fit where candidates are worth less if what they use is scarce."""

from __future__ import annotations

import time

from scheduler.bound.prospects import Prospects
from scheduler.candidates.space import Space, Ways
from scheduler.improve.greedy import priced_plan
from scheduler.run import Run

SHARE = 0.1
"""Share of a run's seconds that are spent on prices before the search begins."""

MOST = 0.4
"""Share of them after which it begins even if there are no prices yet."""

SHORT_SHARE, SHORT_SECONDS = 0.6, 5.0
"""Share of a short run's seconds that prices may take, and how many seconds at most."""

PAUSE = 4.0
"""Pause between plans, in times of what the last one took."""


def start_by_prices(space: Space, run: Run, prospects: Prospects) -> None:
    """Offer plans that prices guide, until the prices are ripe or their share of time is over.

    Where most residencies are published there is a better plan to begin from than they could be.
    """
    if space.change_limit is not None or 2 * len(space.problem.told) > len(run.ways or {}) > 0:
        return
    left = run.seconds_left
    short = min(SHORT_SHARE * left, SHORT_SECONDS)
    ends = run.seconds + max(SHARE * left, short)
    ends_anyway = run.seconds + max(MOST * left, short)
    seconds = 0.0
    while not (run.must_stop() or run.is_done or run.seconds > ends_anyway):
        is_over = prospects.are_ripe_in(max(0.0, min(ends - run.seconds, PAUSE * seconds) + 0.1))
        is_over |= run.seconds > ends
        began = time.monotonic()
        worth = prospects.worth()
        if worth is None:
            continue
        ways = priced_plan(space, worth, pinned_ways(space, run))
        if ways is not None:
            run.offer(space, ways)
        seconds = time.monotonic() - began
        if is_over:
            return


def pinned_ways(space: Space, run: Run) -> Ways:
    """Return where the best plan so far has those who have to be placed."""
    ways = run.ways or {}
    return {request: way for request, way in ways.items() if space.candidates[request].required}
