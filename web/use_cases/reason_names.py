"""What the ids in the solver's reasons are called, told apart where two bear one name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from scheduler.problem.requests import Collaboration, Request, Separation
from scheduler.problem.types import Text, text_in
from scheduler.rules import Rule
from web.use_cases.names import Names

BETWEEN = " · "


@dataclass(frozen=True, kw_only=True)
class ReasonNames:
    """Answers what a rule's ids are called in the reader's language."""

    names: Names

    def of(self, rule: Rule, request: Request) -> Mapping[str, str]:
        """Return the names of what a rule's reasons name; of a pair, whoever is not asking."""
        if rule is Rule.COLLABORATION:
            return self._others(self.names.problem.collaborations, request)
        if rule is Rule.SEPARATION:
            return self._others(self.names.problem.separations, request)
        return self._by_rule.get(rule, {})

    @cached_property
    def zones(self) -> Mapping[str, str]:
        """Names of the zones, by id."""
        places = {zone.id: self.names.place(zone.id) for zone in self.names.problem.zones}
        several = len(self.names.problem.sites) > 1
        return _told_apart(
            {
                zone: (place.zone, *([place.site] if several else []), place.building, place.floor)
                for zone, place in places.items()
            }
        )

    @cached_property
    def _by_rule(self) -> Mapping[Rule, Mapping[str, str]]:
        return {
            Rule.SLOT: self._slots,
            Rule.ZONE: self.zones,
            Rule.EXCLUSIVE_ZONE: self.zones,
            Rule.HOST: self._hosts,
            Rule.COMPUTING: self._of(self.names.problem.pools),
            Rule.OWN_CALENDAR: self._of(self.names.problem.researchers),
            Rule.QUOTA: self._of(self.names.problem.quotas),
        }

    @cached_property
    def _slots(self) -> Mapping[str, str]:
        problem, said = self.names.problem, self._said
        return _told_apart(
            {
                slot.id: (said(slot.name), said(problem.site[slot.site].name))
                for slot in problem.slots
            }
        )

    @cached_property
    def _hosts(self) -> Mapping[str, str]:
        problem, said = self.names.problem, self._said
        return _told_apart(
            {
                host.id: (said(host.name), said(problem.institution[host.institution].name))
                for host in problem.hosts
            }
        )

    def _of(self, items: tuple[Any, ...]) -> Mapping[str, str]:
        return {item.id: self._said(item.name) for item in items}

    def _others(
        self, groups: tuple[Collaboration, ...] | tuple[Separation, ...], request: Request
    ) -> Mapping[str, str]:
        """Return the researchers of each group that the request is in, but its own."""
        by_id = self.names.problem.request
        return {
            group.id: BETWEEN.join(
                self.names.researcher(by_id[other])
                for other in group.requests
                if other != request.id
            )
            for group in groups
            if request.id in group.requests
        }

    def _said(self, text: Text) -> str:
        return text_in(text, self.names.language)


def _told_apart(names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return each first name, with as many of the others as it takes to tell it from the rest."""
    alike = Counter(words[:count] for words in names.values() for count in _lengths(words))
    return {
        name_id: BETWEEN.join(
            words[: next((n for n in _lengths(words) if alike[words[:n]] == 1), len(words))]
        )
        for name_id, words in names.items()
    }


def _lengths(words: tuple[str, ...]) -> range:
    return range(1, len(words) + 1)
