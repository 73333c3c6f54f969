"""One request on the board: who asks for what, where it is, and what its form offers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scheduler.problem.requests import Pin, Request, Residency
from scheduler.problem.types import text_in
from scheduler.rules import Term
from web.use_cases.board.fit import BoardFit
from web.use_cases.board.groups import zones_in_order
from web.use_cases.board.moves import check_request
from web.use_cases.broken_rules import broken_rules
from web.use_cases.names import Names
from web.use_cases.views.board import Choice, ChosenView, TermPoints
from web.use_cases.workspace import Workspace

PARTS = ("zone", "host", "slot", "pool")


def show_chosen(
    workspace: Workspace, fit: BoardFit, request_id: str, *, language: str
) -> ChosenView:
    """Return a request with its stay; ``NotThereError`` where it cannot be placed at all."""
    problem = workspace.problem
    request = problem.request[check_request(workspace, request_id)]
    stay = workspace.plan.by_request.get(request.id)
    names = Names(problem=problem, language=language)
    broken, _ = fit.check(workspace.plan, request.id, stay)
    told = problem.told.get(request.id)
    branch = workspace.draft is not None and workspace.draft.name is not None
    return ChosenView(
        programme_id=problem.programme.id,
        draft_id=workspace.draft_id if branch else None,
        request=request.id,
        researcher_id=request.researcher,
        researcher=names.researcher(request),
        institution=names.institution(request),
        country=names.country(request),
        track=names.track(request.track),
        priority=request.priority,
        window_first_day=request.first_day,
        window_last_day=request.last_day,
        min_days=request.min_days,
        max_days=request.max_days,
        residency=stay,
        place=None if stay is None else names.place(stay.zone),
        floor=None if stay is None else problem.zone[stay.zone].floor,
        slot=None if stay is None else names.slot(stay),
        host=None if stay is None else names.host(stay.host),
        pool=None if stay is None else names.pool(stay.pool),
        needs_host=request.hosts != (),
        gpus=request.gpus,
        wishes_met=_wishes(names, request, stay, met=True),
        wishes_unmet=_wishes(names, request, stay, met=False),
        terms=_worth(workspace, fit, request, stay),
        broken=broken_rules(names, broken),
        pinned=_pinned(pin for pin in problem.pins if pin.request == request.id),
        is_frozen=told is not None and problem.is_frozen(told),
        may_pin=not branch,
        zones=_zones(names),
        hosts=_hosts(names, request),
        programme_first_day=problem.programme.first_day,
        programme_last_day=problem.programme.last_day,
    )


def _wishes(
    names: Names, request: Request, stay: Residency | None, *, met: bool
) -> tuple[str, ...]:
    if stay is None:
        return () if met else tuple(dict.fromkeys(request.wishes))
    has = names.problem.zone[stay.zone].features
    return tuple(wish for wish in dict.fromkeys(request.wishes) if (wish in has) is met)


def _worth(
    workspace: Workspace, fit: BoardFit, request: Request, stay: Residency | None
) -> tuple[TermPoints, ...]:
    """Return what the stay adds to the points of the draft."""
    if stay is None:
        return ()
    _, without = fit.check(workspace.plan, request.id, None)
    return tuple(
        TermPoints(name=term.value, points=-without[term]) for term in Term if without[term]
    )


def _pinned(pins: Iterable[Pin]) -> tuple[str, ...]:
    """Return which parts pins decide: days, zone, host, slot, pool."""
    found: dict[str, Any] = {}
    for pin in pins:
        if pin.first_day is not None or pin.last_day is not None:
            found["days"] = True
        found |= {part: True for part in PARTS if getattr(pin, part) is not None}
    return tuple(found)


def _zones(names: Names) -> tuple[Choice, ...]:
    problem = names.problem
    choices = []
    for zone in zones_in_order(problem):
        place = names.place(zone)
        outer = (place.site, place.building) if len(problem.sites) > 1 else (place.building,)
        choices.append(
            Choice(value=zone, label=f"{place.zone} · {', '.join((*outer, place.floor))}")
        )
    return tuple(choices)


def _hosts(names: Names, request: Request) -> tuple[Choice, ...]:
    """Return the hosts of a request, in its order, then all others."""
    if request.hosts == ():
        return ()
    hosts = names.problem.host
    asked = request.hosts or tuple(h.id for h in hosts.values() if request.track in h.tracks)
    return tuple(
        Choice(value=host, label=text_in(hosts[host].name, names.language))
        for host in dict.fromkeys((*asked, *hosts))
    )
