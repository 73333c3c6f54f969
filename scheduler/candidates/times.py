"""When a request may come: the times that its own dates and the policy allow."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import NamedTuple

import numpy as np

from scheduler.candidates.days import Bools, Ints, running_total
from scheduler.candidates.tables import Tables
from scheduler.problem.places import Site
from scheduler.problem.requests import Request
from scheduler.problem.types import Days, days_of
from scheduler.rules import Rule


class Times(NamedTuple):
    """Distinct times at sites, each array (times,).

    ``site`` is a position, ``first`` and ``stop`` are ordinals, and ``slot`` is the position of
    the slot whose fixed dates they are, or -1.
    """

    site: Ints
    first: Ints
    stop: Ints
    slot: Ints

    def keep(self, mask: Bools) -> Times:
        """Return the times that a mask keeps."""
        return Times(*(each[mask] for each in self))


def times_of(
    tables: Tables, request: Request, without: AbstractSet[Rule], pinned_stop: int | None = None
) -> Times:
    """Return the times that rules H1-H3 and H9-H11 allow at the request's sites.

    Without H2 only the shortest stays are returned that reach what they have to: if none of
    them is allowed, no longer one is.
    """
    flexible = _flexible_times(tables, request, without, pinned_stop)
    fixed = _fixed_times(tables, request, without)
    flexible = flexible.keep(_allowed(tables, request, flexible, without))
    fixed = fixed.keep(_allowed(tables, request, fixed, without))
    found = [fixed.keep(np.zeros(len(fixed.first), dtype=np.bool_))]
    for position, site in enumerate(tables.problem.sites):
        if _site_allowed(tables, request, site, without):
            here = flexible.keep(_arrival_allowed(tables, site, flexible, without))
            found.append(here._replace(site=np.full(len(here.first), position)))
            found.append(fixed.keep(fixed.site == position))
    return Times(*(np.concatenate(each) for each in zip(*found, strict=True)))


def _window(tables: Tables, request: Request, without: AbstractSet[Rule]) -> Days:
    programme = tables.horizon.days
    if Rule.WINDOW in without:
        return programme
    own = days_of(request)
    return Days(max(own.start, programme.start), min(own.stop, programme.stop))


def _flexible_times(
    tables: Tables, request: Request, without: AbstractSet[Rule], pinned_stop: int | None
) -> Times:
    window = _window(tables, request, without)
    days = np.arange(window.start, max(window.start, window.stop))
    if Rule.ARRIVAL not in without:
        days = days[tables.arrival_weekday[days - tables.horizon.days.start]]
    if Rule.LENGTH in without:
        first, stop = days, _shortest(tables, request, days, pinned_stop)
    else:
        step = tables.problem.policy.stay_step_days
        lengths = np.arange(request.min_days, request.max_days + 1, step)
        first = np.repeat(days, len(lengths))
        stop = first + np.tile(lengths, len(days))
    inside = stop <= window.stop
    nowhere = np.full(int(inside.sum()), -1)
    return Times(nowhere, first[inside], stop[inside], nowhere)


def _shortest(tables: Tables, request: Request, first: Ints, pinned_stop: int | None) -> Ints:
    """Return the earliest stop of a stay that begins on each day, whatever its length."""
    if pinned_stop is not None:
        return np.maximum(first + 1, pinned_stop)
    events = (days_of(tables.problem.event[event]).stop for event in request.must_attend)
    return np.maximum(first + 1, max(events, default=0))


def _fixed_times(tables: Tables, request: Request, without: AbstractSet[Rule]) -> Times:
    slots = tables.slots
    chosen = slots.fixed_within(_window(tables, request, without))
    first, stop = slots.first[chosen], slots.stop[chosen]
    length = stop - first
    fits = (request.min_days <= length) & (length <= request.max_days)
    fits |= Rule.LENGTH in without
    return Times(slots.site[chosen], first, stop, chosen).keep(fits)


def _allowed(tables: Tables, request: Request, times: Times, without: AbstractSet[Rule]) -> Bools:
    problem = tables.problem
    allowed = np.ones(len(times.first), dtype=np.bool_)
    if Rule.ARRIVAL not in without:
        allowed &= _not_before_today(tables, request, times.first)
    if Rule.VISA not in without:
        country = problem.institution_of(request).country
        lead = problem.policy.visa_lead_days.get(country, 0)
        allowed &= times.first >= request.submitted.toordinal() + lead
    if Rule.OWN_CALENDAR not in without and request.unavailable:
        busy = tables.horizon.mask(days_of(away) for away in request.unavailable)
        allowed &= days_between(running_total(busy), tables, times.first, times.stop) == 0
    if Rule.MUST_ATTEND not in without:
        for event in request.must_attend:
            days = days_of(problem.event[event])
            allowed &= (times.first <= days.start) & (times.stop >= days.stop)
    return allowed


def _not_before_today(tables: Tables, request: Request, first: Ints) -> Bools:
    """Rule H3: not before today, unless frozen or pinned to that very day."""
    problem = tables.problem
    exempt = {
        pin.first_day.toordinal()
        for pin in tables.pins.get(request.id, ())
        if pin.first_day is not None
    }
    told = problem.told.get(request.id)
    if told is not None and problem.is_frozen(told):
        exempt.add(told.first_day.toordinal())
    allowed = first >= problem.programme.today.toordinal()
    for day in exempt:
        allowed |= first == day
    return np.asarray(allowed)


def days_between(total: Ints, tables: Tables, first: Ints, stop: Ints) -> Ints:
    """Return a running total's sum over each time, (..., days + 1) -> (..., times)."""
    start = tables.horizon.days.start
    return np.asarray(total.take(stop - start, axis=-1) - total.take(first - start, axis=-1))


def _site_allowed(tables: Tables, request: Request, site: Site, without: AbstractSet[Rule]) -> bool:
    wished = request.sites is None or site.id in request.sites
    return (Rule.ZONE in without or wished) and (
        Rule.MUST_ATTEND in without
        or all(tables.problem.event[event].site == site.id for event in request.must_attend)
    )


def _arrival_allowed(tables: Tables, site: Site, times: Times, without: AbstractSet[Rule]) -> Bools:
    """Rule H3: no arrival on a public holiday or closure of the site."""
    closed = tables.arrival_closed[site.id][times.first - tables.horizon.days.start]
    return ~closed | (Rule.ARRIVAL in without)
