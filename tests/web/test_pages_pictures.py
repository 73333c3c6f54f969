"""Small pictures: where days fall on a strip."""

from __future__ import annotations

import datetime as dt

from web.pages.pictures import Bar, Mark, agenda, build_bar, build_strip
from web.use_cases.views import DayNote, PlaceView, StayView, TrackView

EVENT = DayNote(name="Demo", first_day=dt.date(2026, 2, 2), last_day=dt.date(2026, 2, 3))
HOLIDAY = DayNote(name="New Year", first_day=dt.date(2026, 1, 29), last_day=dt.date(2026, 1, 29))


def make_stay() -> StayView:
    """Return a stay of ten days from 27 January 2026."""
    return StayView(
        request="ada",
        first_day=dt.date(2026, 1, 27),
        last_day=dt.date(2026, 2, 5),
        days=10,
        place=PlaceView(zone="a", floor="1", building="main", site="seoul", address=""),
        latitude=None,
        longitude=None,
        host=None,
        track=TrackView(id="vision", name="Vision", colour="#1f77b4"),
        pool=None,
        slot="winter",
        events=(EVENT,),
        closures=(),
        holidays=(HOLIDAY,),
        is_cancelled=False,
    )


def test_a_stay_within_the_month_covers_its_days() -> None:
    # February 2026 has 28 days; the 8th to the 14th are days 7 to 14 of it.
    bar = build_bar(dt.date(2026, 2, 1), dt.date(2026, 2, 8), dt.date(2026, 2, 14))
    assert bar == Bar(x=25.0, width=25.0)


def test_a_stay_around_the_month_covers_all_of_it() -> None:
    bar = build_bar(dt.date(2026, 2, 1), dt.date(2025, 12, 1), dt.date(2026, 6, 30))
    assert bar == Bar(x=0.0, width=100.0)


def test_a_stay_after_the_month_covers_none_of_it() -> None:
    bar = build_bar(dt.date(2026, 2, 1), dt.date(2026, 3, 1), dt.date(2026, 3, 7))
    assert bar == Bar(x=100.0, width=0.0)


def test_a_strip_marks_months_and_notes_by_their_day() -> None:
    # Ten days, so a day is 10 wide: 1 February is day 5, the holiday day 2, the event days 6 and 7.
    strip = build_strip(make_stay())
    assert strip.months == (
        Mark(kind="month", day=dt.date(2026, 2, 1), bar=Bar(x=50.0, width=10.0)),
    )
    assert strip.notes == (
        Mark(kind="holiday", day=dt.date(2026, 1, 29), bar=Bar(x=20.0, width=10.0)),
        Mark(kind="event", day=dt.date(2026, 2, 2), bar=Bar(x=60.0, width=20.0)),
    )


def test_the_agenda_is_by_day() -> None:
    assert agenda(make_stay()) == [("holiday", HOLIDAY), ("event", EVENT)]
