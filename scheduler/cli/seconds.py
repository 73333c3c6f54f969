"""A time limit on the command line: a positive number of seconds."""

from __future__ import annotations

import math
from typing import Any

import click


class SecondsType(click.FloatRange):
    """A number of seconds above zero; what is no number is refused."""

    def __init__(self) -> None:
        """Allow up to some days."""
        super().__init__(0, 1e6, min_open=True)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the seconds."""
        seconds = float(super().convert(value, param, ctx))
        if math.isnan(seconds):
            self.fail(f"{value} is not a number of seconds.", param, ctx)
        return seconds


SECONDS = SecondsType()
