"""``verify``: is this plan allowed, and is all true that its file claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click

from scheduler.cli.inputs import (
    echo_json,
    json_option,
    plan_argument,
    read_scenario,
    scenario_argument,
    spell_count,
)
from scheduler.cli.refusals import clean_refusals
from scheduler.files.findings import Finding
from scheduler.verify.violation import Violation

CLAIMS_TRUE = "every claim that can be checked without solving is true"


@click.command()
@scenario_argument
@plan_argument
@json_option
@clean_refusals()
def verify(scenario: Path, plan: Path, *, as_json: bool) -> None:
    """Check a plan against every rule, and what its file claims.

    A bound cannot be checked but by solving.

    Ends with 0 if the plan is allowed and all claims are true, with 1 if not, and with 2 if one
    of the files cannot be read.
    """
    from scheduler.claims import check_claims
    from scheduler.plan_file import check_same_scenario, load_plan
    from scheduler.verify import check_plan

    given, plan_file = read_scenario(scenario), load_plan(plan)
    check_same_scenario(given.problem, plan_file, source=str(plan))
    violations = check_plan(given.problem, plan_file.plan)
    untrue = tuple(check_claims(given.problem, given.sha256, plan_file))
    if as_json:
        echo_json(_document(violations, untrue))
    else:
        click.echo("\n".join(_lines(plan, violations, untrue)))
    if violations or untrue:
        raise click.exceptions.Exit(1)


def _document(violations: Sequence[Violation], untrue: Sequence[Finding]) -> dict[str, object]:
    return {
        "ok": not violations and not untrue,
        "violations": [
            {"rule": each.rule, "requests": each.requests, "text": each.text} for each in violations
        ],
        "untrue": [finding._asdict() for finding in untrue],
    }


def _lines(plan: Path, violations: Sequence[Violation], untrue: Sequence[Finding]) -> Iterator[str]:
    """Yield the verdict, then what is wrong: by rule, and by claim."""
    if not violations and not untrue:
        yield f"{plan}: allowed, and {CLAIMS_TRUE}"
        return
    allowed = (
        f"not allowed, {spell_count(len(violations), 'violation')}" if violations else "allowed"
    )
    claims = f"{spell_count(len(untrue), 'untrue claim')}" if untrue else CLAIMS_TRUE
    yield f"{plan}: {allowed}; {claims}"
    for rule, group in groupby(violations, key=lambda violation: violation.rule):
        yield f"{rule} {rule.name.lower().replace('_', ' ')}"
        yield from (f"  {violation.text}" for violation in group)
    if untrue:
        yield "claims"
        yield from (f"  {finding}" for finding in untrue)
