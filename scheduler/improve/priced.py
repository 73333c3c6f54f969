"""Plans that prices guide: first fit where candidates are worth less if what they use is scarce."""

from __future__ import annotations

import time

from scheduler.bound.prospects import Prospects
from scheduler.candidates.space import Space, Ways
from scheduler.improve.greedy import priced_plan
from scheduler.run import Run

SHARE = 0.2
"""Share of a run's seconds that are spent on prices before the search begins."""

MOST = 0.4
"""Share of them after which it begins even if there are no prices yet."""

PAUSE = 4.0
"""Pause between plans, in times of what the last one took."""


def start_by_prices(space: Space, run: Run, prospects: Prospects) -> None:
    """Offer plans that prices guide, until the prices are ripe or their share of time is over."""
    if space.change_limit is not None:
        return
    ends, ends_anyway = (run.seconds + share * run.seconds_left for share in (SHARE, MOST))
    seconds = 0.0
    while not (run.must_stop() or run.is_done or run.seconds > ends_anyway):
        is_over = prospects.are_ripe_in(max(0.0, min(ends - run.seconds, PAUSE * seconds) + 0.1))
        is_over |= run.seconds > ends
        began = time.monotonic()
        worth = prospects.worth()
        if worth is None:
            continue
        ways = priced_plan(space, worth, _pinned(space, run))
        if ways is not None:
            run.offer(space, ways)
        seconds = time.monotonic() - began
        if is_over:
            return


def _pinned(space: Space, run: Run) -> Ways:
    """Return where the best plan so far has those who have to be placed."""
    ways = run.ways or {}
    return {request: way for request, way in ways.items() if space.candidates[request].required}
