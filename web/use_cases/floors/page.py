"""Pages of floors: all of them small, or one large, with who sits where on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from scheduler.problem.places import Floor, Zone
from scheduler.problem.problem import Problem
from scheduler.problem.types import Days, FloorId, RequestId, ZoneId, day_of, days_of, text_in
from web.use_cases.errors import NotThereError
from web.use_cases.floors.curve import draw_curve
from web.use_cases.floors.drawing import draw_floor
from web.use_cases.floors.occupancy import ZoneUse, use_of_zones
from web.use_cases.floors.people import view_zone
from web.use_cases.months import day_within, today_of
from web.use_cases.names import Names
from web.use_cases.views.floors import (
    BuildingView,
    DayView,
    ElsewhereView,
    FloorChoice,
    FloorPageView,
    FloorPicture,
    FloorsView,
    FloorView,
    OccupantKind,
    ZoneView,
)
from web.use_cases.workspace import Workspace

WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """How somebody looks at floors: in which language, when, and at what.

    ``day`` is None for today, ``zone`` and ``request`` are what was chosen or is looked for;
    ``draft_id`` is that of a branch.
    """

    language: str
    now: dt.datetime
    day: dt.date | None = None
    zone: str | None = None
    request: str | None = None
    draft_id: int | None = None


def show_floors(workspace: Workspace, looking: Looking) -> FloorsView:
    """Return every floor of the programme as a small plan on a day."""
    room = _Room(workspace=workspace, looking=looking)
    uses = [room.uses[zone.id] for zone in room.problem.zones]
    return FloorsView(
        programme_id=room.problem.programme.id,
        programme=room.names.programme(),
        draft_id=looking.draft_id,
        draft=room.draft,
        day=room.day_view(),
        curve=draw_curve(uses, room.span, room.day),
        buildings=tuple(_buildings(room)),
        several_sites=len(room.problem.sites) > 1,
        has_stays=not workspace.is_empty,
        data=_script_data(room, uses, with_seats=False),
    )


def show_floor(workspace: Workspace, floor_id: str, looking: Looking) -> FloorPageView:
    """Return one floor large, with who sits where; ``NotThereError`` where there is none."""
    room = _Room(workspace=workspace, looking=looking)
    floor = get_floor(room.problem, floor_id)
    uses = [room.uses[zone.id] for zone in zones_of(room.problem, floor.id)]
    shown = room.floor(floor, small=False)
    chosen = looking.zone if any(use.zone.id == looking.zone for use in uses) else None
    return FloorPageView(
        programme_id=room.problem.programme.id,
        programme=room.names.programme(),
        draft_id=looking.draft_id,
        draft=room.draft,
        day=room.day_view(),
        curve=draw_curve(uses, room.span, room.day),
        floor=shown,
        choices=tuple(
            FloorChoice(id=each.id, name=room.name_of(each), building=room.building_of(each))
            for each in room.floors
        ),
        chosen=chosen,
        asked=looking.request,
        elsewhere=_elsewhere(room, floor),
        data=_script_data(room, uses, with_seats=True),
    )


def show_zone_on_floor(problem: Problem, zone_id: str, *, language: str) -> FloorPicture:
    """Return the floor of a zone as a picture in which the zone is marked."""
    zone = problem.zone.get(ZoneId(zone_id))
    if zone is None:
        raise NotThereError(f"There is no zone {zone_id}.")
    return FloorPicture(
        drawing=draw_floor(zones_of(problem, zone.floor), language, {}),
        place=Names(problem=problem, language=language).place(zone.id),
        marked=zone.id,
    )


def get_floor(problem: Problem, floor_id: str) -> Floor:
    """Return a floor by id; ``NotThereError`` where there is none."""
    floor = problem.floor.get(FloorId(floor_id))
    if floor is None:
        raise NotThereError(f"There is no floor {floor_id}.")
    return floor


def floor_zones(problem: Problem, floor_id: str) -> tuple[ZoneId, ...]:
    """Return the ids of a floor's zones; ``NotThereError`` where there is no such floor."""
    return tuple(zone.id for zone in zones_of(problem, get_floor(problem, floor_id).id))


def zones_of(problem: Problem, floor_id: FloorId) -> tuple[Zone, ...]:
    """Return the zones of a floor, in the file's order."""
    return tuple(zone for zone in problem.zones if zone.floor == floor_id)


