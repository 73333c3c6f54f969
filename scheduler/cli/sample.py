"""``sample``: an invented scenario of a given size."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.cli.inputs import PATH, spell_count
from scheduler.cli.refusals import clean_refusals

FAMILIES = ("tiny", "small", "medium", "hub", "large", "federation")


@click.command()
@click.argument("family", type=click.Choice(FAMILIES))
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True)
@click.option("-o", "--output", type=PATH, required=True, help="Scenario file to write.")
@clean_refusals()
def sample(family: str, seed: int, output: Path) -> None:
    """Invent a scenario: 4, 20, 150, 600, 2,000 or 10,000 requests."""
    from scheduler.files.disk import check_writable
    from scheduler.problem.scenario_file import save_scenario
    from scheduler.sample import Family
    from scheduler.sample import sample as invent

    check_writable(output)
    problem = invent(Family(family), seed)
    save_scenario(problem, output)
    click.echo(f"{output}: {spell_count(len(problem.requests), 'request')}, seed {seed}")
