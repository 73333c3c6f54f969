"""Checks of quotas: what they count residencies by."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.files.findings import Finding, Message
from scheduler.problem.checks.countries import no_country
from scheduler.problem.checks.names import Register, thing
from scheduler.problem.countries import country_codes
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Quota, QuotaBy


def check_quota_values(problem: Problem, names: Register) -> Iterator[Finding]:
    """Yield each quota whose value is too much or names nothing that there is."""
    for number, quota in enumerate(problem.quotas):
        message = _value_message(quota, names)
        if message:
            yield Finding(f"quotas[{number}].value", message)


def _value_message(quota: Quota, names: Register) -> str | None:
    """Return what is wrong with a quota's value; a country need have no institution yet."""
    if quota.value is None:
        return None
    if quota.by is QuotaBy.ANY:
        return Message("a quota by any has no value; write null, or say by what it counts")
    if quota.by is QuotaBy.COUNTRY:
        return None if quota.value in country_codes() else no_country(quota.value)
    if quota.value in names.get(quota.by, ()):
        return None
    return Message("no %(thing)s '%(name)s'", thing=thing(quota.by), name=quota.value)
