"""What is answered: residencies, and requests left unplaced with the reasons why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from scheduler.problem.requests import Residency
from scheduler.problem.types import RequestId
from scheduler.rules import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a request is not placed: the rule that stands in the way, in a sentence."""

    rule: Rule
    text: str
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """A submitted request without a residency."""

    request: RequestId
    why: tuple[Reason, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Residencies, at most one a request; a request that is not here is unplaced."""

    residencies: tuple[Residency, ...] = ()

    @cached_property
    def by_request(self) -> dict[RequestId, Residency]:
        """Residency of each placed request."""
        return {residency.request: residency for residency in self.residencies}


def residency_document(residency: Residency | None) -> dict[str, str | None] | None:
    """Return where and when a residency is, ready for JSON; None where there is none."""
    if residency is None:
        return None
    return {
        "slot": residency.slot,
        "zone": residency.zone,
        "host": residency.host,
        "pool": residency.pool,
        "first_day": residency.first_day.isoformat(),
        "last_day": residency.last_day.isoformat(),
    }
