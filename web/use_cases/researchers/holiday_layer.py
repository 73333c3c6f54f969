"""Public holidays for calendars that show them; loads libraries that other feeds do without."""

from __future__ import annotations

import datetime as dt

from babel import Locale

from scheduler.problem.types import Days
from web.calendars.holidays_near import Holidays
from web.use_cases.researchers.holiday_names import holidays_of


def name_holidays(code: str, first_day: dt.date, last_day: dt.date, language: str) -> Holidays:
    """Return the public holidays between two days, both inclusive, and the country's name."""
    country = code.partition("-")[0]
    days = Days(first_day.toordinal(), last_day.toordinal() + 1)
    return Holidays(
        country=Locale.parse(language).territories.get(country, country),
        names={day.first_day: day.name for day in holidays_of(code, days, language=language)},
    )
