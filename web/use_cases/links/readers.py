"""Every reader beside the links that stand: the own one, and those of devices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from models.link_store import Link
from models.release_store import Scope, ScopeKind
from scheduler.problem.types import text_in
from web.use_cases.links.freshness import Freshness, Moments, Seen
from web.use_cases.links.making import readers_of
from web.use_cases.names import Names
from web.use_cases.requests.words import fold

_PEOPLE = frozenset({ScopeKind.RESEARCHER, ScopeKind.HOST})


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """What a reader is called, what tells readers of one name apart, and where to write to."""

    name: str
    detail: str = ""
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderLinks:
    """A reader with the links that stand and what each has seen."""

    scope: Scope
    called: Called
    own: Link | None
    own_seen: Seen
    devices: tuple[Link, ...]
    devices_seen: tuple[Seen, ...]
    is_known: bool

    @property
    def old(self) -> int:
        """How many of the reader's calendars are old.

        A researcher's own link opens the page above all; it is a calendar where it is the only one.
        """
        is_calendar = self.scope.kind is not ScopeKind.RESEARCHER or not self.devices
        return self._count(Freshness.OLD) + (is_calendar and self._own_is(Freshness.OLD))

    @property
    def is_unopened(self) -> bool:
        """Tell whether a person never opened the link; calendars of places need no reader."""
        return self.scope.kind in _PEOPLE and self._own_is(Freshness.NEVER)

    @property
    def unfetched(self) -> int:
        """How many devices have never fetched their calendar."""
        return self._count(Freshness.NEVER)

    def matches(self, words: Iterable[str]) -> bool:
        """Tell whether all words are in what the reader and the devices are called."""
        called = self.called
        devices = " ".join(link.device or "" for link in self.devices)
        text = fold(f"{called.name} {called.detail} {called.email} {self.scope.id} {devices}")
        return all(word in text for word in words)

    def is_waiting(self, freshness: Freshness | None) -> bool:
        """Tell whether something of the reader's is old, or was never opened."""
        if freshness is Freshness.OLD:
            return self.old > 0
        if freshness is Freshness.NEVER:
            return self.is_unopened or self.unfetched > 0
        return True

    def _own_is(self, freshness: Freshness) -> bool:
        return self.own is not None and self.own_seen.freshness is freshness

    def _count(self, freshness: Freshness) -> int:
        return sum(seen.freshness is freshness for seen in self.devices_seen)


def links_of_readers(
    names: Names, own: Iterable[Link], devices: Iterable[Link], moments: Moments
) -> Iterator[ReaderLinks]:
    """Yield the programme's readers, researchers first, then those who left but have a link."""
    links = {link.scope: link for link in own}
    of_devices: dict[Scope, list[Link]] = defaultdict(list)
    for link in devices:
        of_devices[link.scope].append(link)
    known = called_readers(names)
    for scope, called in known.items():
        yield _links_of(scope, called, links.get(scope), of_devices.get(scope, []), moments)
    for scope in dict.fromkeys([*links, *of_devices]):
        if scope not in known:
            left, own_link = of_devices.get(scope, []), links.get(scope)
            label = next(
                (link.label for link in [own_link, *left] if link and link.label), scope.id
            )
            yield _links_of(scope, Called(name=label), own_link, left, moments, is_known=False)


def called_readers(names: Names) -> Mapping[Scope, Called]:
    """Return what every reader is called, the researchers first."""
    problem, language = names.problem, names.language
    institutions = {item.id: text_in(item.name, language) for item in problem.institutions}
    details = _places(names)
    emails: dict[Scope, str | None] = {}
    for kind, people in (
        (ScopeKind.RESEARCHER, problem.researchers),
        (ScopeKind.HOST, problem.hosts),
    ):
        for person in people:
            scope = Scope(kind=kind, id=person.id)
            details[scope] = institutions[person.institution]
            emails[scope] = person.email
    readers = sorted(readers_of(problem), key=lambda each: each[0].kind is not ScopeKind.RESEARCHER)
    return {
        scope: Called(
            name=text_in(name, language), detail=details.get(scope, ""), email=emails.get(scope)
        )
        for scope, name in readers
    }


def _places(names: Names) -> dict[Scope, str]:
    """Return where zones and floors lie, with the site where there are several."""
    problem, language = names.problem, names.language
    several = len(problem.sites) > 1
    sites = {site.id: text_in(site.name, language) for site in problem.sites}
    buildings = {
        building.id: ", ".join(
            [*([sites[building.site]] if several else []), text_in(building.name, language)]
        )
        for building in problem.buildings
    }
    floors = {floor.id: floor for floor in problem.floors}
    return {
        Scope(kind=ScopeKind.FLOOR, id=floor.id): buildings[floor.building]
        for floor in problem.floors
    } | {
        Scope(kind=ScopeKind.ZONE, id=zone.id): ", ".join(
            [buildings[floors[zone.floor].building], text_in(floors[zone.floor].name, language)]
        )
        for zone in problem.zones
    }


def _links_of(
    scope: Scope,
    called: Called,
    own: Link | None,
    devices: Iterable[Link],
    moments: Moments,
    *,
    is_known: bool = True,
) -> ReaderLinks:
    links = tuple(devices)
    return ReaderLinks(
        scope=scope,
        called=called,
        own=own,
        own_seen=Seen(freshness=Freshness.NEVER) if own is None else moments.seen(own),
        devices=links,
        devices_seen=tuple(map(moments.seen, links)),
        is_known=is_known,
    )
