"""The one list of names: every rule that must hold and every term that is weighed."""

from __future__ import annotations

from enum import StrEnum


class Rule(StrEnum):
    """A hard rule; its value is its name in files."""

    WINDOW = "H1"
    LENGTH = "H2"
    ARRIVAL = "H3"
    SLOT = "H4"
    ZONE = "H5"
    EXCLUSIVE_ZONE = "H6"
    HOST = "H7"
    COMPUTING = "H8"
    OWN_CALENDAR = "H9"
    VISA = "H10"
    MUST_ATTEND = "H11"
    SEPARATION = "H12"
    QUOTA = "H13"
    PIN = "H14"
    COLLABORATION = "H15"


class Term(StrEnum):
    """A term of the objective; its value is its name in files."""

    PLACED = "placed"
    SHORT_STAY = "short_stay"
    ARRIVAL_SHIFT = "arrival_shift"
    ZONE_POINTS = "zone_points"
    WISHES = "wishes"
    HOST_RANK = "host_rank"
    OVERLAP = "overlap"
    SAME_FLOOR = "same_floor"
    EVENTS = "events"
    QUOTA_MISSING = "quota_missing"
    DROPPED = "dropped"
    REDATED = "redated"
    REZONED = "rezoned"
    REHOSTED = "rehosted"
