"""The linear relaxation of an exact model: a proven bound, and what each literal would lose.

The bound is not the LP solver's word: for any dual values y of the right sign,

    sum_i y_i b_i + sum_j max over [l_j, u_j] of (c_j - sum_i y_i a_ij) x_j

bounds the maximum from above (Lagrangian duality), so it is computed from the duals here, and
numerical trouble in the LP solver can only make it weaker, never wrong.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from ortools.glop import parameters_pb2
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.candidates.days import Ints

Floats = NDArray[np.float64]

ROUNDING = 1e-6
"""Relative slack for the floating-point sums of the bound itself."""

BEYOND = 2**60
"""CP-SAT spells an open side of a row as a number beyond this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearModel:
    """Maximise ``objective x + offset`` with ``row_lower <= A x <= row_upper`` and bounds on x.

    A is in triplets ``(row, column, value)``, each (entries,).
    """

    objective: Floats
    offset: float
    lower: Floats
    upper: Floats
    row: Ints
    column: Ints
    value: Floats
    row_lower: Floats
    row_upper: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """A proven bound; ``loss`` is what each variable's being at one takes off it, (variables,)."""

    bound: int
    exact_bound: float
    loss: Floats


def linear_model(model: cp_model.CpModel) -> LinearModel:
    """Return the linear relaxation of a model of literals, integers and linear rows.

    Raises:
        ValueError: The model has a constraint that is no linear row.
    """
    proto = model.proto
    columns: list[Ints] = []
    values: list[Floats] = []
    limits: list[tuple[float, float]] = []
    for constraint in proto.constraints:
        if constraint.has_linear():
            columns.append(np.array(list(constraint.linear.vars), dtype=np.int64))
            values.append(np.array(list(constraint.linear.coeffs), dtype=np.float64))
            domain = list(constraint.linear.domain)
            limits.append((_side(domain[0]), _side(domain[-1])))
        elif constraint.has_at_most_one() or constraint.has_exactly_one():
            exactly = constraint.has_exactly_one()
            row = constraint.exactly_one if exactly else constraint.at_most_one
            columns.append(np.array(list(row.literals), dtype=np.int64))
            values.append(np.ones(len(columns[-1])))
            limits.append((1.0 if exactly else -math.inf, 1.0))
        else:
            raise ValueError(f"no linear row: {constraint}")
    return _assemble(proto, columns, values, limits)


def _assemble(
    proto: cp_model.CpModelProto,
    columns: list[Ints],
    values: list[Floats],
    limits: list[tuple[float, float]],
) -> LinearModel:
    domains = [list(variable.domain) for variable in proto.variables]
    objective = np.zeros(len(domains))
    for variable, coefficient in zip(proto.objective.vars, proto.objective.coeffs, strict=True):
        objective[variable] += coefficient
    # CP-SAT keeps a maximisation as a minimisation of the negated objective.
    sign = -1.0 if proto.objective.scaling_factor < 0 else 1.0
    sides = np.array(limits, dtype=np.float64).reshape(len(limits), 2)
    lengths = [len(each) for each in columns]
    return LinearModel(
        objective=sign * objective,
        offset=sign * proto.objective.offset,
        lower=np.array([domain[0] for domain in domains], dtype=np.float64),
        upper=np.array([domain[-1] for domain in domains], dtype=np.float64),
        row=np.repeat(np.arange(len(columns)), lengths),
        column=np.concatenate([np.empty(0, dtype=np.int64), *columns]),
        value=np.concatenate([np.empty(0), *values]),
        row_lower=sides[:, 0],
        row_upper=sides[:, 1],
    )


def _side(limit: int) -> float:
    return math.copysign(math.inf, limit) if abs(limit) > BEYOND else float(limit)


class Optimum(NamedTuple):
    """What an LP solver says: values of the variables and duals of the rows."""

    values: Floats
    duals: Floats


def relax(
    linear: LinearModel,
    seconds: float,
    interrupter: SolveInterrupter | None = None,
    *,
    reproducible: bool = False,
) -> Relaxation | None:
    """Solve the relaxation with GLOP; None where it ended before there were duals.

    Where it has to be reproducible, GLOP counts its own work instead of seconds.
    """
    result = _solve(linear, seconds, interrupter, reproducible=reproducible)
    if not result.has_dual_feasible_solution():
        return None
    return bound_from_duals(linear, _array(result.dual_values()))


