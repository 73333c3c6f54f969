"""Who has a place, by track and by country, and where quotas stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Quota
from scheduler.problem.types import TrackId, text_in
from scheduler.verify.counts import count_quota
from scheduler.verify.stays import Stays
from web.use_cases.names import Names
from web.use_cases.views.overview import QuotaRow, QuotaState, ShareRow


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Requests that ask and those that have a place, by track and country; quotas' amounts."""

    tracks_asked: Mapping[str, int]
    tracks_placed: Mapping[str, int]
    countries_asked: Mapping[str, int]
    countries_placed: Mapping[str, int]
    quotas: tuple[int, ...]


def count_all(problem: Problem, plan: Plan) -> Counts:
    """Count what a plan holds of what is asked."""
    placed = [request for request in problem.submitted if request.id in plan.by_request]
    stays = Stays(problem, plan)
    return Counts(
        tracks_asked=Counter(request.track for request in problem.submitted),
        tracks_placed=Counter(request.track for request in placed),
        countries_asked=Counter(
            problem.institution_of(request).country for request in problem.submitted
        ),
        countries_placed=Counter(problem.institution_of(request).country for request in placed),
        quotas=tuple(
            sum(amount for _, amount in count_quota(stays, quota)) for quota in problem.quotas
        ),
    )


def track_rows(names: Names, counts: Counts) -> tuple[ShareRow, ...]:
    """Return how many of each track have a place, in the programme's order."""
    return tuple(
        ShareRow(
            id=track.id,
            track=names.track(TrackId(track.id)),
            placed=counts.tracks_placed.get(track.id, 0),
            asked=counts.tracks_asked[track.id],
        )
        for track in names.problem.tracks
        if counts.tracks_asked.get(track.id)
    )


def country_rows(counts: Counts) -> tuple[ShareRow, ...]:
    """Return how many of each country have a place, those first from where most ask."""
    ordered = sorted(counts.countries_asked.items(), key=lambda each: (-each[1], each[0]))
    return tuple(
        ShareRow(id=code, track=None, placed=counts.countries_placed.get(code, 0), asked=asked)
        for code, asked in ordered
    )


def quota_rows(names: Names, counts: Counts) -> tuple[QuotaRow, ...]:
    """Return where each quota stands, what is wrong with one first."""
    rows = [
        _quota_row(names, quota, counted)
        for quota, counted in zip(names.problem.quotas, counts.quotas, strict=True)
    ]
    order = list(QuotaState)
    return tuple(sorted(rows, key=lambda row: (-order.index(row.state), row.first_day, row.id)))


def _quota_row(names: Names, quota: Quota, counted: int) -> QuotaRow:
    missing = max(0, (quota.min or 0) - counted)
    return QuotaRow(
        id=quota.id,
        name=text_in(quota.name, names.language),
        measure=quota.measure.value,
        currency=names.problem.programme.currency,
        first_day=quota.first_day,
        last_day=quota.last_day,
        counted=counted,
        least=quota.min,
        most=quota.max,
        state=_state(quota, counted),
        cost=quota.points_per_missing * -(-missing // quota.unit),
    )


def _state(quota: Quota, counted: int) -> QuotaState:
    if quota.max is not None and counted > quota.max:
        return QuotaState.OVER
    if quota.min is not None and counted < quota.min:
        return QuotaState.MISSING
    return QuotaState.FULL if counted == quota.max else QuotaState.FINE
