"""Why a request is not placed: the rules, and the scarce things, that stand in its way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scheduler.candidates.candidates import Candidates
from scheduler.candidates.occupancy import Blocked, Occupancy, fitting_beside
from scheduler.candidates.space import Space, Ways
from scheduler.pins import breaking_rules
from scheduler.plan import Reason, Unplaced
from scheduler.rules import Rule

NAMED = 3
"""How many scarce things a sentence names."""

SENTENCES = {
    Rule.WINDOW: "the stay does not fit into the days asked for",
    Rule.LENGTH: "no allowed length fits",
    Rule.ARRIVAL: "no day on which a stay may begin is left",
    Rule.SLOT: "no slot of the track has a place on the days",
    Rule.ZONE: "no zone that suits has the floor space on the days",
    Rule.EXCLUSIVE_ZONE: "the zones are held by others with whom they cannot be shared",
    Rule.HOST: "no host is free on the days",
    Rule.COMPUTING: "no computing pool has the GPUs on the days",
    Rule.OWN_CALENDAR: "the researcher is not free on the days",
    Rule.VISA: "a visa cannot be had in time",
    Rule.MUST_ATTEND: "no stay covers the events that must be attended",
    Rule.SEPARATION: "a request that must be kept apart is there on the days",
    Rule.QUOTA: "a quota is used up",
    Rule.PIN: "pins contradict each other",
    Rule.COLLABORATION: "a partner in a collaboration is there on other days",
}


def explain_unplaced(space: Space, ways: Ways) -> tuple[Unplaced, ...]:
    """Return each submitted request without a residency, with what stands in its way.

    A request that would fit has no reason: placing it would cost the plan more than it brings,
    or the search did not get to it.
    """
    occupancy = Occupancy(space)
    for request, way in ways.items():
        occupancy.place(request, way)
    return tuple(
        Unplaced(request=each.request.id, why=tuple(_reasons(occupancy, request)))
        for request, each in enumerate(space.candidates)
        if request not in ways
    )


def _reasons(occupancy: Occupancy, request: int) -> Iterator[Reason]:
    each = occupancy.space.candidates[request]
    if not each.times:
        for rule in breaking_rules(occupancy.space.tables, each.request):
            yield Reason(rule=rule, text=f"{SENTENCES[rule]}, whoever else is there")
        return
    blocks = [block for block in occupancy.blocked(request) if _matters(each, block)]
    if _fits(occupancy, request, blocks):
        return
    rules = list(dict.fromkeys(block.rule for block in blocks))
    decisive = [
        rule
        for rule in rules
        if _fits(occupancy, request, [block for block in blocks if block.rule is not rule])
    ]
    for rule in decisive or rules:
        yield _reason(rule, [block for block in blocks if block.rule is rule])


def _reason(rule: Rule, blocks: Sequence[Blocked]) -> Reason:
    """Name the things that block the most times."""
    most = sorted(blocks, key=lambda block: -int(block.times.sum()))
    names = ", ".join(block.name for block in most[:NAMED])
    more = f" and {len(most) - NAMED} more" if len(most) > NAMED else ""
    return Reason(rule=rule, text=f"{SENTENCES[rule]} ({names}{more})")


def _matters(each: Candidates, block: Blocked) -> bool:
    """Tell whether a block is in the way of any candidate."""
    if block.part is None:
        return bool(block.times.any())
    options = each.options[block.part]
    return bool(block.times[options.time[options.who == block.who]].any())


def _fits(occupancy: Occupancy, request: int, blocks: Sequence[Blocked]) -> bool:
    times, _ = fitting_beside(occupancy.space.candidates[request], blocks)
    return bool(times.any())