def optimise(
    linear: LinearModel,
    seconds: float,
    interrupter: SolveInterrupter | None = None,
    *,
    reproducible: bool = False,
) -> Optimum | None:
    """Solve with GLOP; None where it did not come to the end."""
    result = _solve(linear, seconds, interrupter, reproducible=reproducible)
    if result.termination.reason is not mathopt.TerminationReason.OPTIMAL:
        return None
    return Optimum(_array(result.variable_values()), _array(result.dual_values()))


def _solve(
    linear: LinearModel,
    seconds: float,
    interrupter: SolveInterrupter | None,
    *,
    reproducible: bool,
) -> mathopt.SolveResult:
    if reproducible:
        work = parameters_pb2.GlopParameters(max_deterministic_time=seconds)
        parameters = mathopt.SolveParameters(glop=work)
    else:
        parameters = mathopt.SolveParameters(time_limit=dt.timedelta(seconds=seconds))
    return mathopt.solve(
        mathopt.Model.from_model_proto(_proto(linear)),
        mathopt.SolverType.GLOP,
        params=parameters,
        interrupter=interrupter,
    )


def _array(values: Mapping[Any, float]) -> Floats:
    return np.fromiter(values.values(), dtype=np.float64, count=len(values))


def bound_from_duals(linear: LinearModel, duals: Floats) -> Relaxation:
    """Return the bound that dual values prove, (rows,); those of a wrong sign count as zero."""
    duals = np.where((duals > 0) & np.isinf(linear.row_upper), 0.0, duals)
    duals = np.where((duals < 0) & np.isinf(linear.row_lower), 0.0, duals)
    paid = np.bincount(
        linear.column,
        weights=linear.value * duals[linear.row],
        minlength=len(linear.objective),
    )
    reduced = linear.objective - paid
    side = np.where(duals > 0, linear.row_upper, linear.row_lower)
    priced = float(np.sum(np.where(duals == 0, 0.0, duals) * np.where(duals == 0, 0.0, side)))
    free = float(np.sum(np.maximum(reduced * linear.lower, reduced * linear.upper)))
    exact = priced + free + linear.offset
    slack = ROUNDING * max(1.0, abs(priced), abs(free))
    return Relaxation(
        bound=math.floor(exact + slack),
        exact_bound=exact + slack,
        loss=np.maximum(0.0, -reduced),
    )


def _proto(linear: LinearModel) -> model_pb2.ModelProto:
    proto = model_pb2.ModelProto()
    count = len(linear.objective)
    proto.variables.ids.extend(range(count))
    proto.variables.lower_bounds.extend(linear.lower)
    proto.variables.upper_bounds.extend(linear.upper)
    proto.variables.integers.extend([False] * count)
    used = np.flatnonzero(linear.objective)
    proto.objective.maximize = True
    proto.objective.offset = linear.offset
    proto.objective.linear_coefficients.ids.extend(used.tolist())
    proto.objective.linear_coefficients.values.extend(linear.objective[used])
    proto.linear_constraints.ids.extend(range(len(linear.row_lower)))
    proto.linear_constraints.lower_bounds.extend(linear.row_lower)
    proto.linear_constraints.upper_bounds.extend(linear.row_upper)
    row, column, value = _merged(linear)
    proto.linear_constraint_matrix.row_ids.extend(row.tolist())
    proto.linear_constraint_matrix.column_ids.extend(column.tolist())
    proto.linear_constraint_matrix.coefficients.extend(value)
    return proto


def _merged(linear: LinearModel) -> tuple[Ints, Ints, Floats]:
    """Return the entries sorted by row and column, repeated ones added up."""
    key = linear.row * len(linear.objective) + linear.column
    distinct, position = np.unique(key, return_inverse=True)
    value = np.bincount(position, weights=linear.value, minlength=len(distinct))
    kept = value != 0
    row, column = np.divmod(distinct[kept], max(1, len(linear.objective)))
    return row, column, value[kept]
