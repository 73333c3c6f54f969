"""Search only where good plans are: what takes too much off a proven bound is left out.

A plan that uses a literal is worth at most the relaxation's bound less the literal's loss (this is
reduced cost fixing). So the plans worth at least so much use no literal that loses more than the
bound exceeds it, and a search for them needs no such literal.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from scheduler.bound.linear import Relaxation

LITERAL = [0, 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """A copy of a model that still has every plan worth at least ``worth``.

    ``left_out`` tells how many literals are fixed at zero: where none is, it has all plans.
    """

    model: cp_model.CpModel
    worth: int
    left_out: int

    def bound(self, inside: int | None) -> int | None:
        """Return the bound of all plans, given that of the copy's: None where it has no plan."""
        if not self.left_out:
            return inside
        return self.worth - 1 if inside is None else max(inside, self.worth - 1)


def restrict(model: cp_model.CpModel, relaxation: Relaxation, worth: int) -> Restriction:
    """Return a copy of a model with the plans worth at least so much; its hint is kept."""
    copy = model.clone()
    variables = copy.proto.variables
    left_out = 0
    for index in np.flatnonzero(relaxation.loss > relaxation.exact_bound - worth).tolist():
        domain = variables[index].domain
        if list(domain) == LITERAL:
            domain.clear()
            domain.extend([0, 0])
            left_out += 1
    return Restriction(model=copy, worth=worth, left_out=left_out)
