"""Repairs as sentences: what each adjustment changes, and who moves from where to where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import singledispatch

from scheduler.explain.explanation import Move
from scheduler.explain.sentences import Sentence, Value, sentence
from scheduler.explain.setting import Setting
from scheduler.explain.spelling import stay_of, worth_of
from scheduler.explain.templates import Template
from scheduler.explain.things import Kind, Thing, span_of
from scheduler.explain.wishes import host_of, zone_of
from scheduler.plan import Plan
from scheduler.problem.adjustments import (
    AddDesks,
    AddGpus,
    AddHostCapacity,
    AddPlaces,
    Adjustment,
    AllowHosts,
    ChangeFrozenDays,
    ChangeLength,
    RaiseQuota,
    ReleasePin,
    ShortenOverlap,
    WaiveNeed,
    WidenWindow,
)
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request, Residency
from scheduler.problem.types import RequestId

MOST_MOVES = 5
"""How many moves a sentence tells; the others are counted."""


def moves_between(setting: Setting, first: RequestId, plan: Plan) -> tuple[Move, ...]:
    """Return every residency that another plan changes, that of one request first."""
    before, after = setting.plan.by_request, plan.by_request
    names = (request.id for request in setting.problem.requests)
    changed = [name for name in names if before.get(name) != after.get(name)]
    return tuple(
        Move(
            request=name,
            before=before.get(name),
            after=after.get(name),
            sentence=_move(name, before.get(name), after.get(name)),
        )
        for name in sorted(changed, key=lambda name: name != first)
    )


def repair_sentence(
    problem: Problem, adjustments: Sequence[Adjustment], moves: Sequence[Move], price: int
) -> Sentence:
    """Return what is to be done, and what it is worth."""
    steps: list[Value] = [_spell(each, problem) for each in adjustments]
    steps += [move.sentence for move in moves[:MOST_MOVES]]
    if len(moves) > MOST_MOVES:
        steps.append(sentence(Template.MORE, count=len(moves) - MOST_MOVES))
    return sentence(Template.REPAIR, steps=tuple(steps), worth=worth_of(price))


def _move(request: RequestId, before: Residency | None, after: Residency | None) -> Sentence:
    who = Thing(kind=Kind.REQUEST, id=request)
    if after is None or before is None:
        stay = after or before
        template = Template.MOVE_OUT if after is None else Template.MOVE_IN
        return sentence(template, request=who, stay=stay_of(stay) if stay else "")
    changes = tuple(_changes(before, after))
    return sentence(Template.MOVE, request=who, changes=changes)


def _changes(before: Residency, after: Residency) -> Iterator[Sentence]:
    if before.days != after.days:
        yield sentence(Template.MOVE_TO, now=span_of(after), then=span_of(before))
    if before.zone != after.zone:
        yield sentence(Template.MOVE_TO, now=zone_of(after), then=zone_of(before))
    if before.host != after.host:
        yield sentence(Template.MOVE_HOST, now=host_of(after), then=host_of(before))
    if before.pool != after.pool:
        pools = [Thing(kind=Kind.POOL, id=each.pool or "") for each in (after, before)]
        yield sentence(Template.MOVE_TO, now=pools[0], then=pools[1])
    if before.slot != after.slot:
        slots = [Thing(kind=Kind.SLOT, id=each.slot) for each in (after, before)]
        yield sentence(Template.MOVE_SLOT, now=slots[0], then=slots[1])


@singledispatch
def _spell(adjustment: Adjustment, _problem: Problem) -> Sentence:
    """Return what an adjustment changes; only those that repairs are made of."""
    raise TypeError(adjustment)


@_spell.register
def _(adjustment: AddDesks, _problem: Problem) -> Sentence:
    zone = Thing(kind=Kind.ZONE, id=adjustment.zone)
    return sentence(Template.ADD_DESKS, zone=zone, count=adjustment.desks)


@_spell.register
def _(adjustment: AddPlaces, _problem: Problem) -> Sentence:
    slot = Thing(kind=Kind.SLOT, id=adjustment.slot)
    return sentence(Template.ADD_PLACES, slot=slot, count=adjustment.places)


@_spell.register
def _(adjustment: AddHostCapacity, _problem: Problem) -> Sentence:
    host = Thing(kind=Kind.HOST, id=adjustment.host)
    return sentence(Template.ADD_CAPACITY, host=host, count=adjustment.capacity)


@_spell.register
def _(adjustment: AddGpus, _problem: Problem) -> Sentence:
    pool = Thing(kind=Kind.POOL, id=adjustment.pool)
    return sentence(Template.ADD_GPUS, pool=pool, count=adjustment.gpus)


@_spell.register
def _(adjustment: RaiseQuota, problem: Problem) -> Sentence:
    was = next(quota.max for quota in problem.quotas if quota.id == adjustment.quota)
    quota = Thing(kind=Kind.QUOTA, id=adjustment.quota)
    most = adjustment.max or 0
    return sentence(Template.RAISE_QUOTA, quota=quota, was=was or 0, most=most)


@_spell.register
def _(adjustment: ShortenOverlap, problem: Problem) -> Sentence:
    bond = next(each for each in problem.collaborations if each.id == adjustment.collaboration)
    members = tuple(Thing(kind=Kind.REQUEST, id=each) for each in bond.requests)
    days, was = adjustment.min_overlap_days, bond.min_overlap_days
    return sentence(Template.SHORTEN_OVERLAP, days=days, was=was, requests=members)


@_spell.register
def _(adjustment: ChangeFrozenDays, problem: Problem) -> Sentence:
    was = problem.policy.frozen_days
    return sentence(Template.UNFREEZE, days=adjustment.frozen_days, was=was)


@_spell.register
def _(adjustment: WidenWindow, problem: Problem) -> Sentence:
    request, who = _asker(problem, adjustment.request)
    if adjustment.last_day is not None:
        later = adjustment.last_day
        return sentence(Template.LATER, request=who, day=later, was=request.last_day)
    earlier = adjustment.first_day or request.first_day
    return sentence(Template.EARLIER, request=who, day=earlier, was=request.first_day)


@_spell.register
def _(adjustment: ChangeLength, problem: Problem) -> Sentence:
    request, who = _asker(problem, adjustment.request)
    if adjustment.min_days is not None:
        least = adjustment.min_days
        return sentence(Template.SHORTER, request=who, days=least, was=request.min_days)
    most = adjustment.max_days or request.max_days
    return sentence(Template.LONGER, request=who, days=most, was=request.max_days)


@_spell.register
def _(adjustment: AllowHosts, problem: Problem) -> Sentence:
    hosts = tuple(Thing(kind=Kind.HOST, id=host) for host in adjustment.hosts)
    return sentence(Template.ALLOW_HOST, request=_asker(problem, adjustment.request)[1], host=hosts)


@_spell.register
def _(adjustment: WaiveNeed, problem: Problem) -> Sentence:
    who = _asker(problem, adjustment.request)[1]
    feature = Thing(kind=Kind.FEATURE, id=adjustment.feature)
    return sentence(Template.WAIVE_NEED, request=who, feature=feature)


@_spell.register
def _(adjustment: ReleasePin, problem: Problem) -> Sentence:
    return sentence(Template.RELEASE_PIN, request=_asker(problem, adjustment.request)[1])


def _asker(problem: Problem, name: RequestId) -> tuple[Request, Thing]:
    return problem.request[name], Thing(kind=Kind.REQUEST, id=name)
