"""Reasons from what is scarce: which things, on which days, and who holds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from scheduler.candidates.days import Bools, Ints
from scheduler.explain.choice import Beside, Mask, everything, only
from scheduler.explain.explanation import Holder, Reason
from scheduler.explain.lacks import Lack, strangers_in
from scheduler.explain.sentences import Sentence, Value
from scheduler.explain.setting import Setting
from scheduler.explain.templates import Template
from scheduler.explain.things import Kind, Thing, span_of, spans_of, spell_out
from scheduler.problem.places import ExclusiveBy
from scheduler.problem.programme import Measure, Quota
from scheduler.problem.types import Days, RequestId, ZoneId
from scheduler.rules import Rule

MOST_THINGS = 5
"""How many scarce things are given for a rule: those in the way of most stays."""

KINDS = {
    Rule.SLOT: Kind.SLOT,
    Rule.ZONE: Kind.ZONE,
    Rule.EXCLUSIVE_ZONE: Kind.ZONE,
    Rule.HOST: Kind.HOST,
    Rule.COMPUTING: Kind.POOL,
    Rule.OWN_CALENDAR: Kind.RESEARCHER,
    Rule.SEPARATION: Kind.SEPARATION,
    Rule.QUOTA: Kind.QUOTA,
    Rule.COLLABORATION: Kind.COLLABORATION,
}

HELD_BY = {
    ExclusiveBy.INSTITUTION: Template.HELD_BY_INSTITUTION,
    ExclusiveBy.COUNTRY: Template.HELD_BY_COUNTRY,
    ExclusiveBy.TRACK: Template.HELD_BY_TRACK,
    ExclusiveBy.GROUP: Template.HELD_BY_GROUP,
}

SAID = {
    Rule.SLOT: Template.SLOT_FULL,
    Rule.ZONE: Template.DESKS_TAKEN,
    Rule.HOST: Template.HOST_BUSY,
    Rule.COMPUTING: Template.GPUS_TAKEN,
    Rule.OWN_CALENDAR: Template.ELSEWHERE,
    Rule.SEPARATION: Template.APART,
    Rule.COLLABORATION: Template.OTHER_DAYS,
}

USED_UP = {
    Measure.RESIDENCIES: Template.RESIDENCIES_USED_UP,
    Measure.PERSON_DAYS: Template.PERSON_DAYS_USED_UP,
    Measure.COST: Template.COST_USED_UP,
}

AREA = " m2"
"""What the name of a zone's square metres ends with."""


def reasons_of(beside: Beside, mask: Mask | None = None) -> tuple[Reason, ...]:
    """Return why none of a request's candidates fits, by rule.

    Where leaving out one rule alone would do, only such rules are named, and of what is scarce
    by them only what stands between the request and a place.
    """
    mask = mask or everything(beside.each)
    rules = list(dict.fromkeys(lack.rule for lack in beside.lacks))
    decisive = [rule for rule in rules if beside.choose(mask, only(rule)) is not None]
    found: list[Reason] = []
    for rule in decisive or rules:
        seen = beside.fitting(mask, only(rule)) if decisive else mask
        found += _reasons_of_rule(beside, rule, seen)
    return tuple(found)


def resource_of(lack: Lack) -> Thing:
    """Return what is scarce."""
    rule, name = lack.key
    return Thing(kind=KINDS[rule], id=name.partition(" ")[0])


def holders_of(setting: Setting, lack: Lack, request: RequestId, days: Bools) -> list[Holder]:
    """Return who holds what is lacking on any of some days, whoever is there longest first."""
    start = setting.tables.horizon.days.start
    found = list(_all_holders(setting, lack, request))
    common = {id(each): int(days[_part(each, start, len(days))].sum()) for each in found}
    there = [each for each in found if common[id(each)] or lack.rule in _WHENEVER]
    return sorted(there, key=lambda each: (-common[id(each)], -each.amount))


_WHENEVER = (Rule.QUOTA, Rule.COLLABORATION)
"""Rules by which it does not matter whether stays have days in common."""


def _part(holder: Holder, start: int, size: int) -> slice:
    first, stop = holder.days.days
    return slice(min(max(first - start, 0), size), min(max(stop - start, 0), size))


