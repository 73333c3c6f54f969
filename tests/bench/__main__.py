"""Run the measurements and print them as a table: ``python -m tests.bench [--seed N]``."""

from __future__ import annotations

import datetime as dt

import click
from rich.console import Console
from rich.table import Table

from tests.bench.figures import save
from tests.bench.serving import serving_figures
from tests.bench.solving import solver_figures


@click.command()
@click.option("--seed", default=0, show_default=True, help="Seed of the searches.")
def main(seed: int) -> None:
    """Measure the solver, the memory and the feeds; keep the figures in a file."""
    console = Console()
    table = Table("what", "measured", "target", "note")
    figures = []
    for figure in (*serving_figures(), *solver_figures(seed)):
        figures.append(figure)
        table.add_row(
            figure.name, f"{figure.value} {figure.unit}", figure.target or "", figure.note
        )
    console.print(table)
    console.print(f"Kept in {save(figures, seed=seed, now=dt.datetime.now(dt.UTC))}.")


if __name__ == "__main__":
    main()
