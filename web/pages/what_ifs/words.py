"""What-ifs in words: what each tries, what it brings, and what the small forms ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import LazyString, format_date, format_decimal, lazy_gettext, ngettext
from flask_babel import gettext as _

from web.pages.findings import say_finding
from web.pages.what_ifs.phrases import phrase_of, say_list, say_window
from web.use_cases.views.branch_forms import Choice
from web.use_cases.views.branch_sides import ComparisonView, Outcome, SideKind, SideName, SideView
from web.use_cases.views.branches import AdjustmentView

Values = Mapping[str, Any]

KIND_LABELS: dict[str, LazyString] = {
    "add_desks": lazy_gettext("More desks in a zone"),
    "close_zone": lazy_gettext("Close a zone for some days"),
    "add_places": lazy_gettext("More places in a slot"),
    "add_host_capacity": lazy_gettext("More visitors at a time with a host"),
    "allow_hosts": lazy_gettext("More hosts for a request"),
    "add_gpus": lazy_gettext("More GPUs in a computing pool"),
    "widen_window": lazy_gettext("Widen the days of a request"),
    "change_window": lazy_gettext("Shift or narrow the days of a request"),
    "change_length": lazy_gettext("Shorter or longer stay"),
    "waive_need": lazy_gettext("Do without something needed"),
    "withdraw": lazy_gettext("Withdraw a request"),
    "shorten_overlap": lazy_gettext("Fewer days together"),
    "raise_quota": lazy_gettext("Raise the maximum of a quota"),
    "add_pin": lazy_gettext("Pin a request"),
    "release_pin": lazy_gettext("Release the pins of a request"),
    "change_frozen_days": lazy_gettext("Change the notice for published stays"),
    "move_today": lazy_gettext("Plan as of another day"),
}

GROUP_LABELS: dict[str, LazyString] = {
    "space": lazy_gettext("Space"),
    "people": lazy_gettext("Hosts and computing"),
    "requests": lazy_gettext("Requests"),
    "decisions": lazy_gettext("Rules and decisions"),
}

FIELD_LABELS: dict[str, LazyString] = {
    "zone": lazy_gettext("Zone"),
    "desks": lazy_gettext("Desks to add"),
    "first_day": lazy_gettext("First day"),
    "last_day": lazy_gettext("Last day"),
    "name": lazy_gettext("Why it is closed"),
    "slot": lazy_gettext("Slot"),
    "places": lazy_gettext("Places to add"),
    "host": lazy_gettext("Host"),
    "hosts": lazy_gettext("Hosts to allow"),
    "capacity": lazy_gettext("Visitors to add"),
    "pool": lazy_gettext("Computing pool"),
    "gpus": lazy_gettext("GPUs to add"),
    "quota": lazy_gettext("Quota"),
    "max": lazy_gettext("New maximum"),
    "request": lazy_gettext("Request"),
    "min_days": lazy_gettext("Shortest stay, in days"),
    "max_days": lazy_gettext("Longest stay, in days"),
    "need": lazy_gettext("What is needed"),
    "collaboration": lazy_gettext("Who works together"),
    "min_overlap_days": lazy_gettext("Days together at least"),
    "frozen_days": lazy_gettext("Days ahead that stay as published"),
    "today": lazy_gettext("Today"),
}

FAULTS: dict[str, LazyString] = {
    "missing": lazy_gettext("Fill this in."),
    "no_number": lazy_gettext("Enter a whole number that is large enough."),
    "no_day": lazy_gettext("Enter a day."),
    "order": lazy_gettext("The last day is before the first one."),
    "nothing": lazy_gettext("Fill in at least one of the two."),
    "not_raised": lazy_gettext("Enter more than it is now, or leave it empty for no maximum."),
    "unknown": lazy_gettext("Choose one of the list."),
    "no_name": lazy_gettext("Give it a name."),
    "name_taken": lazy_gettext("Another what-if has this name. Choose another one."),
    "no_file": lazy_gettext("Choose a file first."),
}


def say_kind(kind: str) -> str:
    """Say what a kind of adjustment does."""
    return str(KIND_LABELS.get(kind, kind))


def say_group(group: str) -> str:
    """Say what a group of kinds is about."""
    return str(GROUP_LABELS[group])


def say_field(name: str) -> str:
    """Say a field of the programme's data, or of a small form."""
    return str(FIELD_LABELS.get(name, name))


