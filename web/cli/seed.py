"""``seed``: a scenario file into the database."""

from __future__ import annotations

from pathlib import Path

import click

from models.programme_store import load_programmes
from scheduler.cli.inputs import read_scenario, scenario_argument
from web.cli.common import clean_errors, database_option, ready_database, settings_for, utc_now
from web.use_cases.seed import seed_scenario


@click.command()
@scenario_argument
@click.option("--if-empty", is_flag=True, help="Do nothing where there is a programme already.")
@database_option
@clean_errors()
def seed(scenario: Path, *, if_empty: bool, database_url: str | None) -> None:
    """Store a scenario; one that is there is replaced, its plans and releases stay."""
    problem = read_scenario(scenario).problem
    with ready_database(settings_for(database_url)) as database, database.writing() as session:
        if if_empty and load_programmes(session):
            click.echo("The database holds a programme already; it stays as it is.")
            return
        was_there = seed_scenario(session, problem, now=utc_now())
    done = "replaced" if was_there else "stored"
    count = len(problem.requests)
    click.echo(f"Programme {problem.programme.id} {done}: {count:,} requests.")
