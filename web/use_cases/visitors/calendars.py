"""Whether a researcher's calendars show what was told last."""

from __future__ import annotations

from collections.abc import Sequence

from models.link_store import Link
from web.use_cases.links.freshness import Freshness, Moments, Seen
from web.use_cases.views.visitors import CalendarsSeen, CalendarState


def view_calendars(moments: Moments, own: Link | None, devices: Sequence[Link]) -> CalendarsSeen:
    """Return how far calendars are: those with links of their own, else the one of the page."""
    seen = [moments.seen(link) for link in devices or ([] if own is None else [own])]
    opened = [each for each in seen if each.fetched_at is not None]
    behind = min(opened, key=lambda each: each.release or 0, default=None)
    return CalendarsSeen(
        state=_state(seen, opened),
        release=None if behind is None else behind.release,
        opened_at=max((each.fetched_at for each in opened if each.fetched_at), default=None),
        devices=len(devices),
    )


def _state(seen: Sequence[Seen], opened: Sequence[Seen]) -> CalendarState:
    if not seen:
        return CalendarState.NO_LINK
    if not opened:
        return CalendarState.NEVER
    is_old = any(each.freshness is Freshness.OLD for each in opened)
    return CalendarState.OLD if is_old else CalendarState.CURRENT