def say_fault(fault: str) -> str:
    """Say what is wrong with a field."""
    return str(FAULTS[fault]) if fault in FAULTS else say_finding(fault)


def say_week(day: dt.date) -> str:
    """Say the day on which a week begins, without its year."""
    return str(format_date(day, "d MMM"))


def say_signed(number: int) -> str:
    """Say a difference with its sign."""
    sign = "+" if number > 0 else "−" if number < 0 else "±"  # noqa: RUF001  # a real minus sign
    return f"{sign}{format_decimal(abs(number))}"


def say_side(side: SideView | SideName) -> str:
    """Say what stands on one side of a comparison."""
    if side.kind is SideKind.DRAFT:
        return str(_("The draft"))
    return str(_("The last release")) if side.kind is SideKind.RELEASE else side.name


def say_choice(choice: Choice) -> str:
    """Say something to choose, with how it is now."""
    if choice.note not in _NOTES:
        return choice.name
    return f"{choice.name} · {_NOTES[choice.note](choice.values)}"


def say_outcome(comparison: ComparisonView, tried: tuple[AdjustmentView, ...] = ()) -> str:
    """Say in one sentence what the second plan brings beside the first."""
    people = say_people(comparison.outcome)
    if not tried:
        return f"{people[:1].upper()}{people[1:]}."
    changes = say_list([phrase_of(view) for view in tried])
    return str(_("With %(changes)s, %(outcome)s.", changes=changes, outcome=people))


def say_people(outcome: Outcome) -> str:
    """Say who is touched."""
    told = []
    if outcome.new and not outcome.dropped:
        told.append(
            ngettext(
                "%(num)s more person has a place",
                "%(num)s more people have a place",
                outcome.new,
            )
        )
    elif outcome.new:
        told.append(ngettext("%(num)s gets a place", "%(num)s get a place", outcome.new))
    if outcome.dropped:
        told.append(
            ngettext("%(num)s loses the place", "%(num)s lose their places", outcome.dropped)
        )
    if outcome.withdrawn:
        told.append(ngettext("%(num)s no longer asks", "%(num)s no longer ask", outcome.withdrawn))
    if outcome.moved:
        told.append(
            ngettext("%(num)s person would move", "%(num)s people would move", outcome.moved)
        )
    return "; ".join(told) if told else str(_("everybody stays where they are"))


_NOTES: dict[str, Callable[[Values], str]] = {
    "desks": lambda values: ngettext("%(num)s desk", "%(num)s desks", values["count"]),
    "places": lambda values: (
        ngettext("%(num)s place", "%(num)s places", values["count"]) + f", {say_window(values)}"
    ),
    "visitors": lambda values: ngettext(
        "%(num)s visitor at a time", "%(num)s visitors at a time", values["count"]
    ),
    "gpus": lambda values: ngettext("%(num)s GPU", "%(num)s GPUs", values["count"]),
    "most": lambda values: _("at most %(count)s", count=format_decimal(values["count"])),
    "common": lambda values: ngettext("%(num)s day", "%(num)s days", values["count"]),
    "window": lambda values: _("asked for %(days)s", days=say_window(values)),
    "stay": say_window,
    "unplaced": lambda _values: _("Not placed"),
    "lengths": lambda values: _(
        "%(least)s to %(most)s days", least=values["least"], most=values["most"]
    ),
}


FILTERS: dict[str, Callable[..., str]] = {
    "branch_fault": say_fault,
    "branch_side": say_side,
    "branch_outcome": say_outcome,
    "branch_people": say_people,
    "branch_choice": say_choice,
    "branch_week": say_week,
    "branch_field": say_field,
    "adjustment_kind": say_kind,
    "adjustment_group": say_group,
    "signed": say_signed,
}
"""Filters of the templates."""
