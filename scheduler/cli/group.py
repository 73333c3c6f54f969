"""A group of commands that are imported when they are called, so that none pays for others."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import version
from typing import Any

import click

COMMANDS: Mapping[str, str] = {
    "check": "scheduler.cli.check:check",
    "solve": "scheduler.cli.solve:solve",
    "verify": "scheduler.cli.verify:verify",
    "explain": "scheduler.cli.explain:explain",
    "replan": "scheduler.cli.replan:replan",
    "whatif": "scheduler.cli.whatif:whatif",
    "stability": "scheduler.cli.stability:stability",
    "robustness": "scheduler.cli.robustness:robustness",
    "schema": "scheduler.cli.schema:schema",
    "sample": "scheduler.cli.sample:sample",
}
"""Commands of the scheduler: name to ``module:attribute``."""


class LazyGroup(click.Group):
    """A group whose commands are named as ``module:attribute`` and listed in that order."""

    def __init__(self, *, lazy: Mapping[str, str], **others: Any) -> None:
        """Remember where the commands are."""
        super().__init__(**others)
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return [*self._lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported now, or None if there is none of that name."""
        if cmd_name not in self._lazy:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self._lazy[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


def build_group(commands: Mapping[str, str]) -> click.Group:
    """Return the ``sarangchae`` group with the commands named."""
    group = LazyGroup(
        name="sarangchae",
        lazy=commands,
        help="Plans residencies of visiting researchers.",
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    release = version("sarangchae")
    return click.version_option(release, prog_name="sarangchae")(group)
