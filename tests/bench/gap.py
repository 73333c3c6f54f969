"""How much of a gap is the plan's and how much the bound's, by the best that is known of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich import box
from rich.table import Table

from tests.bench.cells import Cell, Key
from tests.bench.contender import OURS
from tests.bench.outside import find_outside


def gap_table(cells: Mapping[Key, Cell]) -> Table:
    """Return the gap of each run of ours in three parts that add up to it.

    The plan's part is what the best plan known, of any contender in any time, is worth more. The
    bound's part is by how much the lowest bound known is lower. What lies between the best plan
    and the lowest bound nobody knows yet.
    """
    table = Table(
        *("scenario", "seconds", "objective", "bound", "gap", "best plan", "lowest bound"),
        *("the plan's", "the bound's", "unknown"),
        box=box.MARKDOWN,
    )
    for key, ours in cells.items():
        if key.contender == OURS and ours.objective is not None and ours.bound is not None:
            best, lowest = known(cells.values(), key.scenario)
            parts = (best - ours.objective, ours.bound - lowest, lowest - best)
            table.add_row(
                key.scenario,
                f"{key.seconds:g}",
                *(f"{each:,}" for each in (ours.objective, ours.bound)),
                f"{ours.gap:.2%}",
                *(f"{each:,}" for each in (best, lowest)),
                *(f"{part / max(1, abs(ours.bound)):.2%}" for part in parts),
            )
    return table


def known(cells: Iterable[Cell], scenario: str) -> tuple[int, int]:
    """Return the best objective and the lowest bound that were ever measured on a scenario."""
    of_scenario = [cell for cell in cells if cell.scenario == scenario]
    outside = find_outside(scenario, 0)
    objectives = [cell.objective for cell in (*of_scenario, outside) if cell is not None]
    bounds = [cell.bound for cell in of_scenario]
    return (
        max(objective for objective in objectives if objective is not None),
        min(bound for bound in bounds if bound is not None),
    )
