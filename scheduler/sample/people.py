"""People of a sample: institutions and hosts. Researchers come with their requests."""

from __future__ import annotations

from dataclasses import replace

from scheduler.problem.people import Host, Institution
from scheduler.problem.problem import Problem
from scheduler.problem.types import DayRange, HostId, InstitutionId, TrackId
from scheduler.sample.dice import Dice
from scheduler.sample.family import Shape
from scheduler.sample.names import COUNTRIES, make_name
from scheduler.sample.spans import random_range


def with_people(problem: Problem, shape: Shape, dice: Dice) -> Problem:
    """Add institutions of five countries, and hosts at the Korean ones."""
    institutions = tuple(
        Institution(
            id=InstitutionId(f"inst-{number:03}"),
            name=f"Institution {number}",
            country="KR" if number == 1 else dice.weigh(COUNTRIES),
        )
        for number in range(1, shape.size.institutions + 1)
    )
    homes = [one.id for one in institutions if one.country == "KR"]
    hosts = tuple(
        _host(number, homes, problem, shape, dice) for number in range(1, shape.size.hosts + 1)
    )
    return replace(problem, institutions=institutions, hosts=hosts)


def _host(
    number: int, homes: list[InstitutionId], problem: Problem, shape: Shape, dice: Dice
) -> Host:
    return Host(
        id=HostId(f"host-{number:04}"),
        name=make_name("KR", dice),
        institution=dice.pick(homes),
        tracks=_tracks(number, problem, dice),
        capacity=dice.weigh({1: 50, 2: 40, 3: 10}),
        absences=_absences(shape, dice),
    )


def _tracks(number: int, problem: Problem, dice: Dice) -> tuple[TrackId, ...]:
    """Return a track, each in its turn, and now and then one more."""
    own = problem.tracks[number % len(problem.tracks)].id
    other = dice.pick(problem.tracks).id
    return tuple(sorted({own, other})) if dice.chance(0.2) else (own,)


def _absences(shape: Shape, dice: Dice) -> tuple[DayRange, ...]:
    count = dice.weigh({0: 55, 1: 25, 2: 0 if shape.is_tiny else 20})
    return tuple(random_range(shape.span, shape.pace.away, "Away", dice) for _ in range(count))
