"""What a change of a stay is about."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from scheduler.problem.requests import Residency


class Kind(StrEnum):
    """What a change is about: when, where, with whom, something else, or words alone."""

    LATER = "later"
    EARLIER = "earlier"
    SHORTER = "shorter"
    LONGER = "longer"
    PLACE = "place"
    HOST = "host"
    OTHER = "other"
    WORDS = "words"


def kind_of(told: Residency, stay: Residency | None) -> Kind:
    """Return what a stay changes of the published one, the most important first."""
    if stay is None:
        return Kind.WORDS
    longer = (stay.last_day - stay.first_day) - (told.last_day - told.first_day)
    if longer:
        return Kind.LONGER if longer > dt.timedelta(0) else Kind.SHORTER
    if stay.first_day != told.first_day:
        return Kind.LATER if stay.first_day > told.first_day else Kind.EARLIER
    if stay.zone != told.zone:
        return Kind.PLACE
    return Kind.HOST if stay.host != told.host else Kind.OTHER
