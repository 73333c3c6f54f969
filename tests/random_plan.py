"""Plans drawn blindly from seeds, most of which break some rule."""

from __future__ import annotations

import datetime as dt
from random import Random

from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from tests.builders import make_residency


def random_plan(problem: Problem, seed: int) -> Plan:
    """Return some residencies that keep to their length, but not to much else."""
    dice = Random(seed)  # noqa: S311 - a test's seed is no secret
    residencies = []
    for request in dice.sample(problem.submitted, dice.randint(0, len(problem.submitted))):
        steps = (request.max_days - request.min_days) // problem.policy.stay_step_days
        days = request.min_days + dice.randint(0, steps) * problem.policy.stay_step_days
        residency = make_residency(
            request.id,
            slot=dice.choice(problem.slots).id,
            zone=dice.choice(problem.zones).id,
            host=dice.choice(problem.hosts).id if request.hosts != () else None,
            pool=dice.choice(problem.pools).id if request.gpus else None,
            first_day=request.first_day + dt.timedelta(days=dice.randint(0, 10)),
            days=days,
        )
        residencies.append(residency)
    return Plan(residencies=tuple(residencies))