def _all_holders(setting: Setting, lack: Lack, request: RequestId) -> Iterator[Holder]:
    problem, plan = setting.problem, setting.plan
    if lack.rule is Rule.QUOTA:
        quota = _quota(setting, lack)
        for name, amount in setting.holdings.counted(quota).items():
            if name != request:
                yield _holder(name, plan.by_request[name].days, amount)
    elif lack.partner is not None:
        yield _holder(lack.partner, plan.by_request[lack.partner].days, 1)
    elif lack.rule is Rule.EXCLUSIVE_ZONE:
        zone = problem.zone[ZoneId(lack.key[1])]
        for name, days in strangers_in(setting, setting.candidates(request), zone, {request}):
            yield _holder(name, days, 1)
    else:
        for use in setting.holdings.uses.get(lack.key, ()):
            if use.request != request:
                yield _holder(use.request, use.days, use.amount)
        if lack.rule is Rule.ZONE:
            yield from _reservations(setting, lack)


def _holder(request: RequestId, days: Days, amount: int) -> Holder:
    return Holder(what=Thing(kind=Kind.REQUEST, id=request), days=spell_out(days), amount=amount)


def _reservations(setting: Setting, lack: Lack) -> Iterator[Holder]:
    zone = resource_of(lack).id
    for each in setting.tables.reserved.get(zone, ()):
        amount = each.area_m2 if lack.key[1].endswith(AREA) else each.desks
        if amount:
            what = Thing(kind=Kind.RESERVATION, id=each.id)
            yield Holder(what=what, days=span_of(each), amount=amount)


def _reasons_of_rule(beside: Beside, rule: Rule, mask: Mask) -> Iterator[Reason]:
    """Yield the scarce things of a rule that are most in the way of what a mask leaves."""
    blocked = [(lack, beside.blocked(lack, mask)) for lack in beside.lacks if lack.rule is rule]
    blocked = [(lack, times) for lack, times in blocked if times.any()]
    blocked.sort(key=lambda each: -int(each[1].sum()))
    for lack, times in blocked[:MOST_THINGS]:
        days = lack.full if lack.partner else lack.full & _days_of(beside, times)
        spans = spans_of(days, beside.setting.tables.horizon.days.start)
        holders = holders_of(beside.setting, lack, beside.each.request.id, days)
        values: dict[str, Value] = {
            "days": spans,
            "holders": tuple(holder.what for holder in holders),
            "missing": int(lack.missing[times].max()),
            **_named(beside.setting, lack, holders),
        }
        yield Reason(
            rule=rule,
            resource=resource_of(lack),
            days=spans,
            holders=tuple(holders),
            sentence=Sentence(template=_template(beside.setting, lack), values=values),
        )


def _days_of(beside: Beside, times: Bools) -> Bools:
    """Return the days that some times hold, (days,)."""
    start, size = beside.setting.tables.horizon.days.start, beside.setting.tables.horizon.size
    change: Ints = np.zeros(size + 1, dtype=np.int64)
    np.add.at(change, beside.each.first[times] - start, 1)
    np.add.at(change, beside.each.stop[times] - start, -1)
    return np.asarray(np.cumsum(change)[:size] > 0)


def _template(setting: Setting, lack: Lack) -> Template:
    """Return what is said of something scarce."""
    match lack.rule:
        case Rule.EXCLUSIVE_ZONE:
            by = setting.problem.zone[ZoneId(lack.key[1])].exclusive_by
            return HELD_BY[by or ExclusiveBy.INSTITUTION]
        case Rule.QUOTA:
            return USED_UP[_quota(setting, lack).measure]
        case Rule.ZONE if lack.key[1].endswith(AREA):
            return Template.AREA_TAKEN
    return SAID[lack.rule]


def _named(setting: Setting, lack: Lack, holders: Sequence[Holder]) -> dict[str, Value]:
    """Return what a sentence calls by name, and its numbers."""
    rule, thing = lack.rule, resource_of(lack)
    if rule is Rule.SEPARATION:
        return {"zone": Thing(kind=Kind.ZONE, id=lack.key[1].rpartition(" ")[2])}
    if rule is Rule.COLLABORATION:
        collaborations = setting.problem.collaborations
        bond = next(each for each in collaborations if each.id == lack.key[1])
        return {"least": bond.min_overlap_days}
    if rule is Rule.QUOTA:
        quota = _quota(setting, lack)
        used = sum(holder.amount for holder in holders)
        currency = setting.problem.programme.currency
        return {"quota": thing, "used": used, "most": quota.max or 0, "currency": currency}
    return {thing.kind.value: thing}


def _quota(setting: Setting, lack: Lack) -> Quota:
    return next(quota for quota in setting.problem.quotas if quota.id == lack.key[1])
