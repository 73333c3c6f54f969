"""What a request's candidates are worth beside the residencies of others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from scheduler.candidates.candidates import Candidates, Part
from scheduler.candidates.days import Ints
from scheduler.candidates.quotas import counts_of
from scheduler.explain.lacks import Others
from scheduler.explain.setting import Setting
from scheduler.problem.requests import Collaboration, Residency


def near_partners(setting: Setting, each: Candidates, without: Others) -> Candidates:
    """Return the candidates with the points of being with partners who are there."""
    weights = setting.problem.policy.weights
    zones = each.options[Part.ZONE]
    points, zone_points = each.points.copy(), zones.points.copy()
    for collaboration, partner in _partners(setting, each, without):
        first, stop = partner.days
        common = np.maximum(np.minimum(each.stop, stop) - np.maximum(each.first, first), 0)
        points += weights.overlap_day * np.minimum(common, collaboration.target_overlap_days)
        if collaboration.same_floor:
            there = setting.problem.zone[partner.zone].floor
            here = [zone.floor == there for zone in setting.problem.zones]
            same = np.array(here, dtype=np.bool_)[zones.who]
            zone_points += weights.same_floor * (same & (common > 0)[zones.time])
    options = {**each.options, Part.ZONE: replace(zones, points=zone_points)}
    return replace(each, points=points, options=options)


def _partners(
    setting: Setting, each: Candidates, without: Others
) -> Iterator[tuple[Collaboration, Residency]]:
    for collaboration in setting.problem.collaborations:
        if each.request.id in collaboration.requests:
            for name in collaboration.requests:
                residency = setting.plan.by_request.get(name)
                if residency is not None and name != each.request.id and name not in without:
                    yield collaboration, residency


def towards_quotas(setting: Setting, each: Candidates, without: Others) -> Ints:
    """Return the points by which each time lessens what quotas lack to their minima, (times,)."""
    points = np.zeros(each.times, dtype=np.int64)
    for quota in setting.problem.quotas:
        if not quota.min:
            continue
        for count in counts_of(setting.tables, (each,), quota):
            counted = setting.holdings.counted(quota)
            left_out = {*without, each.request.id}
            missing = quota.min - sum(
                amount for name, amount in counted.items() if name not in left_out
            )
            before = -(-max(0, missing) // quota.unit)
            after = -(-np.maximum(0, missing - count.amount) // quota.unit)
            points += quota.points_per_missing * (before - after)
    return points
