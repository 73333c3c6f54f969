"""Adjustments as documents: one map each, told apart by its ``kind``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Discriminator

from scheduler.files.border import Border, border_of
from scheduler.files.documents import read_document, write_json
from scheduler.files.findings import DocumentError, Finding, FindingsError
from scheduler.files.kinds import TAG
from scheduler.files.wording import found
from scheduler.problem.adjustments.decisions import (
    AddPin,
    ChangeFrozenDays,
    MoveToday,
    ReleasePin,
    Withdraw,
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

FORMAT = "sarangchae-adjustments/1"

Adjustment = (
    CloseZone
    | AddDesks
    | AddPlaces
    | AddHostCapacity
    | AddGpus
    | RaiseQuota
    | AddResearcher
    | AddRequest
    | ChangeWindow
    | WidenWindow
    | ChangeLength
    | AllowHosts
    | WaiveNeed
    | ShortenOverlap
    | Withdraw
    | AddPin
    | ReleasePin
    | ChangeFrozenDays
    | MoveToday
)
"""Any one small change."""


class AdjustmentError(FindingsError):
    """Adjustments that cannot be read or made, with everything that is wrong with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentList:
    """The file of adjustments, made one after the other."""

    format: Literal["sarangchae-adjustments/1"]
    adjustments: tuple[Annotated[Adjustment, Discriminator(TAG)], ...]


def parse_adjustments(data: bytes) -> tuple[Adjustment, ...]:
    """Return the adjustments of a file's bytes, YAML or JSON."""
    try:
        document = read_document(data)
    except DocumentError as error:
        raise AdjustmentError(error.findings) from None
    if not isinstance(document, dict):
        message = f"expected a map with the keys format, adjustments, found {found(document)}"
        raise AdjustmentError([Finding("", message)])
    reading = border_of_adjustments().read(document)
    if reading.thing is None:
        raise AdjustmentError(reading.findings)
    return reading.thing.adjustments


def parse_documents(documents: list[dict[str, Any]]) -> tuple[Adjustment, ...]:
    """Return the adjustments that documents are of."""
    reading = border_of_adjustments().read(file_of(documents))
    if reading.thing is None:
        raise AdjustmentError(reading.findings)
    return reading.thing.adjustments


def documents_of(adjustments: Iterable[Adjustment]) -> list[dict[str, Any]]:
    """Return a document of each adjustment, with every key."""
    file = AdjustmentList(format="sarangchae-adjustments/1", adjustments=tuple(adjustments))
    documents: list[dict[str, Any]] = border_of_adjustments().write(file)["adjustments"]
    return documents


def adjustments_bytes(adjustments: Iterable[Adjustment]) -> bytes:
    """Return the one spelling of a file of adjustments."""
    return write_json(file_of(documents_of(adjustments)))


def file_of(documents: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the document of a file with these adjustments."""
    return {"format": FORMAT, "adjustments": documents}


def border_of_adjustments() -> Border[AdjustmentList]:
    """Return the border between files of adjustments and their values."""
    return border_of(AdjustmentList)
