"""What a plan run says is scarce, as its row keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from scheduler.outcome import Scarcity, SolveOutcome

SCARCE = "scarce"

_ADAPTER = TypeAdapter(tuple[Scarcity, ...])


def scarce_result(outcome: SolveOutcome) -> dict[str, Any] | None:
    """Return what a run's row keeps of an outcome besides its plan; None where nothing is known."""
    if outcome.scarce is None:
        return None
    return {SCARCE: _ADAPTER.dump_python(outcome.scarce, mode="json")}


def read_scarce(result: Mapping[str, Any] | None) -> tuple[Scarcity, ...] | None:
    """Return what a run's row says is scarce; None where it does not say."""
    if result is None or SCARCE not in result:
        return None
    return _ADAPTER.validate_python(result[SCARCE])
