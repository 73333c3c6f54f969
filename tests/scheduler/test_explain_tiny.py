"""Explanations of seeded tiny plans agree with exhaustive search."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Any

import pytest

from scheduler.explain.document import explanation_document
from scheduler.explain.english import English
from scheduler.explain.explain import explain_plan, explain_request
from scheduler.explain.explanation import Freedom, Repair
from scheduler.explain.leeway import find_leeways
from scheduler.plan import Plan
from scheduler.problem.adjustments import (
    AddDesks,
    AddGpus,
    AddHostCapacity,
    AddPlaces,
    Adjustment,
    ChangeLength,
    RaiseQuota,
    ShortenOverlap,
    WidenWindow,
    apply,
)
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.types import RequestId, day_of
from scheduler.verify import check_plan
from tests.brute_force import allowed_residencies
from tests.explaining import SEEDS, after, fitting, objective, planned, unplaced, with_residency


def repairs_of(problem: Problem, plan: Plan, request: RequestId) -> list[Repair]:
    """Return everything that would help a request, its wishes too."""
    explained = explain_request(problem, plan, request)
    return [*explained.repairs, *chain(*(wish.repairs for wish in explained.wishes))]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_request_that_would_fit_is_told_the_best_way(seed: int) -> None:
    for problem, plan in planned(seed):
        for request in problem.submitted:
            if request.id not in plan.by_request:
                found = [worth for _, worth in fitting(problem, plan, request.id)]
                explained = explain_request(problem, plan, request.id)
                assert (explained.reasons == ()) == bool(found)
                if found:
                    best = max(found) - objective(problem, plan)
                    assert [repair.price for repair in explained.repairs] == [best]


@pytest.mark.parametrize("seed", SEEDS)
def test_repairs_are_allowed_and_priced_by_the_true_difference(seed: int) -> None:
    for problem, plan in planned(seed):
        for request in problem.submitted:
            for repair in repairs_of(problem, plan, request.id):
                adjusted, changed = apply(problem, repair.adjustments), after(plan, repair)
                assert check_plan(adjusted, changed) == ()
                assert repair.price == objective(adjusted, changed) - objective(problem, plan)
                assert repair.moves[0].request == request.id
                assert changed.by_request[request.id] == repair.moves[0].after


@pytest.mark.parametrize("seed", SEEDS)
def test_adjustments_suffice_with_nobody_else_moved_and_smaller_ones_do_not(seed: int) -> None:
    for problem, plan, request in unplaced(seed):
        for repair in explain_request(problem, plan, request).repairs:
            if repair.adjustments:
                adjusted = apply(problem, repair.adjustments)
                best = max(worth for _, worth in fitting(adjusted, plan, request))
                assert repair.price == best - objective(problem, plan)
            for less in smaller(problem, repair.adjustments):
                assert next(fitting(apply(problem, less), plan, request), None) is None


def smaller(
    problem: Problem, adjustments: tuple[Adjustment, ...]
) -> Iterator[tuple[Adjustment, ...]]:
    """Yield the adjustments with one of them one unit smaller, or left out."""
    for number, adjustment in enumerate(adjustments):
        less = one_less(problem, adjustment)
        yield (*adjustments[:number], *less, *adjustments[number + 1 :])


def one_less(problem: Problem, adjustment: Adjustment) -> tuple[Adjustment, ...]:
    """Return an adjustment one unit smaller; none where it would change nothing."""
    less: Adjustment | None = None
    match adjustment:
        case AddDesks(desks=count) if count > 1:
            less = replace(adjustment, desks=count - 1)
        case AddPlaces(places=count) if count > 1:
            less = replace(adjustment, places=count - 1)
        case AddHostCapacity(capacity=count) if count > 1:
            less = replace(adjustment, capacity=count - 1)
        case AddGpus(gpus=count) if count > 1:
            less = replace(adjustment, gpus=count - 1)
        case RaiseQuota(quota=name, max=most) if most is not None:
            was = next(quota.max for quota in problem.quotas if quota.id == name)
            less = replace(adjustment, max=most - 1) if most - 1 != was else None
        case ShortenOverlap(min_overlap_days=days):
            less = replace(adjustment, min_overlap_days=days + 1)
        case WidenWindow(last_day=day) if day is not None:
            less = replace(adjustment, last_day=day_of(day.toordinal() - 1))
        case WidenWindow(first_day=day) if day is not None:
            less = replace(adjustment, first_day=day_of(day.toordinal() + 1))
        case ChangeLength(request=name, min_days=days) if days is not None:
            was = problem.request[name].min_days
            less = replace(adjustment, min_days=days + 1) if days + 1 != was else None
    return () if less is None else (less,)


OFFERS = {
    "add_desks": "zones",
    "add_places": "slots",
    "add_host_capacity": "hosts",
    "add_gpus": "pools",
}


def offers(problem: Problem, kind: str, count: int) -> Iterator[Adjustment]:
    """Yield every way to offer so much more of one kind of thing."""
    for thing in getattr(problem, OFFERS[kind]):
        made: dict[str, Any] = {
            "add_desks": lambda name: AddDesks(zone=name, desks=count),
            "add_places": lambda name: AddPlaces(slot=name, places=count),
            "add_host_capacity": lambda name: AddHostCapacity(host=name, capacity=count),
            "add_gpus": lambda name: AddGpus(pool=name, gpus=count),
        }
        yield made[kind](thing.id)


@pytest.mark.parametrize("kind", OFFERS)
@pytest.mark.parametrize("seed", SEEDS)
def test_no_smaller_offer_of_the_same_kind_would_do_elsewhere(seed: int, kind: str) -> None:
    for problem, plan, request in unplaced(seed):
        for repair in explain_request(problem, plan, request).repairs:
            kinds = [adjustment.kind for adjustment in repair.adjustments]
            if kinds == [kind]:
                for offer in offers(problem, kind, amount_of(repair.adjustments[0]) - 1):
                    if amount_of(offer):
                        lesser = apply(problem, [offer])
                        assert next(fitting(lesser, plan, request), None) is None


def amount_of(adjustment: Adjustment) -> int:
    """Return how much more an adjustment offers."""
    match adjustment:
        case AddDesks(desks=count):
            return count
        case AddPlaces(places=count):
            return count
        case AddHostCapacity(capacity=count):
            return count
        case AddGpus(gpus=count):
            return count
    return 0


@pytest.mark.parametrize("seed", SEEDS)
def test_where_moving_one_other_makes_room_there_is_a_repair_that_does_it(seed: int) -> None:
    for problem, plan, request in unplaced(seed):
        found = list(by_moving_one(problem, plan, request))
        explained = explain_request(problem, plan, request)
        moves = [repair for repair in explained.repairs if not repair.adjustments]
        assert bool(found) <= bool(moves)
        if found:
            assert min(len(repair.moves) for repair in moves) == 2
            assert max(repair.price for repair in moves) >= max(found)


def by_moving_one(problem: Problem, plan: Plan, request: RequestId) -> Iterator[int]:
    """Yield what the plan gains by each way to place a request and move or drop one other."""
    before, own = (
        objective(problem, plan),
        list(allowed_residencies(problem, problem.request[request])),
    )
    for other in plan.by_request:
        elsewhere: list[Residency | None] = [None]
        elsewhere += allowed_residencies(problem, problem.request[other])
        for residency in elsewhere:
            moved = with_residency(plan, other, residency)
            for place in own:
                changed = with_residency(moved, request, place)
                if not check_plan(problem, changed):
                    yield objective(problem, changed) - before


@pytest.mark.parametrize("seed", SEEDS)
def test_leeway_is_the_least_loss_of_any_change_beside_the_others(seed: int) -> None:
    for problem, plan in planned(seed):
        leeways = find_leeways(problem, plan)
        assert [leeway.request for leeway in leeways] == list(plan.by_request)
        for residency, leeway in zip(plan.residencies, leeways, strict=True):
            ways = list(fitting(problem, plan, residency.request))
            worth = objective(problem, plan)
            changes: list[Callable[[Residency, Residency], bool]] = [
                lambda way, now: way.days != now.days,
                lambda way, now: way.zone != now.zone,
                lambda way, now: way.host != now.host,
            ]
            losses = [
                min(
                    (worth - points for way, points in ways if is_other(way, residency)),
                    default=None,
                )
                for is_other in changes
            ]
            assert [leeway.days, leeway.zone, leeway.host] == losses
            known = [loss for loss in losses if loss is not None]
            assert leeway.loss == min(known, default=None)
            free = leeway.freedom is Freedom.FREE
            assert free == bool(known and min(known) <= 0)
            assert (leeway.freedom is Freedom.COST) == bool(known and min(known) > 0)


@pytest.mark.parametrize("seed", SEEDS)
def test_everything_can_be_said(seed: int) -> None:
    for problem, plan in planned(seed):
        english = English(problem)
        whole = [explain_request(problem, plan, request.id) for request in problem.submitted]
        for explained in (*whole, *explain_plan(problem, plan)):
            assert "%(" not in str(explanation_document(explained, english))
