"""The whole question: one programme with everything that bears on its plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol, TypeVar

from scheduler.problem.people import Host, Institution, Researcher
from scheduler.problem.places import Building, Floor, Reservation, Site, Zone
from scheduler.problem.programme import Event, Policy, Pool, Programme, Quota, Slot, Track
from scheduler.problem.requests import Collaboration, Pin, Request, Residency, Separation
from scheduler.problem.types import (
    EventId,
    FloorId,
    HostId,
    InstitutionId,
    PoolId,
    RequestId,
    ResearcherId,
    SiteId,
    SlotId,
    TrackId,
    ZoneId,
)


class Identified(Protocol):
    """Whatever has an id."""

    @property
    def id(self) -> str:
        """Id, unique within the list."""


ItemT = TypeVar("ItemT", bound=Identified)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A scenario in memory; fields and their order are those of the file."""

    programme: Programme
    policy: Policy = field(default_factory=Policy)
    sites: tuple[Site, ...] = ()
    buildings: tuple[Building, ...] = ()
    floors: tuple[Floor, ...] = ()
    zones: tuple[Zone, ...] = ()
    tracks: tuple[Track, ...] = ()
    slots: tuple[Slot, ...] = ()
    institutions: tuple[Institution, ...] = ()
    hosts: tuple[Host, ...] = ()
    pools: tuple[Pool, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    researchers: tuple[Researcher, ...] = ()
    requests: tuple[Request, ...] = ()
    collaborations: tuple[Collaboration, ...] = ()
    separations: tuple[Separation, ...] = ()
    events: tuple[Event, ...] = ()
    quotas: tuple[Quota, ...] = ()
    pins: tuple[Pin, ...] = ()
    published: tuple[Residency, ...] = ()

    @cached_property
    def site(self) -> dict[SiteId, Site]:
        """Each site by id."""
        return _by_id(self.sites)

    @cached_property
    def zone(self) -> dict[ZoneId, Zone]:
        """Each zone by id."""
        return _by_id(self.zones)

    @cached_property
    def floor(self) -> dict[FloorId, Floor]:
        """Each floor by id."""
        return _by_id(self.floors)

    @cached_property
    def track(self) -> dict[TrackId, Track]:
        """Each track by id."""
        return _by_id(self.tracks)

    @cached_property
    def slot(self) -> dict[SlotId, Slot]:
        """Each slot by id."""
        return _by_id(self.slots)

    @cached_property
    def institution(self) -> dict[InstitutionId, Institution]:
        """Each institution by id."""
        return _by_id(self.institutions)

    @cached_property
    def host(self) -> dict[HostId, Host]:
        """Each host by id."""
        return _by_id(self.hosts)

    @cached_property
    def pool(self) -> dict[PoolId, Pool]:
        """Each pool by id."""
        return _by_id(self.pools)

    @cached_property
    def researcher(self) -> dict[ResearcherId, Researcher]:
        """Each researcher by id."""
        return _by_id(self.researchers)

    @cached_property
    def request(self) -> dict[RequestId, Request]:
        """Each request by id."""
        return _by_id(self.requests)

    @cached_property
    def event(self) -> dict[EventId, Event]:
        """Each event by id."""
        return _by_id(self.events)

    @cached_property
    def submitted(self) -> tuple[Request, ...]:
        """Requests that stand, in file order."""
        return tuple(request for request in self.requests if request.is_submitted)

    @cached_property
    def told(self) -> dict[RequestId, Residency]:
        """Published residency of each request that still stands."""
        return {
            residency.request: residency
            for residency in self.published
            if self.request[residency.request].is_submitted
        }

    @cached_property
    def site_of_zone(self) -> dict[ZoneId, SiteId]:
        """Site in which each zone lies."""
        site_of_building = {building.id: building.site for building in self.buildings}
        return {zone.id: site_of_building[self.floor[zone.floor].building] for zone in self.zones}

    def institution_of(self, request: Request) -> Institution:
        """Return the institution of the researcher who asks."""
        return self.institution[self.researcher[request.researcher].institution]

    def is_frozen(self, residency: Residency) -> bool:
        """Tell whether a published residency begins too soon to be changed."""
        notice = residency.first_day - self.programme.today
        return notice.days < self.policy.frozen_days


def _by_id(items: Iterable[ItemT]) -> dict[Any, ItemT]:
    return {item.id: item for item in items}
