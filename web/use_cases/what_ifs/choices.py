"""What the small form of an adjustment asks, with everything there is to choose, by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request
from scheduler.problem.types import RequestId
from web.use_cases.views.branch_forms import Choice, ComposeView, FieldKind, FieldView
from web.use_cases.what_ifs.words import Called

NEED = "need"
"""The field that chooses a request and a feature at once."""

KINDS = {
    "space": ("add_desks", "close_zone", "add_places"),
    "people": ("add_host_capacity", "allow_hosts", "add_gpus"),
    "requests": (
        "widen_window",
        "change_window",
        "change_length",
        "waive_need",
        "withdraw",
        "shorten_overlap",
    ),
    "decisions": ("raise_quota", "add_pin", "release_pin", "change_frozen_days", "move_today"),
}
"""Kinds of adjustments that have a form, by what they are about."""


@dataclass(frozen=True, kw_only=True)
class Chooser:
    """Gives what there is to choose in a problem, beside the draft's plan."""

    problem: Problem
    plan: Plan
    language: str

    @cached_property
    def called(self) -> Called:
        """Names of the programme's things."""
        return Called(problem=self.problem, language=self.language)

    def zones(self) -> tuple[Choice, ...]:
        """Every zone with its desks."""
        called = self.called.zone
        return tuple(
            Choice(value=zone.id, name=called(zone.id), note="desks", values={"count": zone.desks})
            for zone in self.problem.zones
        )

    def slots(self) -> tuple[Choice, ...]:
        """Every slot with its places and days."""
        return tuple(
            Choice(
                value=slot.id,
                name=self.called.said(slot.name),
                note="places",
                values={
                    "count": slot.places,
                    "first_day": slot.first_day,
                    "last_day": slot.last_day,
                },
            )
            for slot in self.problem.slots
        )

    def hosts(self) -> tuple[Choice, ...]:
        """Every host with the number of visitors at a time."""
        return tuple(
            Choice(
                value=host.id,
                name=self.called.said(host.name),
                note="visitors",
                values={"count": host.capacity},
            )
            for host in sorted(self.problem.hosts, key=lambda host: self.called.said(host.name))
        )

    def pools(self) -> tuple[Choice, ...]:
        """Every pool with its GPUs."""
        return tuple(
            Choice(
                value=pool.id,
                name=self.called.said(pool.name),
                note="gpus",
                values={"count": pool.gpus},
            )
            for pool in self.problem.pools
        )

    def quotas(self) -> tuple[Choice, ...]:
        """Every quota that has a maximum."""
        return tuple(
            Choice(
                value=quota.id,
                name=self.called.said(quota.name),
                note="most",
                values={"count": quota.max},
            )
            for quota in self.problem.quotas
            if quota.max is not None
        )

    def bonds(self) -> tuple[Choice, ...]:
        """Every collaboration that must share days."""
        return tuple(
            Choice(
                value=bond.id,
                name=", ".join(map(self.called.asker, bond.requests)),
                note="common",
                values={"count": bond.min_overlap_days},
            )
            for bond in self.problem.collaborations
            if bond.min_overlap_days > 0
        )

    def requests(self, note: str = "") -> tuple[Choice, ...]:
        """Requests that stand, by name, with what the note is about."""
        return self._asked(self.problem.submitted, note)

    def pinned(self) -> tuple[Choice, ...]:
        """Requests that are pinned."""
        pinned = {pin.request for pin in self.problem.pins}
        return self._asked(each for each in self.problem.submitted if each.id in pinned)

    def choosy(self) -> tuple[Choice, ...]:
        """Requests that name their hosts."""
        return self._asked(each for each in self.problem.submitted if each.hosts)

    def needs(self) -> tuple[Choice, ...]:
        """Every need of every request."""
        return tuple(
            Choice(value=f"{choice.value} {need}", name=f"{choice.name}: {need}")
            for choice in self.requests()
            for need in self.problem.request[RequestId(choice.value)].needs
        )

    def _asked(self, requests: Iterable[Request], note: str = "") -> tuple[Choice, ...]:
        chosen = []
        for request in requests:
            stay = self.plan.by_request.get(request.id)
            shown = stay if note == "stay" else request
            values = {
                "first_day": None if shown is None else shown.first_day,
                "last_day": None if shown is None else shown.last_day,
                "least": request.min_days,
                "most": request.max_days,
            }
            name = self.called.asker(request.id)
            said = "unplaced" if shown is None else note
            chosen.append(Choice(value=request.id, name=name, note=said, values=values))
        return _told_apart(sorted(chosen, key=lambda each: (each.name, each.value)))


