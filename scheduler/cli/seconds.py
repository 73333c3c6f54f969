"""Numbers on the command line: a time limit in seconds, a share of something."""

from __future__ import annotations

import math
from typing import Any

import click


class NumberType(click.FloatRange):
    """A number within a range; what is no number is refused."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the number."""
        number = float(super().convert(value, param, ctx))
        if math.isnan(number):
            self.fail(f"{value} is not a number.", param, ctx)
        return number


SECONDS = NumberType(0, 1e6, min_open=True)
"""Above zero, and up to some days."""

SHARE = NumberType(0, 1)
