"""Calendar programs that subscribe to a calendar, and the addresses by which each of them does."""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import quote, urlencode

OUTLOOK_AT_WORK = "https://outlook.office.com"
OUTLOOK_AT_HOME = "https://outlook.live.com"


class Program(StrEnum):
    """What reads a calendar; each has steps of its own and looks as often as it likes."""

    APPLE = "apple"
    GOOGLE = "google"
    OUTLOOK = "outlook"
    THUNDERBIRD = "thunderbird"
    OTHER = "other"


def find_program(name: str | None) -> Program | None:
    """Find a program by its name."""
    return Program(name) if name in set(Program) else None


def google_address(webcal: str) -> str:
    """Return where Google Calendar asks whether to add a calendar; it wants the webcal address."""
    return f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}"


def outlook_address(https: str, name: str, *, server: str) -> str:
    """Return where Outlook on the web asks whether to add a calendar under a name."""
    query = urlencode({"url": https, "name": name}, quote_via=quote)
    return f"{server}/calendar/0/addfromweb?{query}"
