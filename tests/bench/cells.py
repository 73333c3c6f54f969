"""What was measured, kept line by line as soon as it is known; the newest of each counts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from scheduler.outcome import gap_of


class Key(NamedTuple):
    """What a cell is about: who planned what in which time."""

    scenario: str
    seconds: float
    contender: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One contender on one scenario; ``note`` says why there is no objective."""

    scenario: str
    seconds: float
    contender: str
    objective: int | None = None
    bound: int | None = None
    placed: int | None = None
    first_plan_seconds: float | None = None
    took_seconds: float | None = None
    memory_mib: float | None = None
    note: str = ""
    when: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """What the cell is about."""
        return Key(self.scenario, self.seconds, self.contender)

    @property
    def gap(self) -> float | None:
        """Gap of the plan, None without plan or bound."""
        if self.objective is None or self.bound is None:
            return None
        return gap_of(self.objective, self.bound)


def keep_cell(cell: Cell, path: Path) -> None:
    """Add a cell to a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(cell)) + "\n")


def load_cells(path: Path) -> dict[Key, Cell]:
    """Return the newest cell of each key, in the order in which they were first measured."""
    if not path.exists():
        return {}
    lines = path.read_text("utf-8").splitlines()
    return newest(Cell(**json.loads(line)) for line in lines if line.strip())


def newest(cells: Iterable[Cell]) -> dict[Key, Cell]:
    """Return the last cell of each key."""
    return {cell.key: cell for cell in cells}
