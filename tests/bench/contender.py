"""One contender on one scenario, as a process of its own: ``python -m tests.bench.contender``.

It says when it has read the scenario, so that nobody's seconds go by before, then plans, and
writes what it found. The peers take their libraries in only when asked for: some clash.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import click

from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.scenario_file import load_scenario

OURS, CLUSTER = "ours", "ours-on-cluster"
READY, FOUND = "ready", "found.json"
GIB = 2**30


class Incumbent(NamedTuple):
    """The best objective from some second on."""

    seconds: float
    objective: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a contender came to: its plans, any of which may be the best, and what it says."""

    plans: tuple[Plan, ...] = ()
    seconds: float
    first_plan_seconds: float | None = None
    bound: int | None = None
    incumbents: tuple[Incumbent, ...] = ()

    def seconds_to(self, objective: int) -> float:
        """Return when a plan was worth so much; it is an error if none ever was."""
        return next(each.seconds for each in self.incumbents if each.objective >= objective)


@dataclass
class Contest:
    """What a contender is given, and what it has offered so far."""

    problem: Problem
    seconds: float
    workers: int
    seed: int
    folder: Path
    began: float = field(default_factory=time.monotonic)
    plans: list[Plan] = field(default_factory=list)
    first_plan_seconds: float | None = None
    bound: int | None = None
    incumbents: tuple[Incumbent, ...] = ()

    @property
    def seconds_left(self) -> float:
        """Seconds until the limit."""
        return self.seconds - (time.monotonic() - self.began)

    def offer(self, plan: Plan | None) -> None:
        """Keep a plan at once, so that it counts whatever comes of the contender."""
        if plan is not None:
            self.plans.append(plan)
            if self.first_plan_seconds is None:
                self.first_plan_seconds = time.monotonic() - self.began
        self.write()

    def write(self) -> None:
        """Write what was found so far, whole."""
        seconds = time.monotonic() - self.began
        found = Found(
            plans=tuple(self.plans),
            seconds=seconds,
            first_plan_seconds=self.first_plan_seconds,
            bound=self.bound,
            incumbents=self.incumbents,
        )
        beside = self.folder / "found.part"
        beside.write_text(json.dumps(asdict(found), default=dt.date.isoformat), encoding="utf-8")
        beside.replace(self.folder / FOUND)


def read_found(folder: Path) -> Found | None:
    """Return what a contender wrote, None if it wrote nothing."""
    path = folder / FOUND
    if not path.exists():
        return None
    document = json.loads(path.read_text("utf-8"))
    document["plans"] = tuple(
        Plan(residencies=tuple(_residency(each) for each in plan["residencies"]))
        for plan in document["plans"]
    )
    document["incumbents"] = tuple(Incumbent(*each) for each in document["incumbents"])
    return Found(**document)


def _residency(document: dict[str, Any]) -> Residency:
    days = {key: dt.date.fromisoformat(document[key]) for key in ("first_day", "last_day")}
    return Residency(**{**document, **days})


def _ours(contest: Contest, executor: Executor | None = None) -> None:
    from scheduler.outcome import SolveLimits  # noqa: PLC0415
    from scheduler.solve import solve  # noqa: PLC0415

    limits = SolveLimits(seconds=contest.seconds_left, workers=contest.workers, seed=contest.seed)
    outcome = solve(contest.problem, limits, executor=executor)
    contest.bound = outcome.bound
    contest.first_plan_seconds = outcome.report.first_plan_seconds
    contest.incumbents = tuple(
        Incumbent(each.seconds, each.objective)
        for each in outcome.report.incumbents
        if each.objective is not None
    )
    contest.offer(outcome.plan)


def _ours_on_cluster(contest: Contest) -> None:
    from distributed import LocalCluster  # noqa: PLC0415

    from scheduler.executors.cluster import open_cluster  # noqa: PLC0415

    workers = contest.workers
    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster,  # type: ignore[no-untyped-call]  # Dask leaves it untyped
        open_cluster(cluster.scheduler_address) as executor,
    ):
        # A cluster is there before anyone asks it to plan.
        contest.began = time.monotonic()
        _ours(contest, executor)


def _greedy(contest: Contest) -> None:
    from tests.bench.peers.greedy import greedy_plan  # noqa: PLC0415

    contest.offer(greedy_plan(contest.problem))


def _cpsat(contest: Contest) -> None:
    from tests.bench.peers.cpsat import cpsat_plan  # noqa: PLC0415

    contest.offer(cpsat_plan(contest.problem, contest.seconds_left, contest.workers, None))


def _cpsat_hint(contest: Contest) -> None:
    from tests.bench.peers.cpsat import cpsat_plan  # noqa: PLC0415

    _greedy(contest)
    hint = contest.plans[0]
    contest.offer(cpsat_plan(contest.problem, contest.seconds_left, contest.workers, hint))


def _highs(contest: Contest) -> None:
    from tests.bench.peers.highs import highs_plan  # noqa: PLC0415

    _greedy(contest)
    start = contest.plans[0]
    contest.offer(highs_plan(contest.problem, contest.seconds_left, contest.workers, start))


PEERS: dict[str, Callable[[Contest], None]] = {
    "greedy": _greedy,
    "cpsat": _cpsat,
    "cpsat-hint": _cpsat_hint,
    "highs": _highs,
}
"""CP-SAT's hint and HiGHS's start are the greedy plan, its time counted."""

CONTENDERS = {OURS: _ours, CLUSTER: _ours_on_cluster, **PEERS}


def contend(
    name: str, scenario: Path, folder: Path, *, seconds: float, workers: int = 2, seed: int = 0
) -> tuple[Plan, ...]:
    """Return the plans of a contender, which are in a folder as well; time runs once it has read.

    A file in the folder says that it has.
    """
    problem = load_scenario(scenario)
    (folder / READY).touch()
    contest = Contest(problem=problem, seconds=seconds, workers=workers, seed=seed, folder=folder)
    CONTENDERS[name](contest)
    return tuple(contest.plans)


@click.command()
@click.argument("name", type=click.Choice(list(CONTENDERS)))
@click.argument("scenario", type=click.Path(path_type=Path, exists=True))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--seconds", type=float, required=True)
@click.option("--workers", type=int, default=2)
@click.option("--seed", type=int, default=0)
@click.option("--memory", type=float, help="Most GiB that it may ask for.")
def main(
    name: str,
    scenario: Path,
    folder: Path,
    *,
    seconds: float,
    workers: int,
    seed: int,
    memory: float | None,
) -> None:
    """Plan a scenario as a contender does, and write what it found into a folder."""
    if memory is not None:
        limit = int(memory * GIB)
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    contend(name, scenario, folder, seconds=seconds, workers=workers, seed=seed)


if __name__ == "__main__":
    main()
