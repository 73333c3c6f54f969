"""Words and pictures of the researcher's wishes: what is wrong, what to know, and months."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from babel.dates import get_day_names
from babel.lists import format_list as list_in
from flask_babel import LazyString, get_locale, lazy_gettext

from web.calendars.busy_file import UnreadableCalendar
from web.use_cases.views.wishes import WishesOf, WishFault, WishWarning

MOST_MONTHS = 36

FAULTS: dict[WishFault, LazyString] = {
    WishFault.MISSING: lazy_gettext("Please fill this in."),
    WishFault.NO_DAY: lazy_gettext("This is no date. Write it like 2025-01-06."),
    WishFault.NO_NUMBER: lazy_gettext("This is no whole number. Write one like 28."),
    WishFault.TOO_SMALL: lazy_gettext("At least 1 is needed."),
    WishFault.TOO_LARGE: lazy_gettext("This is longer than any stay can be."),
    WishFault.LAST_BEFORE_FIRST: lazy_gettext(
        "The last day is before the first. Change one of the two."
    ),
    WishFault.MOST_BELOW_LEAST: lazy_gettext(
        "The longest stay is shorter than the shortest. Change one of the two."
    ),
    WishFault.OUTSIDE_PROGRAMME: lazy_gettext(
        "The programme does not run on any of these days. Choose some of its days."
    ),
    WishFault.LONGER_THAN_WINDOW: lazy_gettext(
        "The days that you give have no room for so long a stay. Shorten it, or give more days."
    ),
    WishFault.PREFERRED_OUTSIDE: lazy_gettext(
        "This day is not among the days that you give. Choose one of them, or leave this empty."
    ),
    WishFault.NOT_OFFERED: lazy_gettext("One of these is not offered any more. Look once again."),
    WishFault.TOO_MANY_DAYS: lazy_gettext(
        "So many separate days cannot be kept. Join some of them."
    ),
    WishFault.TOO_LONG: lazy_gettext("This is too long. A few words are enough."),
    WishFault.REFUSED: lazy_gettext(
        "This does not go together with the programme as it stands. Please ask the office."
    ),
}

WARNINGS: dict[WishWarning, LazyString] = {
    WishWarning.STAY_OUTSIDE: lazy_gettext(
        "Your published stay does not lie within these days any more."
    ),
    WishWarning.STAY_LENGTH: lazy_gettext(
        "Your published stay is shorter or longer than you wish now."
    ),
    WishWarning.STAY_AWAY: lazy_gettext(
        "Some days on which you cannot be here are days of your published stay."
    ),
    WishWarning.EVENT_MISSED: lazy_gettext(
        "An event that you attend falls on days on which you would not be here. The office could "
        "not find a place for you."
    ),
    WishWarning.NOTHING_FITS: lazy_gettext(
        "Between the days on which you cannot be here, nowhere is there room for your shortest "
        "stay. The office could not find a place for you."
    ),
}

UNREADABLE: dict[str, tuple[LazyString, LazyString]] = {
    UnreadableCalendar.EMPTY: (
        lazy_gettext("This file is empty"),
        lazy_gettext("Export your calendar once again, and choose the new file."),
    ),
    UnreadableCalendar.WEB_PAGE: (
        lazy_gettext("This is a web page, not a calendar"),
        lazy_gettext(
            "Perhaps a page to sign in was saved in its place. Sign in to your calendar, export it "
            "there, and choose that file."
        ),
    ),
    UnreadableCalendar.ARCHIVE: (
        lazy_gettext("This is an archive, not a calendar"),
        lazy_gettext(
            "Google Calendar exports a .zip file: open it on your computer, and choose one of the "
            ".ics files inside."
        ),
    ),
    UnreadableCalendar.NO_CALENDAR: (
        lazy_gettext("This file holds no calendar"),
        lazy_gettext("Choose a file whose name ends in .ics, as calendar programs export it."),
    ),
    UnreadableCalendar.BROKEN_OFF: (
        lazy_gettext("This file breaks off in the middle"),
        lazy_gettext("It was not saved completely. Export your calendar once again."),
    ),
    UnreadableCalendar.TOO_LARGE: (
        lazy_gettext("This file is too large"),
        lazy_gettext("Up to 8 MB can be read. Export fewer years, or one calendar at a time."),
    ),
    UnreadableCalendar.TOO_DEEP: (
        lazy_gettext("This file is not built like a calendar"),
        lazy_gettext("Export your calendar once again, or add the days by hand."),
    ),
    UnreadableCalendar.TOO_MANY_EVENTS: (
        lazy_gettext("This calendar has too many entries"),
        lazy_gettext("Up to 20,000 can be read. Export fewer years, or one calendar at a time."),
    ),
    UnreadableCalendar.TOO_LONG: (
        lazy_gettext("Reading this calendar takes too long"),
        lazy_gettext(
            "Something in it repeats without end. Export fewer years, or add the days by hand."
        ),
    ),
    "busy": (
        lazy_gettext("Others are sending their calendars just now"),
        lazy_gettext("Nothing is lost. Choose your file again in a few seconds."),
    ),
    "no-file": (
        lazy_gettext("No file was chosen"),
        lazy_gettext("Choose the .ics file of your calendar, then send it."),
    ),
    "nothing-chosen": (
        lazy_gettext("Nothing was ticked"),
        lazy_gettext("Send your calendar again, and tick the entries that keep you away."),
    ),
    "too-many-days": (
        lazy_gettext("These are too many separate days"),
        lazy_gettext("Tick fewer entries, or join days by hand."),
    ),
}
"""What is wrong with a file, and what to do about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPicture:
    """A month as rows of weeks: how many cells come before its first day, then its days."""

    month: dt.date
    lead: int
    days: tuple[tuple[int, str], ...]


