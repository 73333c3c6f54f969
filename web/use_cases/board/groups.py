"""Rows of the board: what each stay stands under, and in which order."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request, Residency
from scheduler.problem.types import ZoneId, text_in
from web.use_cases.names import Names
from web.use_cases.views.board import GroupBy


def sorted_by_group(
    names: Names, stays: Iterable[Residency], group_by: GroupBy
) -> tuple[tuple[str, Residency], ...]:
    """Return stays with the name of the row that each stands under, row by row and by day."""
    rows = _Rows(names, group_by)
    keyed = [(rows.order(stay), stay.first_day, stay.request, stay) for stay in stays]
    return tuple((rows.name(stay), stay) for *_, stay in sorted(keyed, key=lambda one: one[:3]))


class _Rows:
    """Where each stay's row stands, and what it is called."""

    def __init__(self, names: Names, group_by: GroupBy) -> None:
        self._names = names
        self._by = group_by
        self._order = {key: number for number, key in enumerate(_keys(names.problem, group_by))}

    def order(self, stay: Residency) -> tuple[int, str]:
        """Return what rows are sorted by."""
        key = self._key(stay)
        return self._order.get(key, len(self._order)), key

    def name(self, stay: Residency) -> str:
        """Return the full name of a stay's row, the outermost place first; empty for no host."""
        names, request = self._names, self._request(stay)
        match self._by:
            case GroupBy.PLACE:
                place = names.place(stay.zone)
                several = len(names.problem.sites) > 1
                outer = (place.site,) if several else ()
                return " / ".join((*outer, place.building, place.floor, place.zone))
            case GroupBy.TRACK:
                return names.track(request.track).name
            case GroupBy.HOST:
                return names.host(stay.host) or ""
            case GroupBy.RESEARCHER:
                return names.researcher(request)
            case GroupBy.COUNTRY:
                return names.country(request)
            case GroupBy.SLOT:
                return names.slot(stay)

    def _key(self, stay: Residency) -> str:
        match self._by:
            case GroupBy.PLACE:
                return stay.zone
            case GroupBy.TRACK:
                return self._request(stay).track
            case GroupBy.HOST:
                return stay.host or ""
            case GroupBy.RESEARCHER:
                return self._request(stay).researcher
            case GroupBy.COUNTRY:
                return self._names.country(self._request(stay))
            case GroupBy.SLOT:
                return stay.slot

    def _request(self, stay: Residency) -> Request:
        return self._names.problem.request[stay.request]


def _keys(problem: Problem, group_by: GroupBy) -> Iterable[str]:
    """Return rows in the order of the scenario; higher floors above lower ones."""
    match group_by:
        case GroupBy.PLACE:
            return zones_in_order(problem)
        case GroupBy.TRACK:
            return [each.id for each in problem.tracks]
        case GroupBy.HOST:
            return [each.id for each in problem.hosts]
        case GroupBy.RESEARCHER:
            named = [(text_in(each.name, "en"), each.id) for each in problem.researchers]
            return [name for _, name in sorted(named)]
        case GroupBy.COUNTRY:
            return sorted({each.country for each in problem.institutions})
        case GroupBy.SLOT:
            return [each.id for each in problem.slots]


def zones_in_order(problem: Problem) -> list[ZoneId]:
    """Return zones by site and building, the highest floor first."""
    floors = {each.id: each for each in problem.floors}
    buildings = {each.id: number for number, each in enumerate(problem.buildings)}
    sites = {each.id: number for number, each in enumerate(problem.sites)}
    of_building = {each.id: each.site for each in problem.buildings}

    def order(zone: ZoneId) -> tuple[int, int, int, str]:
        floor = floors[problem.zone[zone].floor]
        site = sites[of_building[floor.building]]
        return site, buildings[floor.building], -floor.level, floor.id

    return sorted((zone.id for zone in problem.zones), key=order)
