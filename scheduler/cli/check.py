"""``check``: is this scenario file sound, and what is in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from scheduler.cli.inputs import (
    echo_json,
    json_option,
    read_scenario,
    scenario_argument,
    spell_count,
)
from scheduler.cli.refusals import clean_refusals
from scheduler.problem.problem import Problem
from scheduler.problem.scenario_file import ScenarioError


@click.command()
@scenario_argument
@json_option
@clean_refusals()
def check(scenario: Path, *, as_json: bool) -> None:
    """Check a scenario file; every error is named with its place."""
    try:
        given = read_scenario(scenario)
    except ScenarioError as error:
        if not as_json:
            raise
        echo_json({"ok": False, "findings": [finding._asdict() for finding in error.findings]})
        raise click.exceptions.Exit(2) from None
    facts = _facts(given.problem)
    if as_json:
        echo_json({"ok": True, "scenario_sha256": given.sha256, **facts, "findings": []})
    else:
        click.echo(_sentence(scenario, facts))


def _facts(problem: Problem) -> dict[str, Any]:
    """Return what the scenario is about, in numbers."""
    programme = problem.programme
    return {
        "scenario": programme.id,
        "first_day": programme.first_day.isoformat(),
        "last_day": programme.last_day.isoformat(),
        "requests": len(problem.requests),
        "submitted": len(problem.submitted),
        "researchers": len(problem.researchers),
        "hosts": len(problem.hosts),
        "sites": len(problem.sites),
        "zones": len(problem.zones),
        "desks": sum(zone.desks for zone in problem.zones),
        "slots": len(problem.slots),
        "pools": len(problem.pools),
        "published": len(problem.published),
    }


def _sentence(scenario: Path, facts: dict[str, Any]) -> str:
    return (
        f"{scenario}: sound. Programme {facts['scenario']}, "
        f"{facts['first_day']} to {facts['last_day']}: "
        f"{facts['submitted']:,} submitted of {spell_count(facts['requests'], 'request')}, "
        f"{spell_count(facts['slots'], 'slot')}, {spell_count(facts['zones'], 'zone')} "
        f"with {spell_count(facts['desks'], 'desk')}, {spell_count(facts['hosts'], 'host')}"
    )
