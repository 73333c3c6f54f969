"""Small typed changes to a problem; a what-if is a list of them, and so is a repair.

Each is a frozen dataclass that says which change it is by its ``kind`` and makes a new problem
of an old one by ``applied_to``; ``apply`` makes several and checks the result.
"""

from __future__ import annotations

from scheduler.problem.adjustments.apply import AdjustmentError, apply
from scheduler.problem.adjustments.base import CannotAdjust
from scheduler.problem.adjustments.decisions import (
    AddPin,
    ChangeFrozenDays,
    MoveToday,
    ReleasePin,
    Withdraw,
)
from scheduler.problem.adjustments.file import (
    Adjustment,
    adjustments_bytes,
    documents_of,
    parse_adjustments,
    parse_documents,
)
from scheduler.problem.adjustments.offers import (
    AddDesks,
    AddGpus,
    AddHostCapacity,
    AddPlaces,
    CloseZone,
    RaiseQuota,
)
from scheduler.problem.adjustments.wants import (
    AddRequest,
    AddResearcher,
    AllowHosts,
    ChangeLength,
    ChangeWindow,
    ShortenOverlap,
    WaiveNeed,
    WidenWindow,
)

__all__ = [
    "AddDesks",
    "AddGpus",
    "AddHostCapacity",
    "AddPin",
    "AddPlaces",
    "AddRequest",
    "AddResearcher",
    "Adjustment",
    "AdjustmentError",
    "AllowHosts",
    "CannotAdjust",
    "ChangeFrozenDays",
    "ChangeLength",
    "ChangeWindow",
    "CloseZone",
    "MoveToday",
    "RaiseQuota",
    "ReleasePin",
    "ShortenOverlap",
    "WaiveNeed",
    "WidenWindow",
    "Withdraw",
    "adjustments_bytes",
    "apply",
    "documents_of",
    "parse_adjustments",
    "parse_documents",
]
