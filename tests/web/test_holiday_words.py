"""Public days of the host country in languages that the holidays package does not speak."""

from __future__ import annotations

import holidays
import pytest

from scheduler.problem.types import Days
from tests.builders import day
from web.use_cases.researchers.holiday_names import holidays_of


def named(first: str, last: str, language: str) -> list[str]:
    days = Days(day(first).toordinal(), day(last).toordinal() + 1)
    return [note.name for note in holidays_of("KR", days, language=language)]


def test_days_of_the_host_country_are_named_in_the_readers_language() -> None:
    assert named("2027-09-14", "2027-10-04", "fr") == [
        "Veille de Chuseok",
        "Chuseok (fête des récoltes)",
        "Lendemain de Chuseok",
        "Fête de la fondation nationale",
        "Jour de remplacement : Fête de la fondation nationale",
    ]
    assert named("2027-03-01", "2027-03-01", "ar") == ["يوم حركة الاستقلال"]
    assert named("2027-03-01", "2027-03-01", "en") == ["Independence Movement Day"]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_no_day_is_left_in_english(language: str) -> None:
    english = {
        one.removeprefix("Alternative holiday for ")
        for name in holidays.country_holidays(
            "KR", years=range(2024, 2036), language="en_US"
        ).values()
        for one in name.split("; ")
    }
    said = set(named("2024-01-01", "2035-12-31", language))
    assert said.isdisjoint(english)
    assert not any("holiday for" in name for name in said)
