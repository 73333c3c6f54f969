"""What commands share: the arguments that they take, and reading a scenario with its hash."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from scheduler.files.disk import read_limited
from scheduler.files.findings import FindingsError
from scheduler.problem.problem import Problem
from scheduler.problem.scenario_file import ScenarioError, parse_scenario, sha256_of

PATH = click.Path(path_type=Path)

scenario_argument = click.argument("scenario", type=PATH)
plan_argument = click.argument("plan", type=PATH)
json_option = click.option("as_json", "--json", is_flag=True, help="Print JSON for a program.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioInput:
    """A scenario file that has been read: its problem, and the hash of its bytes."""

    problem: Problem
    sha256: str


def read_scenario(path: Path) -> ScenarioInput:
    """Return a scenario file's problem and hash, read once."""
    try:
        data = read_limited(path)
        return ScenarioInput(problem=parse_scenario(data), sha256=sha256_of(data))
    except FindingsError as error:
        raise ScenarioError(error.findings, source=str(path)) from None


def spell_count(number: int, word: str) -> str:
    """Return a number of things: '1 zone', '2,000 zones'."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def echo_json(document: Any) -> None:
    """Print a document for a program to read."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=1))
