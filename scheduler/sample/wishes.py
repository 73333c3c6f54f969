"""Where a request's stay may be and with whom: sites, zones, features, hosts."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from scheduler.problem.places import Zone
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Event
from scheduler.problem.types import HostId, SiteId, TrackId, ZoneId
from scheduler.sample.dice import Dice
from scheduler.sample.places import FEATURES

POINTS = (-60, -30, 15, 30, 60, 90)
FEW_SITES = 5


class Known:
    """What a sample has so far, looked up by site and by track."""

    def __init__(self, problem: Problem) -> None:
        """Sort the problem's zones and events by site, and its hosts by track."""
        self.problem = problem
        self.sites = [site.id for site in problem.sites]
        self._zones: dict[SiteId, list[Zone]] = defaultdict(list)
        self._events: dict[SiteId, list[Event]] = defaultdict(list)
        self._hosts: dict[TrackId, list[HostId]] = defaultdict(list)
        for zone in problem.zones:
            self._zones[problem.site_of_zone[zone.id]].append(zone)
        for event in problem.events:
            self._events[event.site].append(event)
        for host in problem.hosts:
            for track in host.tracks:
                self._hosts[track].append(host.id)

    def zones_of(self, sites: tuple[SiteId, ...] | None) -> list[Zone]:
        """Return the zones of sites, or all."""
        return [zone for site in sites or self.sites for zone in self._zones[site]]

    def events_of(self, sites: tuple[SiteId, ...] | None) -> list[Event]:
        """Return the events of sites, or all."""
        return [event for site in sites or self.sites for event in self._events[site]]

    def hosts_of(self, track: TrackId) -> list[HostId]:
        """Return the hosts of a track."""
        return self._hosts[track]


def ask_place(known: Known, track: TrackId, desks: int, area: int, dice: Dice) -> dict[str, Any]:
    """Return what a request says of places; something of it is there for most requests."""
    sites = _sites(known, dice)
    zones = [zone for zone in known.zones_of(sites) if not zone.tracks or track in zone.tracks]
    fitting = [zone for zone in zones if zone.desks >= desks and zone.area_m2 >= area]
    return {
        "sites": sites,
        "zones": _some_zones(fitting, dice),
        "zone_points": _zone_points(zones, dice),
        "needs": _needs(fitting, dice),
        "wishes": tuple(sorted(dice.draw(FEATURES, dice.between(0, 3)))),
    }


def ask_hosts(known: Known, track: TrackId, dice: Dice) -> tuple[HostId, ...] | None:
    """Return hosts in order of preference, none for a few, or null for any of the track."""
    kind = dice.weigh({"any": 24, "none": 8, "listed": 68})
    if kind == "any":
        return None
    count = dice.between(1, 4) if kind == "listed" else 0
    return tuple(dice.draw(known.hosts_of(track), count))


def _sites(known: Known, dice: Dice) -> tuple[SiteId, ...] | None:
    few = len(known.sites) <= FEW_SITES
    count = dice.weigh({0: 10 if few else 2, 1: 68, 2: 18, 3: 5})
    return tuple(sorted(dice.draw(known.sites, count))) if count else None


def _some_zones(zones: list[Zone], dice: Dice) -> tuple[ZoneId, ...] | None:
    if len(zones) <= 1 or not dice.chance(0.12):
        return None
    return tuple(sorted(zone.id for zone in dice.draw(zones, dice.between(2, 5))))


def _zone_points(zones: list[Zone], dice: Dice) -> dict[ZoneId, int]:
    liked = dice.draw(zones, dice.between(1, 4)) if dice.chance(0.42) else []
    return {zone: dice.pick(POINTS) for zone in sorted(zone.id for zone in liked)}


def _needs(zones: list[Zone], dice: Dice) -> tuple[str, ...]:
    if not zones or not dice.chance(0.25):
        return ()
    return (dice.pick(dice.pick(zones).features),)
