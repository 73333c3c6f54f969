"""Search only where good plans are: what takes too much off a proven bound is left out.

A plan that uses a literal is worth at most the relaxation's bound less the literal's loss (this is
reduced cost fixing). So the plans worth at least so much use no literal that loses more than the
bound exceeds it, and a search for them needs no such literal.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from ortools.sat.python import cp_model

from scheduler.bound.linear import Relaxation

LITERAL = [0, 1]

UNBOUNDED = -(2**60)
"""An open side of the objective."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """A copy of a model that still has every plan worth at least ``worth``.

    ``is_whole`` tells whether it has all the others too.
    """

    model: cp_model.CpModel
    worth: int
    is_whole: bool

    def bound(self, inside: int | None) -> int | None:
        """Return the bound of all plans, given that of the copy's: None where it has no plan."""
        if self.is_whole:
            return inside
        return self.worth - 1 if inside is None else max(inside, self.worth - 1)


def restrict(model: cp_model.CpModel, relaxation: Relaxation, worth: int) -> Restriction:
    """Return a copy of a model with the plans worth at least so much; its hint is kept."""
    copy = model.clone()
    variables = copy.proto.variables
    is_whole = True
    for index in np.flatnonzero(relaxation.loss > relaxation.exact_bound - worth).tolist():
        domain = variables[index].domain
        if list(domain) == LITERAL:
            domain.clear()
            domain.extend([0, 0])
            is_whole = False
    return Restriction(model=copy, worth=worth, is_whole=is_whole)


def demand(model: cp_model.CpModel, relaxation: Relaxation, worth: int) -> Restriction:
    """Return a copy of a model that has the plans worth at least so much, and no others."""
    part = restrict(model, relaxation, worth)
    # CP-SAT keeps a maximisation as a minimisation of the negated objective, its offset apart.
    objective = part.model.proto.objective
    objective.domain.clear()
    objective.domain.extend([UNBOUNDED, round(-worth - objective.offset)])
    return replace(part, is_whole=False)
