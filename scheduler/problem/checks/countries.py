"""Checks of countries: whether there is one of each code."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.files.findings import Finding, Message
from scheduler.problem.countries import country_codes
from scheduler.problem.problem import Problem


def check_countries(problem: Problem) -> Iterator[Finding]:
    """Yield each country of an institution, or with a visa's lead, that does not exist."""
    for number, institution in enumerate(problem.institutions):
        if institution.country not in country_codes():
            yield Finding(f"institutions[{number}].country", no_country(institution.country))
    for code in problem.policy.visa_lead_days:
        if code not in country_codes():
            yield Finding(f"policy.visa_lead_days.{code}", no_country(code))


def no_country(code: str) -> Message:
    """Return what is said of a code that is no country's."""
    return Message("no country '%(code)s'; expected its two capital letters, KR say", code=code)
