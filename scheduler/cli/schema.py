"""``schema``: the JSON Schema of scenario files."""

from __future__ import annotations

import click

from scheduler.cli.inputs import echo_json
from scheduler.cli.refusals import clean_refusals
from scheduler.problem.scenario_file import json_schema


@click.command()
@clean_refusals()
def schema() -> None:
    """Print the JSON Schema of scenario files."""
    echo_json(json_schema())
