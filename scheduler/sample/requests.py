"""Requests of a sample, with the researchers who make them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from scheduler.problem.people import Researcher
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Cost, Request, RequestStatus
from scheduler.problem.types import PoolId, RequestId, ResearcherId
from scheduler.sample.dice import Dice
from scheduler.sample.family import Shape
from scheduler.sample.names import LANGUAGES, make_name
from scheduler.sample.places import GROUPS
from scheduler.sample.stays import ask_days
from scheduler.sample.wishes import Known, ask_hosts, ask_place

PRIORITIES = {1: 8, 2: 22, 3: 37, 4: 21, 5: 12}
AREAS_M2 = (8, 14, 25)
GPUS = {0: 43, 4: 15, 8: 25, 16: 12, 32: 5}
TINY_GPUS = {0: 65, 4: 25, 8: 10}


def with_requests(problem: Problem, shape: Shape, dice: Dice) -> Problem:
    """Add requests and their researchers, of whom one in ten asks for more than one stay."""
    known = Known(problem)
    researchers: list[Researcher] = []
    requests: list[Request] = []
    width = len(str(shape.size.requests))
    for number in range(1, shape.size.requests + 1):
        if not researchers or not dice.chance(0.2 if shape.is_tiny else 0.09):
            researchers.append(_researcher(f"v{len(researchers) + 1:0{width}}", problem, dice))
            researcher = researchers[-1]
        else:
            researcher = dice.pick(researchers)
        name = RequestId(f"r{number:0{width}}")
        requests.append(_request(name, researcher.id, known, shape, dice))
    return replace(problem, researchers=tuple(researchers), requests=tuple(requests))


def _researcher(name: str, problem: Problem, dice: Dice) -> Researcher:
    institution = dice.pick(problem.institutions)
    return Researcher(
        id=ResearcherId(name),
        name=make_name(institution.country, dice),
        email=f"{name}@example.org" if dice.chance(0.5) else None,
        institution=institution.id,
        language=LANGUAGES[institution.country],
    )


def _request(
    name: RequestId, researcher: ResearcherId, known: Known, shape: Shape, dice: Dice
) -> Request:
    track = dice.pick(known.problem.tracks).id
    desks = dice.weigh({1: 85, 2: 12, 3: 3})
    area = dice.pick(AREAS_M2) if dice.chance(0.3) else 0
    place = ask_place(known, track, desks, area, dice)
    return Request(
        id=name,
        researcher=researcher,
        track=track,
        status=_status(shape, dice),
        priority=dice.weigh(PRIORITIES),
        submitted=shape.today - dt.timedelta(days=dice.between(0, 60)),
        desks=desks,
        area_m2=area,
        hosts=ask_hosts(known, track, dice),
        group=dice.pick(GROUPS) if dice.chance(0.34) else None,
        cost=Cost(fixed=100000 * dice.between(10, 40), per_day=10000 * dice.between(6, 15)),
        **ask_days(known.events_of(place["sites"]), shape, dice),
        **place,
        **_computing(known.problem, shape, dice),
    )


def _status(shape: Shape, dice: Dice) -> RequestStatus:
    withdrawn = dice.chance(0.05 if shape.is_tiny else 0.02)
    return RequestStatus.WITHDRAWN if withdrawn else RequestStatus.SUBMITTED


def _computing(problem: Problem, shape: Shape, dice: Dice) -> dict[str, Any]:
    """Return GPUs, and for one in four the pools that they may come from."""
    gpus = dice.weigh(TINY_GPUS if shape.is_tiny else GPUS)
    pools: list[PoolId] = [pool.id for pool in problem.pools if pool.gpus >= gpus]
    if not gpus or not pools:
        return {"gpus": 0}
    listed = dice.chance(0.25)
    return {"gpus": gpus, "pools": tuple(dice.draw(pools, dice.between(1, 2))) if listed else None}
