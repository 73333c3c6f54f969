"""Plans that prices guide: first fit where candidates are worth less if what they use is scarce."""

from __future__ import annotations

import time

from scheduler.bound.prospects import Prospects
from scheduler.candidates.space import Space
from scheduler.improve.greedy import priced_plan
from scheduler.run import Run

SHARE = 0.15
"""Share of a run's seconds that are spent on prices before the search begins, at most."""

PAUSE = 4.0
"""Pause between plans, in times of what the last one took."""


def start_by_prices(space: Space, run: Run, prospects: Prospects) -> None:
    """Offer plans that prices guide, until the prices are ripe or their share of time is over."""
    if space.change_limit is not None:
        return
    ends = run.seconds + SHARE * run.seconds_left
    seconds = 0.0
    while not (run.must_stop() or run.is_done):
        left = ends - run.seconds
        is_ripe = prospects.are_ripe_in(max(0.0, min(left, PAUSE * seconds + 0.1)))
        began = time.monotonic()
        worth = prospects.worth()
        ways = None if worth is None else priced_plan(space, worth)
        if ways is not None:
            run.offer(space, ways)
        seconds = time.monotonic() - began
        if is_ripe or left <= 0:
            return
