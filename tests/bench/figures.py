"""What a measurement says, and the file that keeps it."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"
PACKAGES = ("ortools", "highspy", "distributed", "numpy", "sqlalchemy", "flask", "icalendar")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured figure beside what it has to be, or None where nothing is asked."""

    name: str
    value: float | str
    unit: str
    target: str | None = None
    note: str = ""


def facts() -> dict[str, Any]:
    """Return the machine and the versions that a figure was measured with."""
    return {
        "machine": {
            "cores": os.cpu_count(),
            "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
            "system": platform.platform(),
            "python": platform.python_version(),
        },
        "versions": {name: _version(name) for name in PACKAGES},
    }


def save(figures: Sequence[Figure], *, seed: int, now: dt.datetime) -> Path:
    """Write figures with the machine, the versions and the seed, and return the file."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{now:%Y-%m-%d-%H%M%S}.json"
    document = {
        "when": now.isoformat(timespec="seconds"),
        **facts(),
        "seed": seed,
        "figures": [asdict(figure) for figure in figures],
    }
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    return path


def _version(name: str) -> str | None:
    """Return the version of a package, None where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None
