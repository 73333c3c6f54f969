"""Repairs by asking for less: the least widening of what a request wants that suffices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from scheduler.candidates.candidates import Part
from scheduler.candidates.days import Bools, Positions
from scheduler.explain.case import Case
from scheduler.explain.choice import Beside, Mask, MayLack, nothing
from scheduler.explain.offers import Adjustments
from scheduler.problem.adjustments import (
    AllowHosts,
    ChangeFrozenDays,
    ChangeLength,
    ReleasePin,
    WaiveNeed,
    WidenWindow,
)
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request
from scheduler.problem.types import day_of

SHORTENED = 2
"""No stay is offered that is shorter than this part of the least that was asked for: half."""

Least = Callable[[Beside, Mask], Adjustments]
"""The least change that allows one of the ways of a mask; none where no change is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """One thing that a request could ask less of: what it asks at its most generous."""

    problem: Problem
    request: Request
    least: Least


def single_wants(case: Case) -> Iterator[Adjustments]:
    """Yield, for each want, the least change of it alone that makes the wish fit."""
    for want in wants_of(case):
        changes = least_change(case, want)
        if changes:
            yield changes


def least_change(case: Case, want: Want, may_lack: MayLack = nothing) -> Adjustments:
    """Return the least change of a want after which the wish lacks only what it may lack."""
    beside = case.widened(want.problem, want.request)
    mask = beside.fitting(case.mask_of(beside), may_lack)
    return want.least(beside, mask) if mask.times.any() else ()


def wants_of(case: Case) -> Iterator[Want]:
    """Yield what the request could ask less of."""
    yield from _days(case)
    yield _shorter(case)
    yield _longer(case)
    yield from _hosts(case)
    yield from _needs(case)
    yield from _decisions(case)


def _days(case: Case) -> Iterator[Want]:
    problem, request = case.setting.problem, case.asked
    programme = problem.programme
    if request.last_day < programme.last_day:
        later = replace(request, last_day=programme.last_day)
        yield Want(problem=problem, request=later, least=lambda *found: _until(request, *found))
    if request.first_day > programme.first_day:
        earlier = replace(request, first_day=programme.first_day)
        yield Want(problem=problem, request=earlier, least=lambda *found: _from(request, *found))


def _until(request: Request, beside: Beside, mask: Mask) -> Adjustments:
    last_day = day_of(int(beside.each.stop[mask.times].min()) - 1)
    return (WidenWindow(request=request.id, last_day=last_day),)


def _from(request: Request, beside: Beside, mask: Mask) -> Adjustments:
    first_day = day_of(int(beside.each.first[mask.times].max()))
    return (WidenWindow(request=request.id, first_day=first_day),)


def _shorter(case: Case) -> Want:
    """Return the want of any shorter stay: the steps count from the least length."""
    problem, request = case.setting.problem, case.asked
    policy = replace(problem.policy, stay_step_days=1)
    return Want(
        problem=replace(problem, policy=policy),
        request=replace(request, min_days=-(-request.min_days // SHORTENED)),
        least=lambda *found: _at_least(request, problem.policy.stay_step_days, *found),
    )


def _at_least(request: Request, step: int, beside: Beside, mask: Mask) -> Adjustments:
    lengths = beside.each.stop - beside.each.first
    whole = _in_whole_slots(beside, mask)
    in_steps, fixed = np.unique(lengths[mask.times & ~whole]), np.unique(lengths[whole])
    for least in range(request.min_days - 1, beside.each.request.min_days - 1, -1):
        reached = (in_steps >= least) & ((in_steps - least) % step == 0)
        if reached.any() or (fixed >= least).any():
            return (ChangeLength(request=request.id, min_days=least),)
    return ()


def _in_whole_slots(beside: Beside, mask: Mask) -> Bools:
    """Return the times of a mask that are those of slots with fixed dates, (times,)."""
    slots = beside.each.options[Part.SLOT]
    fixed = np.array([slot.fixed_dates for slot in beside.setting.problem.slots], dtype=np.bool_)
    at: Positions = slots.time[mask.options[Part.SLOT] & fixed[slots.who]]
    return np.asarray(mask.times & np.isin(np.arange(beside.each.times), at))


def _longer(case: Case) -> Want:
    problem, request = case.setting.problem, case.asked
    most = (request.last_day - request.first_day).days + 1
    return Want(
        problem=problem,
        request=replace(request, max_days=max(most, request.max_days)),
        least=lambda *found: _at_most(request, *found),
    )


def _at_most(request: Request, beside: Beside, mask: Mask) -> Adjustments:
    most = int((beside.each.stop - beside.each.first)[mask.times].min())
    return (ChangeLength(request=request.id, max_days=most),) if most > request.max_days else ()


def _hosts(case: Case) -> Iterator[Want]:
    """Yield the want of any other host of the track, all of them equally welcome."""
    problem, request = case.setting.problem, case.asked
    if not request.hosts:
        return
    others = tuple(
        host.id
        for host in problem.hosts
        if request.track in host.tracks and host.id not in request.hosts
    )
    weights = replace(problem.policy.weights, host_rank=0)
    if others:
        yield Want(
            problem=replace(problem, policy=replace(problem.policy, weights=weights)),
            request=replace(request, hosts=others),
            least=lambda *found: _host_too(request, *found),
        )


def _host_too(request: Request, beside: Beside, mask: Mask) -> Adjustments:
    choice = beside.choose(mask)
    host = choice.residency.host if choice else None
    return () if host is None else (AllowHosts(request=request.id, hosts=(host,)),)


def _needs(case: Case) -> Iterator[Want]:
    """Yield the want of doing without each needed feature, and without all of them."""
    problem, request = case.setting.problem, case.asked
    for features in dict.fromkeys([*((feature,) for feature in request.needs), request.needs]):
        if not features:
            continue
        left = tuple(need for need in request.needs if need not in features)
        changes = tuple(WaiveNeed(request=request.id, feature=each) for each in features)
        yield Want(
            problem=problem,
            request=replace(request, needs=left),
            least=lambda *_found, changes=changes: changes,
        )


def _decisions(case: Case) -> Iterator[Want]:
    """Yield the wants of taking a pin back, and of less notice for published stays."""
    problem, request = case.setting.problem, case.asked
    if any(pin.request == request.id for pin in problem.pins):
        release = ReleasePin(request=request.id)
        yield Want(
            problem=release.applied_to(problem), request=request, least=lambda *_found: (release,)
        )
    told = problem.told.get(request.id)
    if told is not None and problem.is_frozen(told) and told.first_day >= problem.programme.today:
        notice = (told.first_day - problem.programme.today).days
        unfreeze = ChangeFrozenDays(frozen_days=notice)
        yield Want(
            problem=unfreeze.applied_to(problem), request=request, least=lambda *_found: (unfreeze,)
        )
