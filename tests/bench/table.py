"""The one table of a comparison: a row for each scenario, ours beside every peer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich import box
from rich.table import Table

from tests.bench.cells import Cell, Key
from tests.bench.contender import OURS, PEERS
from tests.bench.outside import TIMEFOLD, find_outside

OTHERS = (*PEERS, TIMEFOLD)


def comparison_table(cells: Mapping[Key, Cell]) -> Table:
    """Return a row for each scenario and time, in the order in which they were first measured."""
    table = Table(
        *("scenario", "seconds", "ours", "bound", "gap", *OTHERS),
        *("ahead of best peer", "first plan", "took", "memory"),
        box=box.MARKDOWN,
    )
    for scenario, seconds in dict.fromkeys((key.scenario, key.seconds) for key in cells):
        row = {name: cells.get(Key(scenario, seconds, name)) for name in (OURS, *PEERS)}
        row[TIMEFOLD] = find_outside(scenario, seconds)
        peers = [row[peer] for peer in OTHERS]
        ours = row[OURS] or Cell(scenario=scenario, seconds=seconds, contender=OURS)
        table.add_row(
            scenario,
            f"{seconds:g}",
            _objective(ours),
            _number(ours.bound),
            _share(ours.gap),
            *(_objective(peer) for peer in peers),
            _share(ahead(ours, peers)),
            _unit(ours.first_plan_seconds, "s"),
            _unit(ours.took_seconds, "s"),
            _unit(ours.memory_mib, "MiB"),
        )
    return table


def ahead(ours: Cell | None, peers: Iterable[Cell | None]) -> float | None:
    """Return by what share of the best peer's objective ours is greater, None without either."""
    objectives = [
        peer.objective for peer in peers if peer is not None and peer.objective is not None
    ]
    if ours is None or ours.objective is None or not objectives:
        return None
    best = max(objectives)
    return (ours.objective - best) / max(1, abs(best))


def _objective(cell: Cell | None) -> str:
    """Return what a contender reached; why not, or a remark, in brackets."""
    if cell is None:
        return ""
    remark = cell.note
    if cell.contender == TIMEFOLD:
        remark = f"{cell.took_seconds:g} s"
    if cell.objective is None:
        return remark
    return f"{cell.objective:,} ({remark})" if remark else f"{cell.objective:,}"


def _number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.2%}"


def _unit(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:,.1f} {unit}"
