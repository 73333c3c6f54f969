"""The time-indexed program's columns: stays of each request with zones, hosts and pools."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.problem.requests import Request
from scheduler.problem.types import Days, RequestId, SiteId, SlotId
from tests.bench.peers.alone import Alone, closed_days, is_there
from tests.bench.peers.sheet import Ints, Sheet
from tests.bench.peers.worth import (
    dropped_points,
    host_points,
    invitations,
    stay_points,
    zone_points,
)


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Columns of one choice of a request at a site, each with its days."""

    request: Request
    site: SiteId
    name: str | None
    columns: Ints
    first: Ints
    stop: Ints


class Choice(NamedTuple):
    """A zone, host or pool with its points, and for which stays it is free."""

    name: str | None
    points: int | Ints
    mask: NDArray[np.bool_]


class Stays(NamedTuple):
    """Days on which a request may be at a site."""

    request: Request
    site: SiteId
    first: Ints
    stop: Ints


class Columns:
    """Columns of all requests, found again by request and part or by what they take."""

    def __init__(self, alone: Alone, sheet: Sheet) -> None:
        """Begin with no request."""
        self.problem, self.alone, self.sheet = alone.problem, alone, sheet
        self.of: dict[tuple[RequestId, str], list[Batch]] = defaultdict(list)
        self.at: dict[tuple[str, str], list[Batch]] = defaultdict(list)
        self._never = np.zeros(alone.span.stop - alone.span.start, dtype=bool)

    def add(self, request: Request) -> None:
        """H1 to H3, H9 to H11, H14: at most one stay, with a zone, a host and a pool."""
        required = float(self.alone.is_required(request))
        once = int(self.sheet.add_rows(1, lower=required, upper=1)[0])
        slots_at: dict[SiteId, dict[Days, set[SlotId]]] = defaultdict(lambda: defaultdict(set))
        for slot in self.alone.slots(request):
            for days in self.alone.stays(request, slot):
                slots_at[slot.site][days].add(slot.id)
        for site, slots_of in slots_at.items():
            first, stop = np.array(list(slots_of), dtype=np.int64).T
            self._add_stays(Stays(request, site, first, stop), slots_of, once)

    def _add_stays(self, stays: Stays, slots_of: Mapping[Days, set[SlotId]], once: int) -> None:
        """Add a column for each stay in a slot, and what has to add up to them."""
        sheet, problem, request = self.sheet, self.problem, stays.request
        choices = self._choices(stays)
        possible = np.ones(len(stays.first), dtype=bool)
        for each in choices.values():
            possible &= np.any([choice.mask for choice in each], axis=0)
        links = {part: sheet.add_rows(len(possible), lower=0, upper=0) for part in choices}
        invited = invitations(problem, request, stays.site)
        points = np.array([stay_points(problem, request, invited, days) for days in slots_of])
        points -= dropped_points(problem, request)
        for slot in sorted(frozenset[SlotId]().union(*slots_of.values())):
            mask = possible & np.array([slot in slots for slots in slots_of.values()])
            columns = self._add_batch(stays, "slot", Choice(slot, points, mask))
            sheet.put(once, columns, 1)
            for rows in links.values():
                sheet.put(rows[mask], columns, 1)
        for part, rows in links.items():
            for choice in choices[part]:
                mask = possible & choice.mask
                sheet.put(rows[mask], self._add_batch(stays, part, choice._replace(mask=mask)), -1)

    def _choices(self, stays: Stays) -> dict[str, list[Choice]]:
        """Return zones, hosts and pools with their points, and for which stays each is free."""
        problem, alone, request = self.problem, self.alone, stays.request
        zones = [
            Choice(
                zone.id,
                zone_points(problem, request, zone),
                self._is_open(stays, alone.blocked(request, zone)),
            )
            for zone in alone.zones(request, stays.site)
        ]
        hosts = [
            Choice(
                host.id if host else None,
                host_points(problem, request, host),
                np.array([is_there(host, day) for day in stays.first.tolist()]),
            )
            for host in alone.hosts(request)
        ]
        pools = [
            Choice(
                pool.id if pool else None,
                0,
                self._is_open(stays, closed_days(pool, alone.span) if pool else self._never),
            )
            for pool in alone.pools(request)
        ]
        return {"zone": zones, "host": hosts, "pool": pools}

    def _is_open(self, stays: Stays, blocked: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return the stays that hold no blocked day."""
        before = np.concatenate([[0], np.cumsum(blocked)])
        start = self.alone.span.start
        return np.asarray(before[stays.stop - start] == before[stays.first - start])

    def _add_batch(self, stays: Stays, part: str, choice: Choice) -> Ints:
        """Add a column for each stay for which a choice is free, and return their numbers."""
        first, stop = stays.first[choice.mask], stays.stop[choice.mask]
        points = np.broadcast_to(choice.points, choice.mask.shape)[choice.mask]
        batch = Batch(
            request=stays.request,
            site=stays.site,
            name=choice.name,
            columns=self.sheet.add_columns(points),
            first=first,
            stop=stop,
        )
        self.of[stays.request.id, part].append(batch)
        if choice.name is not None:
            self.at[part, choice.name].append(batch)
        return batch.columns
