"""What would help: adjustments and moves that make a wish fit, each verified and priced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import NamedTuple

from scheduler.explain.case import Case
from scheduler.explain.choice import Choice
from scheduler.explain.explanation import Repair
from scheduler.explain.moves import plan_of, plans_by_moves
from scheduler.explain.offers import (
    Adjustments,
    joint_offer,
    may_be_offered,
    of_things,
    single_offers,
)
from scheduler.explain.setting import objective_of
from scheduler.explain.steps import moves_between, repair_sentence
from scheduler.explain.wants import least_change, single_wants, wants_of
from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.verify import check_plan

ENOUGH = 3
"""Repairs by one adjustment alone after which none by several is looked for."""


class Proposal(NamedTuple):
    """Adjustments, the problem after them, and a plan in which the wish is met."""

    problem: Problem
    adjustments: Adjustments
    plan: Plan


def find_repairs(case: Case, most: int, by_moves: int) -> tuple[Repair, ...]:
    """Return repairs by adjustments, at most so many, and by moves, the dearest last.

    Every one is verified: what the verifier does not allow is left out.
    """
    with _in_background(case, by_moves) as moving:
        adjusted = _distinct(_proposals(case))
        found = list(islice(_verified(case, adjusted), most))
        found += _verified(case, moving.result())
    return _sorted(found)


def find_repairs_by_moves(case: Case, placed: Repair) -> tuple[Repair, ...]:
    """Return a repair that moves nobody else, with one by moves of others if it is better."""
    moved = [
        repair for repair in _verified(case, _by_moves(case, 1)) if repair.price > placed.price
    ]
    return _sorted([placed, *moved])


def placed_as_things_are(case: Case) -> Repair | None:
    """Return the best way to meet the wish with nobody else moved, None where there is none."""
    choice = case.beside.choose(case.mask)
    if choice is None:
        return None
    proposal = Proposal(case.setting.problem, (), _with(case, choice))
    return next(_verified(case, [proposal]), None)


def _sorted(repairs: Iterable[Repair]) -> tuple[Repair, ...]:
    return tuple(sorted(repairs, key=lambda repair: -repair.price))


@contextmanager
def _in_background(case: Case, most: int) -> Iterator[Future[list[Proposal]]]:
    """Look for plans by moves of others in another thread, while something else is done."""
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(_by_moves, case, most)


def _by_moves(case: Case, most: int) -> list[Proposal]:
    plans = islice(plans_by_moves(case), most)
    return [Proposal(case.setting.problem, (), plan) for plan in plans]


def _adjustments(case: Case) -> Iterator[Adjustments]:
    """Yield adjustments after which the wish fits: single ones, and where few do, joint ones."""
    found = [*single_offers(case), *single_wants(case)]
    yield from found
    if len(found) < ENOUGH:
        joint = joint_offer(case)
        if len(joint) > 1:
            yield joint
        yield from _mixed(case)


def _mixed(case: Case) -> Iterator[Adjustments]:
    """Yield changes of one want that go together with offers."""
    for want in wants_of(case):
        beside = case.widened(want.problem, want.request)
        choice = beside.choose(case.mask_of(beside), may_be_offered)
        if choice is None or not choice.lacking:
            continue
        lacking = of_things({lack.key for lack in choice.lacking})
        if joint_offer(case, lacking):
            # Without the change they suffice as well.
            continue
        changes = least_change(case, want, lacking)
        offers = joint_offer(case.adjusted(changes), lacking) if changes else ()
        if offers:
            yield (*changes, *offers)


def _proposals(case: Case) -> list[Proposal]:
    """Return the best plan after each of some adjustments, nobody else moved, the best first."""
    found = []
    for adjustments in _adjustments(case):
        after = case.adjusted(adjustments)
        choice = after.beside.choose(after.mask)
        if choice is not None:
            plan = _with(case, choice)
            found.append((choice.points, Proposal(after.setting.problem, adjustments, plan)))
    return [proposal for _, proposal in sorted(found, key=lambda each: -each[0])]


def _with(case: Case, choice: Choice) -> Plan:
    """Return the plan with the request where a choice puts it."""
    placed = {**case.setting.plan.by_request, case.request: choice.residency}
    return plan_of(case.setting, placed)


def _distinct(proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    seen: list[Adjustments] = []
    for proposal in proposals:
        if proposal.adjustments not in seen:
            seen.append(proposal.adjustments)
            yield proposal


def _verified(case: Case, proposals: Iterable[Proposal]) -> Iterator[Repair]:
    """Yield each proposal that the verifier allows, with its price, in words."""
    before = case.setting
    for problem, adjustments, plan in proposals:
        if check_plan(problem, plan):
            continue
        moves = moves_between(before, case.request, plan)
        price = objective_of(problem, plan) - before.objective
        yield Repair(
            adjustments=adjustments,
            moves=moves,
            price=price,
            sentence=repair_sentence(before.problem, adjustments, moves, price),
        )
