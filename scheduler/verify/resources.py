"""Rules about who receives and what computes: hosts and pools."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.problem.people import Host
from scheduler.problem.programme import Pool
from scheduler.problem.requests import Request
from scheduler.problem.types import days_of
from scheduler.rules import Rule
from scheduler.verify.capacity import check_capacity, closed_days
from scheduler.verify.stays import Stay, Stays
from scheduler.verify.violation import Violation, breach_of, spell_days


def check_host(stays: Stays) -> Iterator[Violation]:
    """H7: the host is one of the request's, there on the first day, and not overburdened."""
    for stay in stays.all:
        wrong = _what_is_wrong_with_host(stay.request, stay.host)
        if wrong is not None:
            yield breach_of(Rule.HOST, stay.id, wrong)
        if stay.host is not None:
            yield from _check_host_is_there(stay, stay.host)
    for name, by_day in stays.with_host.items():
        yield from check_capacity(
            Rule.HOST,
            place=f"Host '{name}'",
            unit="visitors",
            by_day=by_day,
            capacity=stays.problem.host[name].capacity,
            load_of=lambda _: 1,
        )


def _check_host_is_there(stay: Stay, host: Host) -> Iterator[Violation]:
    for absence in host.absences:
        if stay.days.start in days_of(absence):
            away = spell_days(days_of(absence))
            text = f"begins on {stay.first_day}, but host '{host.id}' is absent {away}"
            yield breach_of(Rule.HOST, stay.id, text)


def _what_is_wrong_with_host(request: Request, host: Host | None) -> str | None:
    if request.hosts == ():
        return None if host is None else f"needs no host, but has host '{host.id}'"
    if host is None:
        return "has no host"
    if request.hosts is None:
        suits = request.track in host.tracks
        return None if suits else f"is of track '{request.track}', which host '{host.id}' is not"
    return None if host.id in request.hosts else f"does not name host '{host.id}'"


def check_computing(stays: Stays) -> Iterator[Violation]:
    """H8: whoever asks for GPUs has one of the request's pools, open and with GPUs enough."""
    for stay in stays.all:
        wrong = _what_is_wrong_with_pool(stay.request, stay.pool)
        if wrong is not None:
            yield breach_of(Rule.COMPUTING, stay.id, wrong)
        if stay.pool is not None:
            for opening in closed_days(stay.pool, stay.days):
                stays_when = spell_days(stay.days)
                text = f"stays {stays_when}, but pool '{stay.pool.id}' is {opening}"
                yield breach_of(Rule.COMPUTING, stay.id, text)
    for name, by_day in stays.in_pool.items():
        yield from check_capacity(
            Rule.COMPUTING,
            place=f"Pool '{name}'",
            unit="GPUs taken",
            by_day=by_day,
            capacity=stays.problem.pool[name].gpus,
            load_of=lambda stay: stay.request.gpus,
        )


def _what_is_wrong_with_pool(request: Request, pool: Pool | None) -> str | None:
    if request.gpus == 0:
        return None if pool is None else f"asks for no GPUs, but has pool '{pool.id}'"
    if pool is None:
        return f"asks for {request.gpus} GPUs, but has no pool"
    suits = request.pools is None or pool.id in request.pools
    return None if suits else f"does not name pool '{pool.id}'"