@dataclass(frozen=True, kw_only=True)
class _Room:
    """A draft as somebody looks at its floors."""

    workspace: Workspace
    looking: Looking

    @property
    def problem(self) -> Problem:
        return self.workspace.problem

    @cached_property
    def names(self) -> Names:
        return Names(problem=self.problem, language=self.looking.language)

    @cached_property
    def uses(self) -> dict[ZoneId, ZoneUse]:
        return use_of_zones(self.problem, self.workspace.plan)

    @cached_property
    def today(self) -> dt.date:
        return today_of(self.problem.programme, self.looking.now)

    @cached_property
    def span(self) -> Days:
        return days_of(self.problem.programme)

    @cached_property
    def day(self) -> int:
        """The ordinal of the day: the one asked for, else within the stay, else today."""
        programme = self.problem.programme
        shown = day_within(programme, self.looking.day or self.today).toordinal()
        stay = self.workspace.plan.by_request.get(RequestId(self.looking.request or ""))
        if self.looking.day is None and stay is not None and shown not in stay.days:
            shown = day_within(programme, stay.first_day).toordinal()
        return shown

    @property
    def draft(self) -> str | None:
        """The name of the branch that is looked at, None for the draft itself."""
        draft = self.workspace.draft
        return None if self.looking.draft_id is None or draft is None else draft.name

    @cached_property
    def floors(self) -> tuple[Floor, ...]:
        """Floors by site and building, the highest first."""
        sites = {site.id: number for number, site in enumerate(self.problem.sites)}
        places = {
            building.id: (sites[building.site], number)
            for number, building in enumerate(self.problem.buildings)
        }
        return tuple(
            sorted(self.problem.floors, key=lambda floor: (places[floor.building], -floor.level))
        )

    def name_of(self, floor: Floor) -> str:
        return text_in(floor.name, self.looking.language)

    def building_of(self, floor: Floor) -> str:
        building = next(each for each in self.problem.buildings if each.id == floor.building)
        return text_in(building.name, self.looking.language)

    def site_of(self, floor: Floor) -> str:
        building = next(each for each in self.problem.buildings if each.id == floor.building)
        return text_in(self.problem.site[building.site].name, self.looking.language)

    def floor(self, floor: Floor, *, small: bool) -> FloorView:
        zones = zones_of(self.problem, floor.id)
        seats = {zone.id: self.uses[zone.id].seats for zone in zones}
        views = tuple(self.zone(zone) for zone in zones)
        return FloorView(
            id=floor.id,
            name=self.name_of(floor),
            building=self.building_of(floor),
            site=self.site_of(floor),
            drawing=draw_floor(zones, self.looking.language, seats, small=small),
            zones=views,
            used=sum(view.state.used for view in views),
            desks=sum(0 if view.state.is_closed else view.state.desks for view in views),
            people=sum(view.state.people for view in views),
        )

    def zone(self, zone: Zone) -> ZoneView:
        return view_zone(self.names, self.uses[zone.id], self.day)

    def day_view(self) -> DayView:
        return DayView(
            day=day_of(self.day),
            first_day=self.problem.programme.first_day,
            last_day=self.problem.programme.last_day,
            today=day_within(self.problem.programme, self.today),
            number=self.day - self.span.start,
            days=self.span.stop - self.span.start,
            week_before=self._other(-WEEK),
            day_before=self._other(-1),
            day_after=self._other(1),
            week_after=self._other(WEEK),
        )

    def _other(self, by: int) -> dt.date | None:
        return day_of(self.day + by) if self.day + by in self.span else None


def _buildings(room: _Room) -> Iterator[BuildingView]:
    for _building, floors in groupby(room.floors, key=lambda floor: floor.building):
        shown = tuple(room.floor(floor, small=True) for floor in floors)
        yield BuildingView(name=shown[0].building, site=shown[0].site, floors=shown)


def _elsewhere(room: _Room, floor: Floor) -> ElsewhereView | None:
    """Say where somebody sits who is looked for and is not on this floor on this day."""
    request = room.problem.request.get(RequestId(room.looking.request or ""))
    if request is None:
        return None
    stay = room.workspace.plan.by_request.get(request.id)
    name = room.names.researcher(request)
    if stay is None:
        return ElsewhereView(
            request=request.id, researcher=name, floor=None, place="", first_day=None, last_day=None
        )
    there = room.problem.zone[stay.zone].floor
    if there == floor.id and room.day in stay.days:
        return None
    place = room.names.place(stay.zone)
    return ElsewhereView(
        request=request.id,
        researcher=name,
        floor=there,
        place=f"{place.zone}, {place.floor}, {place.building}",
        first_day=stay.first_day,
        last_day=stay.last_day,
    )


def _script_data(room: _Room, uses: Sequence[ZoneUse], *, with_seats: bool) -> dict[str, Any]:
    """Return what the slider's script counts with: days as numbers from the programme's first."""
    start = room.span.start
    return {
        "first_day": room.problem.programme.first_day.isoformat(),
        "days": room.span.stop - start,
        "zones": [_zone_data(use, start) for use in uses],
        "holdings": list(_holdings_data(uses, start, with_seats=with_seats)),
    }


def _zone_data(use: ZoneUse, start: int) -> dict[str, Any]:
    return {
        "id": use.zone.id,
        "floor": use.zone.floor,
        "desks": use.zone.desks,
        "area": use.zone.area_m2,
        "closed": [[each.days.start - start, each.days.stop - start] for each in use.closures],
    }


def _holdings_data(uses: Sequence[ZoneUse], start: int, *, with_seats: bool) -> Iterable[list[Any]]:
    """Yield zone, first day, day after the last, desks, m2, whether it is a stay, and its seats."""
    for number, use in enumerate(uses):
        for each in use.holdings:
            row: list[Any] = [number, each.days.start - start, each.days.stop - start]
            row += [each.desks, each.area_m2, int(each.kind is OccupantKind.STAY)]
            yield [*row, each.id, each.seats] if with_seats else row
