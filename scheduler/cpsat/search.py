"""Search of an exact model: build it, run CP-SAT on it, hand out what it finds."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from ortools.sat.python import cp_model

from scheduler.candidates.candidates import Way
from scheduler.candidates.space import Space
from scheduler.cpsat.changes import add_change_limit
from scheduler.cpsat.pairs import Pairs
from scheduler.cpsat.rules import RULE_ADDERS
from scheduler.cpsat.terms import objective
from scheduler.cpsat.visits import Visits
from scheduler.rules import Rule

Ways = Mapping[int, Way]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How long and how hard to search; ``reproducible`` counts work, not seconds."""

    seconds: float
    seed: int = 0
    reproducible: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search ends with: ``ways`` is None where none was found.

    ``bound`` is None where nothing was proven; ``complete`` says that nothing is left to search;
    ``work`` is what the solver has counted of it, in about as many seconds.
    """

    ways: dict[int, Way] | None
    objective: int | None
    bound: int | None
    complete: bool
    work: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Who hears of a search while it runs, and may stop it."""

    on_ways: Callable[[dict[int, Way]], object] = lambda _ways: None
    on_bound: Callable[[int], None] = lambda _bound: None
    on_solver: Callable[[cp_model.CpSolver], None] = lambda _solver: None


def build_model(
    space: Space, without: AbstractSet[Rule] = frozenset()
) -> tuple[cp_model.CpModel, Visits]:
    """Return the exact model of a space with its variables; ``without`` leaves rules out."""
    model = cp_model.CpModel()
    visits = Visits(model, space)
    pairs = Pairs(model, visits)
    for rule, add in RULE_ADDERS.items():
        if rule not in without:
            add(model, visits, pairs)
    add_change_limit(model, visits)
    model.maximize(objective(model, visits, pairs))
    return model, visits


def search(
    model: cp_model.CpModel, visits: Visits, effort: Effort, listener: Listener | None = None
) -> Found:
    """Search a model until it is solved, the effort is spent, or the solver is stopped."""
    listener = listener or Listener()
    solver = _solver(effort)
    solver.best_bound_callback = lambda bound: listener.on_bound(math.floor(bound + 0.5))
    listener.on_solver(solver)
    status = solver.solve(model, _Announcer(visits, listener))
    if status == cp_model.MODEL_INVALID:
        raise ValueError(model.validate())
    work = solver.response_proto.deterministic_time
    if status == cp_model.INFEASIBLE:
        return Found(ways=None, objective=None, bound=None, complete=True, work=work)
    if status == cp_model.UNKNOWN:
        # What it proved went to the listener; without a plan its last word may be a mere zero.
        return Found(ways=None, objective=None, bound=None, complete=False, work=work)
    return Found(
        ways=visits.read(lambda literal: bool(solver.boolean_value(literal))),
        objective=round(solver.objective_value),
        bound=math.floor(solver.best_objective_bound + 0.5),
        complete=status == cp_model.OPTIMAL,
        work=work,
    )


def _solver(effort: Effort) -> cp_model.CpSolver:
    """Return a solver with the parameters that were best on the sample scenarios.

    One worker led by the linear relaxation proves small problems sooner than two that share what
    they learn; probing costs it more than it brings.
    """
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.random_seed = effort.seed
    parameters.num_workers = 1
    parameters.linearization_level = 2
    parameters.cp_model_probing_level = 0
    parameters.catch_sigint_signal = False
    if effort.reproducible:
        parameters.max_deterministic_time = effort.seconds
    else:
        parameters.max_time_in_seconds = effort.seconds
    return solver


class _Announcer(cp_model.CpSolverSolutionCallback):
    """Tells a listener of each plan."""

    def __init__(self, visits: Visits, listener: Listener) -> None:
        super().__init__()
        self._visits = visits
        self._listener = listener

    def on_solution_callback(self) -> None:
        """Hand the ways of a solution on."""
        self._listener.on_ways(self._visits.read(lambda literal: bool(self.boolean_value(literal))))
