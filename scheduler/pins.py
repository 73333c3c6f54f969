"""Pins that cannot hold: which they are, and which rules they break (rule H14)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from scheduler.candidates.build import has_candidates
from scheduler.candidates.candidates import Way
from scheduler.candidates.space import Space, space_of
from scheduler.candidates.tables import Tables
from scheduler.cpsat.rules import RULE_ADDERS
from scheduler.cpsat.search import Effort, Found, build_model, search
from scheduler.outcome import PinBreach, PinConflict
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Pin, Request, Residency
from scheduler.rules import Rule

EASILY_SAID = frozenset({Rule.WINDOW, Rule.LENGTH})

EFFORT = Effort(seconds=30.0)
"""Pinned requests alone make a small model; a hard one is left to the search itself."""


def check_pins(space: Space) -> dict[int, Way] | None:
    """Return a plan of what is pinned or frozen alone, None where the search for it stays open.

    Raises:
        PinConflict: No allowed plan satisfies all pins and frozen residencies.
    """
    alone = [*_withdrawn_breaches(space)]
    alone += [
        breach
        for request, each in enumerate(space.candidates)
        if each.required and not each.times
        for breach in _unary_breaches(space, request)
    ]
    if alone:
        raise PinConflict(tuple(alone))
    pinned = [request for request, each in enumerate(space.candidates) if each.required]
    if not pinned:
        return {}
    found = _search(space, pinned)
    if found.complete and found.ways is None:
        raise PinConflict(tuple(_joint_breaches(space, _smallest_conflict(space, pinned))))
    if found.ways is None:
        return None
    return {pinned[position]: way for position, way in found.ways.items()}


def _withdrawn_breaches(space: Space) -> Iterator[PinBreach]:
    for pin in space.problem.pins:
        if not space.problem.request[pin.request].is_submitted:
            text = "the request is withdrawn, so the pin has to go"
            yield PinBreach(request=pin.request, pin=pin, rule=Rule.PIN, text=text)


def _fits(space: Space, pinned: Sequence[int], without: frozenset[Rule] = frozenset()) -> bool:
    """Tell whether some pinned requests have a plan; where that stays open, say yes."""
    found = _search(space, pinned, without)
    return found.ways is not None or not found.complete


def _search(space: Space, pinned: Sequence[int], without: frozenset[Rule] = frozenset()) -> Found:
    """Search for any plan of some pinned requests."""
    model, visits = build_model(space_of(space, pinned), without)
    model.clear_objective()  # type: ignore[no-untyped-call]  # OR-Tools leaves it untyped
    return search(model, visits, EFFORT)


def _smallest_conflict(space: Space, pinned: Sequence[int]) -> list[int]:
    """Leave out, one after another, every request without which there is still no plan."""
    conflict = list(pinned)
    for request in pinned:
        fewer = [each for each in conflict if each != request]
        if fewer and not _fits(space, fewer):
            conflict = fewer
    return conflict


def _joint_breaches(space: Space, conflict: Sequence[int]) -> Iterator[PinBreach]:
    """Name each pin of a conflict with each rule without which the pins would agree."""
    broken: list[Rule] = [
        rule
        for rule in RULE_ADDERS
        if rule is not Rule.PIN and _fits(space, conflict, frozenset({rule}))
    ]
    ids = [space.candidates[request].request.id for request in conflict]
    for request, own in zip(conflict, ids, strict=True):
        others = ", ".join(other for other in ids if other != own)
        for rule in broken or [Rule.PIN]:
            for pin in _pins_of(space, space.candidates[request].request):
                place = _place(space, pin)
                text = f"{place} contradicts what is pinned of {others}"
                if not others:
                    text = f"{place} fits no plan"
                yield PinBreach(request=own, pin=pin, rule=rule, text=text)


def _unary_breaches(space: Space, request: int) -> Iterator[PinBreach]:
    each = space.candidates[request].request
    for rule in breaking_rules(space.tables, each):
        for pin in _pins_of(space, each):
            text = f"no stay that {_place(space, pin)} leaves is allowed"
            yield PinBreach(request=each.id, pin=pin, rule=rule, text=text)


def _place(space: Space, pin: Pin | Residency) -> str:
    """Return where in the scenario a pin stands."""
    if isinstance(pin, Pin):
        return f"pins[{space.problem.pins.index(pin)}]"
    return f"published[{space.problem.published.index(pin)}]"


def breaking_rules(tables: Tables, request: Request) -> list[Rule]:
    """Return the fewest unary rules, as far as leaving out one by one finds them, that forbid.

    H14 itself is named only where pins contradict each other. Of what the problem has none at
    all, no rule would do.
    """
    lacking = list(_lacking(tables.problem, request))
    if lacking:
        return lacking
    unary = [rule for rule in Rule if rule is not Rule.PIN]
    return fewest_rules(lambda without: _allows(tables, request, without), unary) or [Rule.PIN]


def fewest_rules(allows: Callable[[frozenset[Rule]], bool], rules: Sequence[Rule]) -> list[Rule]:
    """Return the fewest of some rules without which something is allowed; none if nothing helps.

    Single rules are returned wherever leaving out one alone would do.
    """
    single = [rule for rule in rules if allows(frozenset({rule}))]
    if single:
        # Other days or a shorter stay nearly always help: named only where nothing else does.
        return [rule for rule in single if rule not in EASILY_SAID] or single
    needed = set(rules)
    if not allows(frozenset(needed)):
        return []
    for rule in rules:
        if allows(frozenset(needed - {rule})):
            needed.remove(rule)
    return [rule for rule in rules if rule in needed]


def _lacking(problem: Problem, request: Request) -> Iterator[Rule]:
    """Yield the rules that ask for what the problem does not have at all."""
    if not problem.slots:
        yield Rule.SLOT
    if not problem.zones:
        yield Rule.ZONE
    if request.hosts is None and not problem.hosts:
        yield Rule.HOST
    if request.gpus and not problem.pools:
        yield Rule.COMPUTING


def _allows(tables: Tables, request: Request, without: frozenset[Rule]) -> bool:
    return has_candidates(tables, request, without)


def _pins_of(space: Space, request: Request) -> Iterator[Pin | Residency]:
    yield from space.tables.pins.get(request.id, ())
    told = space.problem.told.get(request.id)
    if told is not None and space.problem.is_frozen(told):
        yield told
