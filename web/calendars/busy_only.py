"""Calendars that say when somebody is taken, and nothing else: no names, no places, no addresses.

Such a calendar is for the eyes of others, so that what it must not say never reaches its spelling.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import replace

from web.calendars.entries import Entry, Facts, Kind, Place, Text
from web.calendars.past import retold
from web.calendars.texts import said
from web.calendars.wording import wording_in


def busy_only(entries: Iterable[Entry], *, key: bytes) -> tuple[Entry, ...]:
    """Return entries that have days and nothing to say of them, under ids that say nothing."""
    nothing = Facts(programme="", place=Place(site=""))

    def tell(entry: Entry) -> Entry:
        return replace(entry, kind=Kind.BUSY, facts=nothing, uid=busy_uid(entry.uid, key=key))

    return tuple(retold(entry, tell) for entry in entries)


def busy_name(*, programme: Text, language: str) -> str:
    """Return the name of such a calendar, which is nobody's."""
    return wording_in(language).busy_calendar.format(programme=said(programme, language))


def busy_uid(uid: str, *, key: bytes) -> str:
    """Return a permanent id instead of one that people are named in.

    Nobody without the key can find out whose it is by trying names.
    """
    _, at, domain = uid.rpartition("@")
    return f"{hmac.digest(key, uid.encode(), hashlib.sha256).hex()[:32]}{at}{domain}"
