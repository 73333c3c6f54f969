"""Public days of a site, as they are observed there."""

from __future__ import annotations

import datetime as dt

from scheduler.problem.public_days import public_days
from scheduler.problem.types import days_of
from tests.builders import make_range, make_site


def dates(code: str | None, first_day: str, last_day: str) -> list[str]:
    """Return the public days between two days."""
    days = days_of(make_range(first_day, last_day))
    found = public_days(make_site(holidays=code), days)
    return [dt.date.fromordinal(day).isoformat() for day in sorted(found)]


def test_a_site_that_names_no_code_has_none() -> None:
    assert dates(None, "2025-01-01", "2025-12-31") == []


def test_substitute_days_in_korea_are_public_days() -> None:
    assert dates("KR", "2025-03-01", "2025-05-31") == [
        "2025-03-01",
        "2025-03-03",  # for Independence Movement Day, a Saturday
        "2025-05-05",
        "2025-05-06",  # for Buddha's Birthday, on Children's Day
    ]


def test_both_ends_count() -> None:
    assert dates("KR", "2025-03-01", "2025-03-01") == ["2025-03-01"]
    assert dates("KR", "2025-03-02", "2025-03-02") == []


def test_a_new_year_on_saturday_is_observed_in_the_old_year() -> None:
    assert dates("US", "2021-12-27", "2022-01-07") == ["2021-12-31", "2022-01-01"]


def test_a_part_of_a_country_has_its_own() -> None:
    assert dates("US-NY", "2025-02-12", "2025-02-12") == ["2025-02-12"]
    assert dates("US", "2025-02-12", "2025-02-12") == []
