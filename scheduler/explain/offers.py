"""Repairs by offering more: the least of desks, places, visitors, GPUs or quotas that suffices."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from scheduler.explain.case import Case
from scheduler.explain.choice import Beside, MayLack
from scheduler.explain.lacks import Lack
from scheduler.explain.scarcity import AREA
from scheduler.explain.setting import Key
from scheduler.problem.adjustments import (
    AddDesks,
    AddGpus,
    AddHostCapacity,
    AddPlaces,
    Adjustment,
    RaiseQuota,
    ShortenOverlap,
)
from scheduler.problem.problem import Problem
from scheduler.problem.types import CollaborationId, HostId, PoolId, QuotaId, SlotId, ZoneId
from scheduler.rules import Rule

OFFERED = (Rule.SLOT, Rule.ZONE, Rule.HOST, Rule.COMPUTING, Rule.QUOTA, Rule.COLLABORATION)
"""Rules of which more can be offered."""

Adjustments = tuple[Adjustment, ...]


def may_be_offered(lack: Lack) -> bool:
    """Tell whether an adjustment gives more of what is lacking; there is none for floor space."""
    return lack.rule in OFFERED and not lack.key[1].endswith(AREA)


def _offered(rule: Rule) -> MayLack:
    return lambda lack: lack.rule is rule and may_be_offered(lack)


def of_things(keys: Collection[Key]) -> MayLack:
    """Let some things be lacking."""
    return lambda lack: lack.key in keys


def single_offers(case: Case) -> Iterator[Adjustments]:
    """Yield, for each kind of thing, the least offer of that kind alone that makes the wish fit."""
    roomy = roomy_of(case)
    for rule in OFFERED:
        offers = _least(case, roomy, _offered(rule))
        if offers:
            yield offers


def joint_offer(case: Case, may_lack: MayLack = may_be_offered) -> Adjustments:
    """Return the fewest offers, of several kinds, that together make the wish fit, if any do."""
    return _least(case, roomy_of(case), may_lack)


def roomy_of(case: Case) -> Beside:
    """Return the candidates that there would be with desks and GPUs for everybody."""
    problem, request = case.setting.problem, case.asked
    return case.widened(roomy(problem, request.desks, request.gpus), request)


def roomy(problem: Problem, desks: int, gpus: int) -> Problem:
    """Return a problem in which no zone and no pool is too small for a request by itself."""
    reserved = sum(each.desks for each in problem.reservations)
    return replace(
        problem,
        zones=tuple(replace(zone, desks=zone.desks + reserved + desks) for zone in problem.zones),
        pools=tuple(replace(pool, gpus=pool.gpus + gpus) for pool in problem.pools),
    )


def _least(case: Case, beside: Beside, may_lack: MayLack) -> Adjustments:
    """Return offers for the way that lacks least; each is as small as the others allow."""
    choice = beside.choose(case.mask_of(beside), may_lack)
    if choice is None:
        return ()
    missing = _missing(choice.lacking, choice.time)
    for key in missing if len(missing) > 1 else ():
        others = {other: amount for other, amount in missing.items() if other != key}
        beyond = case.adjusted([_offer(case, *each) for each in others.items()])
        less = roomy_of(beyond)
        again = less.choose(beyond.mask_of(less), of_things({key}))
        if again is not None:
            missing[key] = _missing(again.lacking, again.time).get(key, 0)
    return tuple(_offer(case, key, amount) for key, amount in missing.items() if amount)


def _missing(lacking: Sequence[Lack], time: int) -> dict[Key, int]:
    """Return how much is missing of each thing at a time."""
    missing: dict[Key, int] = {}
    for lack in lacking:
        missing[lack.key] = max(missing.get(lack.key, 0), int(lack.missing[time]))
    return missing


def _offer(case: Case, key: Key, amount: int) -> Adjustment:
    """Return the adjustment that gives so much more of something."""
    (rule, name), problem = key, case.setting.problem
    match rule:
        case Rule.SLOT:
            return AddPlaces(slot=SlotId(name), places=amount)
        case Rule.HOST:
            return AddHostCapacity(host=HostId(name), capacity=amount)
        case Rule.COMPUTING:
            return AddGpus(pool=PoolId(name), gpus=amount)
        case Rule.QUOTA:
            quota = next(quota for quota in problem.quotas if quota.id == name)
            return RaiseQuota(quota=QuotaId(name), max=(quota.max or 0) + amount)
        case Rule.COLLABORATION:
            bond = next(bond for bond in problem.collaborations if bond.id == name)
            days = bond.min_overlap_days - amount
            return ShortenOverlap(collaboration=CollaborationId(name), min_overlap_days=days)
    return AddDesks(zone=ZoneId(name.partition(" ")[0]), desks=amount)
