"""``robustness``: how much of a plan survives late visas, withdrawals and early departures."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.cli.changing import read_changing
from scheduler.cli.cluster import cluster_option, working_on
from scheduler.cli.inputs import echo_json, json_option, plan_argument, scenario_argument
from scheduler.cli.refusals import clean_refusals
from scheduler.cli.seconds import SECONDS
from scheduler.outcome import SolveLimits

if TYPE_CHECKING:
    from scheduler.problem.problem import Problem
    from scheduler.replan.disruptions import Chances
    from scheduler.replan.robustness import Sample
    from scheduler.replan.survival import Shares, Survival

MOST_FRAGILE = 10
"""Fragile residencies that are printed; ``--json`` gives all."""

CHANCE = click.FloatRange(0, 1)


@click.command()
@scenario_argument
@plan_argument
@click.option("--samples", type=click.IntRange(1, 100_000), default=20, show_default=True)
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True)
@click.option(
    "--seconds",
    type=SECONDS,
    default=5.0,
    show_default=True,
    help="Time limit of each sample, counted in work so that the same seed gives the same.",
)
@click.option("--workers", type=click.IntRange(1, 1024), help="Processes; all cores if not given.")
@click.option(
    "--withdrawal",
    type=CHANCE,
    default=0.03,
    show_default=True,
    help="Chance that a residency is withdrawn. Assumed, like all of these.",
)
@click.option(
    "--late-visa",
    type=CHANCE,
    default=0.05,
    show_default=True,
    help="Chance that a visa is late.",
)
@click.option(
    "--late-days",
    type=click.IntRange(1, 366),
    default=28,
    show_default=True,
    help="Days by which a visa is late at most.",
)
@click.option(
    "--early-departure",
    type=CHANCE,
    default=0.05,
    show_default=True,
    help="Chance that a visitor leaves before the last day.",
)
@cluster_option
@json_option
@clean_refusals()
def robustness(
    scenario: Path,
    plan: Path,
    *,
    samples: int,
    seed: int,
    seconds: float,
    workers: int | None,
    withdrawal: float,
    late_visa: float,
    late_days: int,
    early_departure: float,
    cluster: str | None,
    as_json: bool,
) -> None:
    """Draw what may go wrong with a plan, re-plan each sample, and report what survives.

    The chances are assumptions, not measurements: set them to what your office has seen. PLAN
    counts as published. Late visas strike those from countries for which the policy has lead
    days, or all if it has none. Late visas and early departures leave out what is frozen or
    pinned, because that stays as it is.
    """
    from scheduler.replan.disruptions import Chances

    changing = read_changing(scenario, plan, None)
    limits = SolveLimits(seconds=seconds, workers=workers, seed=seed)
    chances = Chances(
        withdrawal=withdrawal,
        late_visa=late_visa,
        early_departure=early_departure,
        most_late_days=late_days,
    )
    with working_on(cluster) as given:
        drawn = _run(changing.adjusted, samples, chances, limits, given)
    _report(changing.adjusted, drawn, as_json=as_json)


def _run(
    problem: Problem,
    count: int,
    chances: Chances,
    limits: SolveLimits,
    given: Executor | None,
) -> tuple[Sample, ...]:
    """Return the samples, re-planned by workers of a cluster or here; signals stop the rest."""
    from scheduler.cli.stopping import run_beside, stopped_by_signals
    from scheduler.executors.processes import ProcessPool
    from scheduler.replan.robustness import draw_samples, run_samples

    tasks = draw_samples(problem, count, chances, limits)
    workers = min(limits.workers or os.cpu_count() or 1, count)
    executor = given or ProcessPool(workers, preload=[run_samples.__module__])
    try:
        with stopped_by_signals() as should_stop:
            return run_beside(lambda: run_samples(tasks, executor, should_stop=should_stop))
    finally:
        executor.shutdown(cancel_futures=True)


def _report(problem: Problem, samples: Sequence[Sample], *, as_json: bool) -> None:
    from scheduler.replan.survival import survival_of

    survival = survival_of(problem, samples)
    if as_json:
        echo_json(_document(survival, samples))
    else:
        click.echo("\n".join(_lines(survival, samples)))


def _lines(survival: Survival, samples: Sequence[Sample]) -> Iterator[str]:
    from scheduler.replan.disruptions import Happening
    from scheduler.replan.robustness import SampleStatus

    done = survival.statuses.get(SampleStatus.REPLANNED, 0)
    happened = ", ".join(
        f"{survival.happenings.get(each, 0) / survival.samples:.1f} {each.words}"
        for each in Happening
    )
    yield f"{done:,} of {survival.samples:,} samples re-planned; on average {happened} (assumed)"
    yield f"{'residencies':<28} {'untouched':>10} {'moved':>8} {'lost':>8}"
    yield f"  {'still asked for':<26} {_spell_shares(survival.standing)}"
    yield f"  {'to which nothing happened':<26} {_spell_shares(survival.bystanders)}"
    if survival.mean_objective is not None and survival.worst_objective is not None:
        yield (
            f"objective {survival.objective:,}; after re-planning {survival.mean_objective:,.0f}"
            f"{_spell_kept(survival, survival.mean_objective)} on average, "
            f"{survival.worst_objective:,.0f}{_spell_kept(survival, survival.worst_objective)} "
            "in the worst 5 %"
        )
    for each in survival.fragile[:MOST_FRAGILE]:
        yield (
            f"  fragile {each.request:<16} touched in {each.touched:,} of {each.samples:,} samples"
        )
    for sample in samples:
        if sample.status is not SampleStatus.REPLANNED:
            yield f"  sample {sample.number}: {sample.status}; {sample.why}"


def _spell_shares(shares: Shares) -> str:
    return (
        f"{shares.of(shares.untouched):>10.1%} {shares.of(shares.moved):>8.1%} "
        f"{shares.of(shares.lost):>8.1%}"
    )


def _spell_kept(survival: Survival, objective: float) -> str:
    kept = survival.kept(objective)
    return "" if kept is None else f" ({kept:.1%})"


def _document(survival: Survival, samples: Sequence[Sample]) -> dict[str, object]:
    return {
        "samples": survival.samples,
        "statuses": survival.statuses,
        "happenings": survival.happenings,
        "standing": _shares_document(survival.standing),
        "bystanders": _shares_document(survival.bystanders),
        "objective": survival.objective,
        "mean_objective": survival.mean_objective,
        "worst_objective": survival.worst_objective,
        "kept": survival.kept(survival.mean_objective),
        "kept_worst": survival.kept(survival.worst_objective),
        "fragile": [
            {"request": each.request, "touched": each.touched, "samples": each.samples}
            for each in survival.fragile
        ],
        "results": [_sample_document(sample) for sample in samples],
    }


def _shares_document(shares: Shares) -> dict[str, float]:
    return {
        "untouched": shares.of(shares.untouched),
        "moved": shares.of(shares.moved),
        "lost": shares.of(shares.lost),
    }


def _sample_document(sample: Sample) -> dict[str, object]:
    return {
        "number": sample.number,
        "status": sample.status,
        "why": sample.why,
        "objective": sample.objective,
        "happenings": [
            {"request": each.request, "happening": each.happening} for each in sample.disruptions
        ],
        "fates": sample.fates,
    }
