"""The frame of a sample: programme, policy, tracks, slots, pools and events."""

from __future__ import annotations

from dataclasses import replace

from scheduler.problem.problem import Problem
from scheduler.problem.programme import Event, Policy, Pool, Programme, Slot, Track, Weights
from scheduler.problem.types import EventId, PoolId, ProgrammeId, SiteId, SlotId, TrackId
from scheduler.sample.dice import Dice
from scheduler.sample.family import Shape
from scheduler.sample.spans import Span, random_range, random_span

COLOURS = (
    "#1f77b4",
    "#ff7f0e",
    "#2ca02c",
    "#d62728",
    "#9467bd",
    "#8c564b",
    "#e377c2",
    "#7f7f7f",
    "#bcbd22",
    "#17becf",
    "#0b7a75",
    "#d1495b",
)
LEAD_DAYS = {"US": 30, "CA": 30, "FR": 45, "AE": 60}
TINY_LEAD_DAYS = {"US": 14, "FR": 21}
OTHER_WEIGHTS = (
    Weights(short_day=0, shift_day=6),
    Weights(wish=40, event=60, same_floor=200),
    Weights(host_rank=50, overlap_day=20),
    Weights(placed=100, dropped=150, redated=300, rezoned=30, rehosted=30),
)


def make_frame(shape: Shape, dice: Dice) -> Problem:
    """Return a programme with its policy and tracks, and nothing else yet."""
    return Problem(
        programme=Programme(
            id=ProgrammeId(f"{shape.family}-{shape.seed}"),
            name={
                "en": f"{shape.family.capitalize()} scenario {shape.seed} (illustrative)",
                "ko": f"{shape.family} 시나리오 {shape.seed} (예시)",
            },
            timezone="Asia/Seoul",
            first_day=shape.span.first_day,
            last_day=shape.span.last_day,
            today=shape.today,
        ),
        policy=_policy(shape, dice),
        tracks=tuple(
            Track(
                id=TrackId(f"track-{number:02}"),
                name={"en": f"Track {number}", "ko": f"트랙 {number}"},
                colour=COLOURS[(number - 1) % len(COLOURS)],
            )
            for number in range(1, shape.size.tracks + 1)
        ),
    )


def with_slots(problem: Problem, shape: Shape, dice: Dice) -> Problem:
    """Add, on each site, slots of every term, bridges from term to term, and schools."""
    terms = list(shape.span.cut(shape.pace.term))
    slots: list[Slot] = []
    for site in problem.sites:
        for number, term in enumerate(terms, 1):
            slots += _term_slots(problem, shape, dice, site=site.id, number=number, term=term)
            slots += _other_slots(problem, shape, dice, site=site.id, number=number, term=term)
    return replace(problem, slots=_with_places(slots, shape, dice))


def with_pools(problem: Problem, shape: Shape, dice: Dice) -> Problem:
    """Add computing pools, of which some open late and some are shut for a while."""
    low, high = (1, 3) if shape.is_tiny else (4, 8)
    closures = (1, 3) if shape.is_tiny else (3, 10)
    pools = tuple(
        Pool(
            id=PoolId(f"pool-{number:02}"),
            name=f"Computing pool {number}",
            gpus=8 * dice.between(low, high),
            first_day=random_span(shape.span, 1, dice).first_day if dice.chance(0.1) else None,
            closures=(random_range(shape.span, closures, "Maintenance", dice),)
            if dice.chance(0.5)
            else (),
        )
        for number in range(1, shape.size.pools + 1)
    )
    return replace(problem, pools=pools)


def with_events(problem: Problem, shape: Shape, dice: Dice) -> Problem:
    """Add events of one to five days on each site, most of them for some tracks only."""
    tracks = [track.id for track in problem.tracks]
    events: list[Event] = []
    for site in problem.sites:
        for number in range(1, dice.rounded(shape.rates.events) + 1):
            first_day, last_day = random_span(shape.span, dice.between(1, 5), dice)
            invited = sorted(dice.draw(tracks, max(1, len(tracks) // 3)))
            events.append(
                Event(
                    id=EventId(f"{site.id}-event{number}"),
                    name=f"Event {number}",
                    site=site.id,
                    first_day=first_day,
                    last_day=last_day,
                    tracks=() if dice.chance(0.4) else tuple(invited),
                )
            )
    return replace(problem, events=tuple(events))


def _policy(shape: Shape, dice: Dice) -> Policy:
    other_weights = shape.is_tiny and dice.chance(0.3)
    return Policy(
        arrival_weekdays=shape.arrival_weekdays,
        stay_step_days=shape.pace.step,
        frozen_days=14,
        visa_lead_days=TINY_LEAD_DAYS if shape.is_tiny else LEAD_DAYS,
        weights=dice.pick(OTHER_WEIGHTS) if other_weights else Weights(),
    )


def _term_slots(
    problem: Problem, shape: Shape, dice: Dice, *, site: SiteId, number: int, term: Span
) -> list[Slot]:
    """Return slots that share the tracks among them, so that every track has one."""
    groups = shape.size.groups
    tracks = dice.draw([track.id for track in problem.tracks], len(problem.tracks))
    return [
        Slot(
            id=SlotId(f"{site}-h{number}-{letter}"),
            name={"en": f"Term {number} {letter.upper()}", "ko": f"{number}기 {letter.upper()}"},
            site=site,
            tracks=tuple(sorted(tracks[group::groups])),
            first_day=term.first_day,
            last_day=term.last_day,
            places=1,
        )
        for group, letter in enumerate("abcdefgh"[:groups])
    ]


def _other_slots(
    problem: Problem, shape: Shape, dice: Dice, *, site: SiteId, number: int, term: Span
) -> list[Slot]:
    """Return a bridge to the next term after odd terms, and a school in even ones."""
    tracks = tuple(track.id for track in problem.tracks)
    half = shape.pace.term // 2
    bridge = shape.span.within((number - 1) * shape.pace.term + half, shape.pace.term)
    school = random_span(term, shape.pace.school, dice)
    invited = sorted(dice.draw(tracks, max(1, len(tracks) // 2)))
    slots = []
    if number % 2 == 1 and bridge.length > half:
        slots.append(_slot(f"{site}-x{number}", f"Bridge {number}", site, tracks, bridge))
    if number % 2 == 0 or (shape.is_tiny and dice.chance(0.4)):
        slot = _slot(f"{site}-school{number}", f"School {number}", site, tuple(invited), school)
        slots.append(replace(slot, fixed_dates=True))
    return slots


def _slot(name: str, text: str, site: SiteId, tracks: tuple[TrackId, ...], span: Span) -> Slot:
    return Slot(
        id=SlotId(name),
        name=text,
        site=site,
        tracks=tracks,
        first_day=span.first_day,
        last_day=span.last_day,
        places=1,
    )


def _with_places(slots: list[Slot], shape: Shape, dice: Dice) -> tuple[Slot, ...]:
    """Give the slots as many places as are fewer than would be liked by all."""
    pace = shape.pace
    longest = sum(pace.min_days) / len(pace.min_days) + sum(pace.stretch) / len(pace.stretch)
    offered = sum(Span(slot.first_day, slot.last_day).length for slot in slots)
    mean = shape.size.supply * shape.size.requests * longest / offered
    return tuple(
        replace(slot, places=max(1, dice.rounded(mean * dice.between(50, 150) / 100)))
        for slot in slots
    )
