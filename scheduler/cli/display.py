"""How a search is shown while it runs: a bar on a terminal, plain lines in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from scheduler.outcome import Progress

Show = Callable[[Progress], None]

_LINE_EVERY = 5.0
"""Seconds after which a line is printed although the plan is no better."""


@contextmanager
def shown_search(seconds: float, *, quiet: bool, to_stderr: bool) -> Iterator[Show]:
    """Give a function that shows progress, as quiet, terminal or pipe ask for."""
    if quiet:
        yield _show_nothing
    elif sys.stdout.isatty() and sys.stderr.isatty():
        with _bar(seconds) as show:
            yield show
    else:
        yield _Lines(to_stderr=to_stderr)


def spell_progress(progress: Progress) -> str:
    """Return where a search stands, in one line."""
    if progress.objective is None or progress.gap is None:
        return f"no plan yet, bound {progress.bound:,}"
    return f"best {progress.objective:,}, bound {progress.bound:,}, gap {progress.gap:.2%}"


class _Lines:
    """Prints a line for each better plan, and now and then in between."""

    def __init__(self, *, to_stderr: bool) -> None:
        self._to_stderr = to_stderr
        self._last: Progress | None = None

    def __call__(self, progress: Progress) -> None:
        last = self._last
        if (
            last is None
            or last.objective != progress.objective
            or progress.seconds - last.seconds >= _LINE_EVERY
        ):
            self._last = progress
            line = f"{progress.seconds:8.1f} s  {spell_progress(progress)}"
            click.echo(line, err=self._to_stderr)


def _show_nothing(_: Progress) -> None:
    """Show nothing."""


@contextmanager
def _bar(seconds: float) -> Iterator[Show]:
    """Give a function that moves a bar over the time that the search may take."""
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as RichProgress

    columns = (
        SpinnerColumn(),
        BarColumn(bar_width=24),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with RichProgress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading the problem", total=seconds)

        def show(progress: Progress) -> None:
            bar.update(task, completed=progress.seconds, description=spell_progress(progress))

        yield show
