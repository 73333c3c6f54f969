"""What is to be made possible: a place for a request, or one of its wishes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.candidates.build import build_candidates
from scheduler.candidates.candidates import Candidates
from scheduler.candidates.tables import Tables
from scheduler.explain.choice import Beside, Mask, everything
from scheduler.explain.setting import Setting
from scheduler.problem.adjustments import Adjustment
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request
from scheduler.problem.types import RequestId

Narrow = Callable[[Problem, Candidates], Mask]
"""Which candidates meet a wish."""


def any_place(_: Problem, each: Candidates) -> Mask:
    """Wish for nothing but a place."""
    return everything(each)


@dataclass(frozen=True, kw_only=True)
class Case:
    """A request in a plan, and what is wished of its residency."""

    setting: Setting
    request: RequestId
    narrow: Narrow = any_place

    @property
    def asked(self) -> Request:
        """The request as it stands in the setting's problem."""
        return self.setting.problem.request[self.request]

    @cached_property
    def beside(self) -> Beside:
        """The request's candidates beside all other residencies."""
        return Beside(self.setting, self.setting.candidates(self.request))

    @cached_property
    def mask(self) -> Mask:
        """The candidates that meet the wish."""
        return self.mask_of(self.beside)

    def mask_of(self, beside: Beside) -> Mask:
        """Return which of other candidates of the request meet the wish."""
        return self.narrow(beside.setting.problem, beside.each)

    def widened(self, problem: Problem, request: Request) -> Beside:
        """Return the candidates that a more generous problem and request give, as things are.

        What is scarce is as scarce as in the setting.
        """
        tables = Tables(problem)
        return Beside(self.setting, build_candidates(tables, request))

    def adjusted(self, adjustments: Sequence[Adjustment]) -> Case:
        """Return the same wish in the adjusted problem."""
        return Case(
            setting=self.setting.adjusted(adjustments), request=self.request, narrow=self.narrow
        )
