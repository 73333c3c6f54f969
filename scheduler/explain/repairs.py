"""What would help: adjustments and moves that make a wish fit, each verified and priced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from scheduler.explain.case import Case
from scheduler.explain.explanation import Repair
from scheduler.explain.moves import plan_of, plans_by_moves
from scheduler.explain.offers import (
    Adjustments,
    joint_offer,
    may_be_offered,
    of_things,
    single_offers,
)
from scheduler.explain.setting import Setting, objective_of
from scheduler.explain.steps import moves_between, repair_sentence
from scheduler.explain.wants import least_change, single_wants, wants_of
from scheduler.plan import Plan
from scheduler.verify import check_plan

ENOUGH = 3
"""Repairs by one adjustment alone after which none by several is looked for."""


class Proposal(NamedTuple):
    """Adjustments, the plan that they allow, and by how much it is better."""

    setting: Setting
    adjustments: Adjustments
    plan: Plan
    price: int


def find_repairs(case: Case, most: int, by_moves: int) -> tuple[Repair, ...]:
    """Return repairs by adjustments, at most so many, and by moves, the dearest last.

    Every one is verified: what the verifier does not allow is left out.
    """
    adjusted = _proposals(case, _adjustments(case))
    found = [*_verified(case, adjusted, most), *find_moves(case, by_moves)]
    return tuple(sorted(found, key=lambda repair: -repair.price))


def find_moves(case: Case, most: int, *, above: int | None = None) -> Iterator[Repair]:
    """Yield repairs by moves of others, at most so many, of a price above another."""
    plans = islice(plans_by_moves(case), most)
    moved = [_proposal(case.setting, (), plan) for plan in plans]
    dearer = [each for each in moved if above is None or each.price > above]
    yield from _verified(case, dearer, most)


def as_things_are(case: Case) -> Proposal | None:
    """Return the best plan that meets the wish with nobody else moved, None where there is none."""
    choice = case.beside.choose(case.mask)
    if choice is None:
        return None
    placed = {**case.setting.plan.by_request, case.request: choice.residency}
    return _proposal(case.setting, (), plan_of(case.setting, placed))


def repair_of(case: Case, proposal: Proposal) -> Repair:
    """Return a proposal in words."""
    before = case.setting
    moves = moves_between(before, case.request, proposal.plan)
    adjustments, price = proposal.adjustments, proposal.price
    return Repair(
        adjustments=adjustments,
        moves=moves,
        price=price,
        sentence=repair_sentence(before.problem, adjustments, moves, price),
    )


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
        keys = {lack.key for lack in choice.lacking}
        changes = least_change(case, want, of_things(keys))
        offers = joint_offer(case.adjusted(changes)) if changes else ()
        if offers:
            yield (*changes, *offers)


def _proposals(case: Case, adjustments: Iterable[Adjustments]) -> list[Proposal]:
    """Return the best plan after each of some adjustments, nobody else moved."""
    found = []
    for each in adjustments:
        after = case.adjusted(each)
        proposal = as_things_are(after)
        if proposal is not None:
            price = objective_of(after.setting.problem, proposal.plan) - case.setting.objective
            found.append(Proposal(after.setting, each, proposal.plan, price))
    return found


def _proposal(setting: Setting, adjustments: Adjustments, plan: Plan) -> Proposal:
    price = objective_of(setting.problem, plan) - setting.objective
    return Proposal(setting, adjustments, plan, price)


def _verified(case: Case, proposals: list[Proposal], most: int) -> Iterator[Repair]:
    """Yield the best proposals that the verifier allows."""
    shown: list[Plan | Adjustments] = []
    for proposal in sorted(proposals, key=lambda each: -each.price):
        what = proposal.adjustments or proposal.plan
        if len(shown) == most or what in shown:
            continue
        if not check_plan(proposal.setting.problem, proposal.plan):
            shown.append(what)
            yield repair_of(case, proposal)
