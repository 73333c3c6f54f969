"""``calendar``: a scenario and a plan in, a folder of calendars out."""

from __future__ import annotations

import re
from pathlib import Path

import click

from scheduler.cli import Refusal, clean_refusals
from scheduler.cli.inputs import (
    PATH,
    ScenarioInput,
    plan_argument,
    read_scenario,
    scenario_argument,
)
from scheduler.plan_file import PlanFile, check_plan_belongs, load_plan
from scheduler.verify import check_plan
from web.calendars.export import write_calendars
from web.calendars.ical import MAX_BYTES
from web.calendars.wording import WORDINGS

_LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(\.{_LABEL})*")


def _checked_domain(_context: click.Context, _parameter: click.Parameter, domain: str) -> str:
    if not _DOMAIN.fullmatch(domain):
        raise click.BadParameter(f"'{domain}' is no domain name; write one such as lab.example.org")
    return domain


@click.command()
@scenario_argument
@plan_argument
@click.option(
    "-o", "--output", "folder", metavar="DIR", type=PATH, required=True, help="Folder to write to."
)
@click.option(
    "--domain",
    envvar="SARANGCHAE_DOMAIN",
    default="sarangchae.local",
    show_default=True,
    callback=_checked_domain,
    help="Ends the permanent ids of entries: the server's, if they are to be the same.",
)
@click.option(
    "--language",
    type=click.Choice(list(WORDINGS)),
    default="en",
    show_default=True,
    help="Language of all calendars but the researchers', who have their own.",
)
@clean_refusals()
def calendar(scenario: Path, plan: Path, *, folder: Path, domain: str, language: str) -> None:
    """Write a plan's calendars as .ics files.

    One for each researcher, site, floor, zone, host and track, and programme.ics.
    """
    if folder.exists() and not folder.is_dir():
        raise Refusal(f"{folder}: this is no folder; choose another with -o")
    given, plan_file = read_scenario(scenario), load_plan(plan)
    _check_plan(given, plan_file, plan)
    paths = write_calendars(given.problem, plan_file.plan, folder, domain=domain, language=language)
    _say_what_is_large(paths)
    click.echo(f"{folder}: {len(paths):,} calendars")


def _check_plan(given: ScenarioInput, plan_file: PlanFile, path: Path) -> None:
    """Refuse a plan that is not this scenario's or breaks rules; say it of one that is old."""
    check_plan_belongs(given.problem, plan_file, source=str(path))
    violations = check_plan(given.problem, plan_file.plan)
    if violations:
        rules = ", ".join(dict.fromkeys(violation.rule for violation in violations))
        raise Refusal(
            f"{path}: the plan breaks {rules} in this scenario; `sarangchae verify` says where"
        )
    if plan_file.scenario_sha256 != given.sha256:
        click.echo(
            f"{path}: the scenario has changed since this plan was made; it is still allowed, "
            "but a new plan may be better: `sarangchae replan` makes one",
            err=True,
        )


def _say_what_is_large(paths: list[Path]) -> None:
    for path in paths:
        size = path.stat().st_size
        if size > MAX_BYTES:
            click.echo(
                f"{path}: {size / 1e6:.1f} MB, and Google reads 1 MB of a calendar at most; "
                "those of zones and researchers are smaller",
                err=True,
            )
