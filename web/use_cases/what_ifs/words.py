"""What a what-if tries, with the names of what it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from models.steps import Document
from scheduler.problem.adjustments import AdjustmentError, apply, parse_documents
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request
from scheduler.problem.types import RequestId, Text, text_in
from web.use_cases.names import Names
from web.use_cases.reason_names import ReasonNames
from web.use_cases.views.branches import AdjustmentView, Value

PARTS = ("slot", "zone", "host", "pool")
"""Parts of a pin that are named."""


def view_adjustments(
    problem: Problem,
    documents: Sequence[Document],
    language: str,
    faults: Mapping[int, str] | None = None,
) -> tuple[AdjustmentView, ...]:
    """Return what adjustments are about; ``problem`` is the programme before they are made."""
    called = Called(problem=_with_added(problem, documents), language=language)
    known = faults or {}
    return tuple(
        AdjustmentView(
            kind=document["kind"],
            values=_values(called, document),
            fault=known.get(number, ""),
        )
        for number, document in enumerate(documents)
    )


def find_faults(problem: Problem, documents: Sequence[Document]) -> Iterator[tuple[int, str]]:
    """Yield each adjustment that cannot be made to a problem after those that can, and why."""
    made: list[Document] = []
    for number, document in enumerate(documents):
        try:
            apply(problem, parse_documents([*made, document]))
            made.append(document)
        except AdjustmentError as error:
            yield number, error.findings[0].message


@dataclass(frozen=True, kw_only=True)
class Called:
    """What the programme's things are called; what it does not have any more, by its id."""

    problem: Problem
    language: str

    def zone(self, zone_id: str) -> str:
        """Return the name of a zone, told apart from its namesakes."""
        return self._zones.get(zone_id, zone_id)

    @cached_property
    def _zones(self) -> Mapping[str, str]:
        return ReasonNames(names=Names(problem=self.problem, language=self.language)).zones

    def thing(self, items: Mapping[Any, Any], item_id: str) -> str:
        """Return the name of whatever has one."""
        item = items.get(item_id)
        return item_id if item is None else self.said(item.name)

    def asker(self, request_id: str) -> str:
        """Return who asks by a request."""
        request = self.request(request_id)
        if request is None:
            return request_id
        return self.thing(self.problem.researcher, request.researcher)

    def request(self, request_id: str) -> Request | None:
        """Return a request, None where there is none."""
        return self.problem.request.get(RequestId(request_id))

    def part(self, part: str, item_id: str) -> str:
        """Return the name of a slot, zone, host or pool."""
        if part == "zone":
            return self.zone(item_id)
        return self.thing(getattr(self.problem, part), item_id)

    def said(self, text: Text) -> str:
        """Return a text in the reader's language."""
        return text_in(text, self.language)


def _with_added(problem: Problem, documents: Sequence[Document]) -> Problem:
    """Return the problem with the people and requests that adjustments add, so as to name them."""
    added = [each for each in documents if each["kind"] in ("add_request", "add_researcher")]
    try:
        return apply(problem, parse_documents(added)) if added else problem
    except AdjustmentError:
        return problem


def _values(called: Called, document: Document) -> Mapping[str, Value]:
    return _ABOUT[document["kind"]](called, document)


def _close_zone(called: Called, document: Document) -> dict[str, Value]:
    return {
        "zone": called.zone(document["zone"]),
        "first_day": _day(document["first_day"]),
        "last_day": _day(document["last_day"]),
        "name": called.said(document.get("name") or ""),
    }


def _of_part(part: str, amount: str) -> Callable[[Called, Document], dict[str, Value]]:
    def values(called: Called, document: Document) -> dict[str, Value]:
        return {part: called.part(part, document[part]), "count": document[amount]}

    return values


def _raise_quota(called: Called, document: Document) -> dict[str, Value]:
    quotas = {quota.id: quota for quota in called.problem.quotas}
    quota = quotas.get(document["quota"])
    return {
        "quota": called.thing(quotas, document["quota"]),
        "was": None if quota is None else quota.max,
        "most": document["max"],
    }


def _window(called: Called, document: Document) -> dict[str, Value]:
    request = called.request(document["request"])
    first, last = _day(document.get("first_day")), _day(document.get("last_day"))
    return {
        "request": called.asker(document["request"]),
        "first_day": first or (request.first_day if request else None),
        "last_day": last or (request.last_day if request else None),
    }


def _length(called: Called, document: Document) -> dict[str, Value]:
    request = called.request(document["request"])
    least, most = document.get("min_days"), document.get("max_days")
    return {
        "request": called.asker(document["request"]),
        "least": least or (request.min_days if request else None),
        "most": most or (request.max_days if request else None),
    }


def _allow_hosts(called: Called, document: Document) -> dict[str, Value]:
    hosts = tuple(called.part("host", host) for host in document["hosts"])
    return {"request": called.asker(document["request"]), "hosts": hosts}


def _waive_need(called: Called, document: Document) -> dict[str, Value]:
    return {"request": called.asker(document["request"]), "feature": document["feature"]}


def _of_request(called: Called, document: Document) -> dict[str, Value]:
    return {"request": called.asker(document["request"])}


def _pin(called: Called, document: Document) -> dict[str, Value]:
    pin = document["pin"]
    named = {part: called.part(part, pin[part]) for part in PARTS if pin.get(part)}
    days = {part: _day(pin.get(part)) for part in ("first_day", "last_day")}
    return {"request": called.asker(pin["request"]), **named, **days}


def _overlap(called: Called, document: Document) -> dict[str, Value]:
    named = {str(each.id): each for each in called.problem.collaborations}
    bond = named.get(document["collaboration"])
    asked = (document["collaboration"],) if bond is None else bond.requests
    return {
        "requests": tuple(map(called.asker, asked)),
        "count": document["min_overlap_days"],
    }


def _add_request(called: Called, document: Document) -> dict[str, Value]:
    request = document["request"]
    return {
        "request": called.thing(called.problem.researcher, request["researcher"]),
        "first_day": _day(request["first_day"]),
        "last_day": _day(request["last_day"]),
    }


def _add_researcher(called: Called, document: Document) -> dict[str, Value]:
    return {"researcher": called.said(document["researcher"]["name"])}


_ABOUT: dict[str, Callable[[Called, Document], Mapping[str, Value]]] = {
    "close_zone": _close_zone,
    "add_desks": _of_part("zone", "desks"),
    "add_places": _of_part("slot", "places"),
    "add_host_capacity": _of_part("host", "capacity"),
    "add_gpus": _of_part("pool", "gpus"),
    "raise_quota": _raise_quota,
    "change_window": _window,
    "widen_window": _window,
    "change_length": _length,
    "allow_hosts": _allow_hosts,
    "waive_need": _waive_need,
    "shorten_overlap": _overlap,
    "withdraw": _of_request,
    "add_pin": _pin,
    "release_pin": _of_request,
    "change_frozen_days": lambda _called, document: {"count": document["frozen_days"]},
    "move_today": lambda _called, document: {"day": _day(document["today"])},
    "add_request": _add_request,
    "add_researcher": _add_researcher,
}


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
