"""What a request's candidates lack beside the residencies of others: how much, and when."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from scheduler.candidates.candidates import Candidates, Part
from scheduler.candidates.days import Bools, Ints
from scheduler.candidates.exclusive import value_of_request
from scheduler.candidates.quotas import counts_of
from scheduler.candidates.resources import build_resources
from scheduler.explain.setting import Key, Setting
from scheduler.problem.places import Zone
from scheduler.problem.types import Days, RequestId, days_of
from scheduler.rules import Rule

Others = Collection[RequestId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """Something of which there is too little for some candidates.

    ``missing`` is (times,): how much more it would take, 0 where there is enough. It concerns
    the options of ``part`` that are ``who``, and all ways of a time where ``part`` is None.
    ``full`` is (days,): when there is too little. ``partner`` is the one whose stay matters,
    where it is one.
    """

    key: Key
    part: Part | None
    who: int
    missing: Ints
    full: Bools
    partner: RequestId | None = None

    @property
    def rule(self) -> Rule:
        """Rule by which it is needed."""
        return self.key[0]


def find_lacks(setting: Setting, each: Candidates, without: Others) -> list[Lack]:
    """Return what candidates lack beside all residencies but those of some requests.

    The request's own residency is never in its way.
    """
    left_out = {*without, each.request.id}
    found = [
        *_of_resources(setting, each, left_out),
        *_of_held_zones(setting, each, left_out),
        *_of_quotas(setting, each, left_out),
        *_of_partners(setting, each, left_out),
    ]
    return [lack for lack in found if _matters(each, lack)]


def _matters(each: Candidates, lack: Lack) -> bool:
    """Tell whether any candidate lacks it."""
    if lack.part is None:
        return bool(lack.missing.any())
    options = each.options[lack.part]
    return bool(lack.missing[options.time[options.who == lack.who]].any())


def _of_resources(setting: Setting, each: Candidates, without: Others) -> Iterator[Lack]:
    resources, demands = build_resources(setting.tables, (each,))
    for demand in demands:
        resource = resources[demand.resource]
        key = (resource.rule, resource.name)
        over = setting.used(key, without) + demand.amount - resource.capacity
        if (over > 0).any():
            yield Lack(
                key=key,
                part=demand.part,
                who=demand.who,
                missing=_most_within(setting, each, np.maximum(over, 0)),
                full=over > 0,
            )


def _of_held_zones(setting: Setting, each: Candidates, without: Others) -> Iterator[Lack]:
    """Exclusive zones in which somebody is who shows another value (H6)."""
    problem, horizon = setting.problem, setting.tables.horizon
    for position in np.unique(each.options[Part.ZONE].who).tolist():
        zone = problem.zones[position]
        held = horizon.mask(days for _, days in strangers_in(setting, each, zone, without))
        if held.any():
            yield Lack(
                key=(Rule.EXCLUSIVE_ZONE, zone.id),
                part=Part.ZONE,
                who=position,
                missing=_most_within(setting, each, held.astype(np.int64)),
                full=held,
            )


def strangers_in(
    setting: Setting, each: Candidates, zone: Zone, without: Others
) -> Iterator[tuple[RequestId, Days]]:
    """Yield who is in an exclusive zone and may not share it with the request, and when."""
    if zone.exclusive_by is None:
        return
    problem = setting.problem
    own = value_of_request(problem, each.request, zone.exclusive_by)
    for residency in setting.holdings.in_zone.get(zone.id, ()):
        other = problem.request[residency.request]
        if other.id not in without and value_of_request(problem, other, zone.exclusive_by) != own:
            yield other.id, residency.days


def _of_quotas(setting: Setting, each: Candidates, without: Others) -> Iterator[Lack]:
    for quota in setting.problem.quotas:
        if quota.max is None:
            continue
        for count in counts_of(setting.tables, (each,), quota):
            counted = setting.holdings.counted(quota)
            taken = sum(amount for name, amount in counted.items() if name not in without)
            over = np.maximum(taken + count.amount - quota.max, 0)
            period = setting.tables.horizon.mask([days_of(quota)])
            yield Lack(
                key=(Rule.QUOTA, quota.id),
                part=None,
                who=-1,
                missing=np.where(count.amount > 0, over, 0),
                full=period,
            )


def _of_partners(setting: Setting, each: Candidates, without: Others) -> Iterator[Lack]:
    for collaboration in setting.problem.collaborations:
        if not collaboration.min_overlap_days or each.request.id not in collaboration.requests:
            continue
        for partner in collaboration.requests:
            residency = setting.plan.by_request.get(partner)
            if partner not in without and residency is not None:
                first, stop = residency.days
                common = np.minimum(each.stop, stop) - np.maximum(each.first, first)
                yield Lack(
                    key=(Rule.COLLABORATION, collaboration.id),
                    part=None,
                    who=-1,
                    missing=np.maximum(collaboration.min_overlap_days - np.maximum(common, 0), 0),
                    full=setting.tables.horizon.mask([residency.days]),
                    partner=partner,
                )


def _most_within(setting: Setting, each: Candidates, by_day: Ints) -> Ints:
    """Return the most of an array by day on any day of each time, (days,) -> (times,)."""
    start = setting.tables.horizon.days.start
    ends = np.stack([each.first - start, each.stop - start], axis=1).ravel()
    # The entry past the last day is there because stops may lie on it.
    return np.asarray(np.maximum.reduceat(np.append(by_day, 0), ends)[::2])
