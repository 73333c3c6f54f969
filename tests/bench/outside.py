"""Figures of a peer that was measured outside this project, on the sample files of these names.

Timefold 1.24 (Python), simulated annealing from its greedy plan: one thread on a machine with two
cores, every plan accepted by an independent checker. The seconds are those of its search alone;
its start took 6 to 20 s more.
"""

from __future__ import annotations

from typing import NamedTuple

from tests.bench.cells import Cell

TIMEFOLD = "timefold"


class Outside(NamedTuple):
    """An objective that was reached in some seconds."""

    scenario: str
    seconds: float
    objective: int


FIGURES = (
    Outside("small-1.json", 60, 41_462),
    Outside("medium-1.json", 60, 390_568),
    Outside("hub-1.json", 60, 1_575_890),
    Outside("hub-1.json", 120, 1_621_554),
    Outside("large-1.json", 300, 5_171_104),
)


def find_outside(scenario: str, seconds: float) -> Cell | None:
    """Return the figure that is nearest in time, as a cell with the seconds that it took."""
    figures = [figure for figure in FIGURES if figure.scenario == scenario]
    if not figures:
        return None
    figure = min(figures, key=lambda each: abs(each.seconds - seconds))
    return Cell(
        scenario=scenario,
        seconds=seconds,
        contender=TIMEFOLD,
        objective=figure.objective,
        took_seconds=figure.seconds,
        note="measured outside",
    )
