"""Names of a problem's things in one language, as the views carry them."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request, Residency
from scheduler.problem.types import HostId, PoolId, TrackId, ZoneId, text_in
from web.use_cases.views import PlaceView, TrackView


@dataclass(frozen=True, kw_only=True)
class Names:
    """Answers what somebody or something is called in the reader's language."""

    problem: Problem
    language: str

    def programme(self) -> str:
        """Return the programme's name."""
        return text_in(self.problem.programme.name, self.language)

    def track(self, track_id: TrackId) -> TrackView:
        """Return a track's name and colour."""
        track = self.problem.track[track_id]
        return TrackView(id=track.id, name=text_in(track.name, self.language), colour=track.colour)

    def place(self, zone_id: ZoneId) -> PlaceView:
        """Return where a zone lies."""
        zone = self.problem.zone[zone_id]
        floor = self.problem.floor[zone.floor]
        building = next(item for item in self.problem.buildings if item.id == floor.building)
        site = self.problem.site[building.site]
        return PlaceView(
            zone=text_in(zone.name, self.language),
            floor=text_in(floor.name, self.language),
            building=text_in(building.name, self.language),
            site=text_in(site.name, self.language),
            address=text_in(site.address, self.language),
        )

    def researcher(self, request: Request) -> str:
        """Return the name of the one who asks."""
        return text_in(self.problem.researcher[request.researcher].name, self.language)

    def institution(self, request: Request) -> str:
        """Return the name of the asker's institution."""
        return text_in(self.problem.institution_of(request).name, self.language)

    def country(self, request: Request) -> str:
        """Return the country code of the asker's institution."""
        return self.problem.institution_of(request).country

    def host(self, host_id: HostId | None) -> str | None:
        """Return a host's name, None where there is no host."""
        return None if host_id is None else text_in(self.problem.host[host_id].name, self.language)

    def pool(self, pool_id: PoolId | None) -> str | None:
        """Return a pool's name, None where no computing is used."""
        return None if pool_id is None else text_in(self.problem.pool[pool_id].name, self.language)

    def slot(self, residency: Residency) -> str:
        """Return the name of a residency's slot."""
        return text_in(self.problem.slot[residency.slot].name, self.language)


def knows(problem: Problem, residency: Residency) -> bool:
    """Tell whether a residency names only what the programme still has, and a request that stands.

    A stored plan outlives changes of the scenario.
    """
    request = problem.request.get(residency.request)
    return (
        request is not None
        and request.is_submitted
        and residency.zone in problem.zone
        and residency.slot in problem.slot
        and (residency.host is None or residency.host in problem.host)
        and (residency.pool is None or residency.pool in problem.pool)
    )