def build_form(
    chooser: Chooser,
    kind: str,
    answers: Mapping[str, Sequence[str]],
    faults: Mapping[str, str] | None = None,
) -> ComposeView:
    """Return the form of a kind of adjustment, with what was put in and what is wrong with it."""
    known = faults or {}
    fields = tuple(
        replace(
            field,
            given=tuple(answers.get(field.name, field.given)),
            fault=known.get(field.name, ""),
        )
        for field in FORMS[kind](chooser)
    )
    named = {field.name for field in fields}
    left = tuple(text for name, text in known.items() if name not in named)
    return ComposeView(kind=kind, fields=fields, faults=left)


def _choice(name: str, choices: tuple[Choice, ...], *, required: bool = True) -> FieldView:
    return FieldView(name=name, kind=FieldKind.CHOICE, choices=choices, is_required=required)


def _number(name: str, least: int = 1, *, required: bool = True, given: str = "") -> FieldView:
    return FieldView(
        name=name,
        kind=FieldKind.NUMBER,
        least=least,
        is_required=required,
        given=(given,) if given else (),
    )


def _days(chooser: Chooser, *, required: bool) -> tuple[FieldView, FieldView]:
    first, last = (
        _day(chooser, name, required=required, given="") for name in ("first_day", "last_day")
    )
    return first, last


def _day(chooser: Chooser, name: str, *, required: bool, given: str) -> FieldView:
    programme = chooser.problem.programme
    return FieldView(
        name=name,
        kind=FieldKind.DAY,
        first_day=None if name == "today" else programme.first_day,
        last_day=programme.last_day,
        is_required=required,
        given=(given,) if given else (),
    )


def _close_zone(chooser: Chooser) -> tuple[FieldView, ...]:
    reason = FieldView(name="name", kind=FieldKind.TEXT, is_required=False)
    return (_choice("zone", chooser.zones()), *_days(chooser, required=True), reason)


def _pin(chooser: Chooser) -> tuple[FieldView, ...]:
    return (
        _choice("request", chooser.requests("stay")),
        *_days(chooser, required=False),
        _choice("zone", chooser.zones(), required=False),
        _choice("slot", chooser.slots(), required=False),
        _choice("host", chooser.hosts(), required=False),
    )


def _hosts(chooser: Chooser) -> tuple[FieldView, ...]:
    hosts = FieldView(name="hosts", kind=FieldKind.SEVERAL, choices=chooser.hosts())
    return (_choice("request", chooser.choosy()), hosts)


def _lengths(chooser: Chooser) -> tuple[FieldView, ...]:
    least, most = (_number(name, required=False) for name in ("min_days", "max_days"))
    return (_choice("request", chooser.requests("lengths")), least, most)


def _window(chooser: Chooser) -> tuple[FieldView, ...]:
    days = (replace(each, first_day=None, last_day=None) for each in _days(chooser, required=False))
    return (_choice("request", chooser.requests("window")), *days)


def _today(chooser: Chooser) -> tuple[FieldView, ...]:
    given = chooser.problem.programme.today.isoformat()
    return (_day(chooser, "today", required=True, given=given),)


FORMS: dict[str, Callable[[Chooser], tuple[FieldView, ...]]] = {
    "close_zone": _close_zone,
    "add_desks": lambda chooser: (_choice("zone", chooser.zones()), _number("desks")),
    "add_places": lambda chooser: (_choice("slot", chooser.slots()), _number("places")),
    "add_host_capacity": lambda chooser: (_choice("host", chooser.hosts()), _number("capacity")),
    "add_gpus": lambda chooser: (_choice("pool", chooser.pools()), _number("gpus")),
    "raise_quota": lambda chooser: (
        _choice("quota", chooser.quotas()),
        _number("max", 0, required=False),
    ),
    "widen_window": _window,
    "change_window": _window,
    "change_length": _lengths,
    "allow_hosts": _hosts,
    "waive_need": lambda chooser: (_choice(NEED, chooser.needs()),),
    "withdraw": lambda chooser: (_choice("request", chooser.requests("window")),),
    "shorten_overlap": lambda chooser: (
        _choice("collaboration", chooser.bonds()),
        _number("min_overlap_days", 0),
    ),
    "add_pin": _pin,
    "release_pin": lambda chooser: (_choice("request", chooser.pinned()),),
    "change_frozen_days": lambda chooser: (
        _number("frozen_days", 0, given=str(chooser.problem.policy.frozen_days)),
    ),
    "move_today": _today,
}
"""The fields of each form."""


def _told_apart(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return choices by name; those of one name are told apart by their ids."""
    alike = Counter(choice.name for choice in choices)
    return tuple(
        replace(choice, name=f"{choice.name} ({choice.value})")
        if alike[choice.name] > 1
        else choice
        for choice in choices
    )