def say_fault(why: WishFault) -> str:
    """Say what is wrong with something that was typed."""
    return str(FAULTS[why])


def say_warning(warning: WishWarning) -> str:
    """Say what should be known before a wish is kept."""
    return str(WARNINGS[warning])


def say_trouble(why: str) -> tuple[str, str]:
    """Say what is wrong with a file, and what to do about it."""
    title, remedy = UNREADABLE[why]
    return str(title), str(remedy)


def say_weekdays(days: Collection[int]) -> str:
    """Say days of the week, Monday being 0."""
    names = get_day_names("wide", locale=get_locale())
    return str(list_in([names[day] for day in days], locale=get_locale()))


def weekday_heads() -> list[str]:
    """Return short names of the days of a week, in the order of the reader's country."""
    names = get_day_names("narrow", context="stand-alone", locale=get_locale())
    first = int(get_locale().first_week_day)
    return [names[(first + day) % 7] for day in range(7)]


def picture_months(own: WishesOf) -> list[MonthPicture]:
    """Return the months of a window, each day with what it is."""
    first_week_day = int(get_locale().first_week_day)
    pictures = []
    for month in _months(own):
        weekday, count = calendar.monthrange(month.year, month.month)
        days = (month.replace(day=number) for number in range(1, count + 1))
        pictures.append(
            MonthPicture(
                month=month,
                lead=(weekday - first_week_day) % 7,
                days=tuple((day.day, _marks(own, day)) for day in days),
            )
        )
    return pictures


def _months(own: WishesOf) -> Iterator[dt.date]:
    first, last = own.first_day, own.last_day
    if own.stay is not None:
        first, last = min(first, own.stay[0]), max(last, own.stay[1])
    for number in range(MOST_MONTHS):
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        if (year, month + 1) > (last.year, last.month):
            return
        yield dt.date(year, month + 1, 1)


def _marks(own: WishesOf, day: dt.date) -> str:
    """Return what a day is, as classes of a style sheet."""
    marks = {
        "window": own.first_day <= day <= own.last_day,
        "away": any(each.first_day <= day <= each.last_day for each in own.away),
        "given": own.stay is not None and own.stay[0] <= day <= own.stay[1],
        "preferred": day == own.preferred_first_day,
    }
    return " ".join(name for name, is_so in marks.items() if is_so)
