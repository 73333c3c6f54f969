"""Coupling rules as resources: a capacity by day, and what each candidate demands of it.

Desks and square metres of a zone, places of a slot, capacity of a host, GPUs of a pool, the one
body of a researcher, a separation's zone, a quota's maximum: all have this shape, so one piece
of code builds the exact model's rows, the prices, the greedy start and the explanations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from scheduler.candidates.candidates import Candidates, Part, Way
from scheduler.candidates.days import Ints, Positions
from scheduler.candidates.tables import Tables
from scheduler.rules import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Something scarce; ``capacity`` is by day of the programme, (days,)."""

    rule: Rule
    name: str
    capacity: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What a request takes of a resource on every day of the stay.

    It takes ``amount`` where its ``part`` is ``who``, by position; where ``part`` is None,
    wherever it is placed.
    """

    resource: int
    request: int
    part: Part | None
    who: int
    amount: int

    def is_made_by(self, way: Way) -> bool:
        """Tell whether a way of the request takes it."""
        return self.part is None or way.who(self.part) == self.who

    def times_of(self, candidates: Candidates) -> Ints:
        """Return the times at which the request could take it."""
        if self.part is None:
            return np.arange(candidates.times)
        options = candidates.options[self.part]
        return np.asarray(options.time[options.who == self.who])


PARTS = (*Part, None)

COLUMN: Mapping[Part | None, int] = {part: column for column, part in enumerate(PARTS)}
"""Position of each part in ``PARTS``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demands:
    """Demands as columns, each (demands,), in the order of the requests.

    A large problem has a million: as objects they would be slow to make and to keep. ``column``
    is the part's position in ``PARTS``.
    """

    resource: Ints
    request: Ints
    column: Ints
    who: Ints
    amount: Ints

    @classmethod
    def of(cls, demands: Iterable[Demand]) -> Demands:
        """Return demands as columns."""
        rows = [(d.resource, d.request, COLUMN[d.part], d.who, d.amount) for d in demands]
        return cls.of_rows(rows)

    @classmethod
    def of_rows(cls, rows: Sequence[tuple[int, int, int, int, int]]) -> Demands:
        """Return columns of resource, request, column, who and amount."""
        columns = np.array(rows, dtype=np.int64).reshape(len(rows), 5).T.copy()
        resource, request, column, who, amount = columns
        return cls(resource=resource, request=request, column=column, who=who, amount=amount)

    def __len__(self) -> int:
        """Return how many demands there are."""
        return len(self.resource)

    def __iter__(self) -> Iterator[Demand]:
        """Yield each demand."""
        return self.at(np.arange(len(self)))

    def at(self, positions: Ints) -> Iterator[Demand]:
        """Yield the demands at some positions."""
        columns = (self.resource, self.request, self.column, self.who, self.amount)
        for resource, request, column, who, amount in zip(
            *(each[positions].tolist() for each in columns), strict=True
        ):
            yield Demand(
                resource=resource, request=request, part=PARTS[column], who=who, amount=amount
            )


def build_resources(
    tables: Tables, candidates: Sequence[Candidates]
) -> tuple[tuple[Resource, ...], Demands]:
    """Return the resources that some candidate uses, and all demands on them."""
    kept: dict[Use, int] = {}
    found = [_NOTHING]
    for request, each in enumerate(candidates):
        found += [_rows(kept, request, used) for used in _used(tables, each)]
    demands = np.concatenate(found, axis=1)
    resources = tuple(_resource(tables, use) for use in kept)
    return resources, Demands(**dict(zip(COLUMNS, demands, strict=True)))


Use = tuple[str, Any, str]
"""What kind of thing is used, whose by position or id, and for which separation."""

COLUMNS = ("resource", "request", "column", "who", "amount")

_NOTHING = np.empty((len(COLUMNS), 0), dtype=np.int64)

_NOBODY = np.array([-1], dtype=np.int32)


class _Used(NamedTuple):
    """What a request could use where a part is one of some; ``uses`` and ``who`` go together."""

    uses: Sequence[Use]
    part: Part | None
    who: Positions
    amount: int


def _rows(kept: dict[Use, int], request: int, used: _Used) -> Ints:
    """Return the demands of a request on what it uses, (columns, demands); number what is new."""
    rows = np.empty((len(COLUMNS), len(used.uses)), dtype=np.int64)
    rows[0] = [kept.setdefault(use, len(kept)) for use in used.uses]
    rows[1], rows[2], rows[3], rows[4] = request, COLUMN[used.part], used.who, used.amount
    return rows


def _used(tables: Tables, candidates: Candidates) -> Iterator[_Used]:
    """Yield what a request could use; of a separation's requests at most one is in a zone."""
    request = candidates.request
    slots, zones, hosts, pools = (_offered(candidates, part) for part in Part)
    yield _Used(_of("slot", slots), Part.SLOT, slots, 1)
    yield _Used(_of("desks", zones), Part.ZONE, zones, request.desks)
    if request.area_m2:
        yield _Used(_of("m2", zones), Part.ZONE, zones, request.area_m2)
    for separation in tables.separations.get(request.id, ()):
        yield _Used(_of("apart", zones, separation), Part.ZONE, zones, 1)
    yield _Used(_of("host", hosts), Part.HOST, hosts, 1)
    yield _Used(_of("pool", pools), Part.POOL, pools, request.gpus)
    if candidates.times:
        yield _Used([("body", request.researcher, "")], None, _NOBODY, 1)


def _of(kind: str, who: Positions, separation: str = "") -> list[Use]:
    return [(kind, one, separation) for one in who.tolist()]


def _resource(tables: Tables, use: Use) -> Resource:
    """Return what is used."""
    kind, who, separation = use
    problem = tables.problem
    name: str
    capacity: int | Ints
    match kind:
        case "slot":
            slot = problem.slots[who]
            rule, name, capacity = Rule.SLOT, slot.id, slot.places
        case "host":
            host = problem.hosts[who]
            rule, name, capacity = Rule.HOST, host.id, host.capacity
        case "pool":
            pool = problem.pools[who]
            rule, name, capacity = Rule.COMPUTING, pool.id, pool.gpus
        case "desks":
            rule, name = Rule.ZONE, desks_of(problem.zones[who].id)
            capacity = tables.free_desks[who]
        case "m2":
            rule, name = Rule.ZONE, f"{problem.zones[who].id} m2"
            capacity = tables.free_area[who]
        case "apart":
            rule, name = Rule.SEPARATION, f"{separation} in {problem.zones[who].id}"
            capacity = 1
        case _:
            rule, name, capacity = Rule.OWN_CALENDAR, who, 1
    by_day = np.broadcast_to(np.asarray(capacity, dtype=np.int64), tables.horizon.size)
    return Resource(rule=rule, name=name, capacity=by_day)


def desks_of(zone: str) -> str:
    """Return the name of the resource that is a zone's desks."""
    return f"{zone} desks"


def _offered(candidates: Candidates, part: Part) -> Positions:
    """Return who could serve, each once."""
    options = candidates.options.get(part)
    if options is None:
        return np.empty(0, dtype=np.int32)
    return np.asarray(options.who[np.flatnonzero(np.diff(options.who, prepend=-1))])


def demands_by_resource(demands: Iterable[Demand]) -> dict[int, list[Demand]]:
    """Group demands by the resource that they are on."""
    grouped: dict[int, list[Demand]] = defaultdict(list)
    for demand in demands:
        grouped[demand.resource].append(demand)
    return dict(grouped)
