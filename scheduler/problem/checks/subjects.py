"""All checks in the domain's words; each stands alone, and their order means nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scheduler.files.findings import Finding
from scheduler.problem.checks.countries import check_countries
from scheduler.problem.checks.decisions import check_pins, check_published
from scheduler.problem.checks.names import Register
from scheduler.problem.checks.places import (
    check_holidays,
    check_programme_days,
    check_programme_timezone,
    check_site_timezones,
)
from scheduler.problem.checks.quotas import check_quota_values
from scheduler.problem.problem import Problem

CHECKS: tuple[Callable[[Problem], Iterator[Finding]], ...] = (
    check_programme_days,
    check_programme_timezone,
    check_site_timezones,
    check_holidays,
    check_countries,
    check_pins,
    check_published,
)


def check_subjects(problem: Problem, names: Register) -> Iterator[Finding]:
    """Yield what is wrong with a problem whose parts have the right shape.

    ``names`` are the ids that there are, those of parts too that could not be read.
    """
    yield from check_quota_values(problem, names)
    for check in CHECKS:
        yield from check(problem)
