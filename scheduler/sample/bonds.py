"""What binds requests of a sample to one another: collaborations and separations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from scheduler.problem.problem import Problem
from scheduler.problem.requests import Collaboration, Request, Separation
from scheduler.problem.types import CollaborationId, SeparationId, TrackId
from scheduler.sample.dice import Dice
from scheduler.sample.family import Shape
from scheduler.sample.spans import WEEK, Span

LOOKED_AT = 60


def with_bonds(problem: Problem, shape: Shape, dice: Dice) -> Problem:
    """Add collaborations within tracks, and separations of requests that may meet."""
    count = shape.size.requests
    collaborations = _collaborations(problem, shape, dice.part("together"))
    separations = _separations(problem, dice.part("apart"))
    wanted = (
        dice.rounded(shape.rates.collaborations * count),
        dice.rounded(shape.rates.separations * count),
    )
    return replace(
        problem,
        collaborations=tuple(one for _, one in zip(range(wanted[0]), collaborations, strict=False)),
        separations=tuple(one for _, one in zip(range(wanted[1]), separations, strict=False)),
    )


def _collaborations(problem: Problem, shape: Shape, dice: Dice) -> Iterator[Collaboration]:
    """Yield collaborations of two or three who could be there at the same time."""
    meeting_days = WEEK if shape.is_tiny else 6 * WEEK
    overlaps = (0, 0, 3, 7) if shape.is_tiny else (0, 0, 0, 7, 14)
    targets = (5, 14) if shape.is_tiny else (14, 28, 28, 42)
    by_track = _by_track(problem)
    for number, first in enumerate(dice.draw(problem.submitted, len(problem.requests)), 1):
        others = dice.draw(by_track[first.track], LOOKED_AT)
        fitting = [one for one in others if _may_meet(first, one, meeting_days)]
        partners = fitting[: dice.weigh({1: 7, 2: 3})]
        if partners:
            yield Collaboration(
                id=CollaborationId(f"collab-{number}"),
                requests=(first.id, *(one.id for one in partners)),
                min_overlap_days=dice.pick(overlaps),
                target_overlap_days=dice.pick(targets),
                same_floor=dice.chance(0.6),
            )


def _separations(problem: Problem, dice: Dice) -> Iterator[Separation]:
    by_track = _by_track(problem)
    for number, first in enumerate(dice.draw(problem.submitted, len(problem.requests)), 1):
        others = dice.draw(by_track[first.track], LOOKED_AT)
        for rival in [one for one in others if _may_meet(first, one, WEEK)][:1]:
            yield Separation(id=SeparationId(f"apart-{number}"), requests=(first.id, rival.id))


def _by_track(problem: Problem) -> dict[TrackId, list[Request]]:
    requests = defaultdict(list)
    for request in problem.submitted:
        requests[request.track].append(request)
    return requests


def _may_meet(one: Request, other: Request, days: int) -> bool:
    """Tell whether two people's windows have enough days in common, and a site."""
    windows = (Span(one.first_day, one.last_day), Span(other.first_day, other.last_day))
    sites = one.sites is None or other.sites is None or set(one.sites) & set(other.sites)
    return (
        one.researcher != other.researcher and windows[0].common(windows[1]) >= days and bool(sites)
    )
