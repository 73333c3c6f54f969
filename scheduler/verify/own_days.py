"""Rules about the days of one stay: window, length, arrival, own calendar, visa, must attend."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import combinations

from scheduler.problem.public_days import public_days
from scheduler.problem.types import Days, days_of
from scheduler.rules import Rule
from scheduler.verify.capacity import common_days
from scheduler.verify.stays import Stay, Stays
from scheduler.verify.violation import Violation, breach_of, spell_days

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def check_window(stays: Stays) -> Iterator[Violation]:
    """H1: the stay lies within the request's own days and the programme's."""
    for stay in stays.all:
        for whose, window in (
            (f"request '{stay.id}'", days_of(stay.request)),
            ("the programme", days_of(stays.problem.programme)),
        ):
            if not window.covers(stay.days):
                yield breach_of(
                    Rule.WINDOW,
                    stay.id,
                    f"stays {spell_days(stay.days)}, but {whose} lasts {spell_days(window)}",
                )


def check_length(stays: Stays) -> Iterator[Violation]:
    """H2: the stay has an allowed number of days; with fixed dates it is the whole slot."""
    step = stays.problem.policy.stay_step_days
    for stay in stays.all:
        length = stay.days.stop - stay.days.start
        shortest, longest = stay.request.min_days, stay.request.max_days
        if not shortest <= length <= longest:
            text = f"stays {length} days, not between {shortest} and {longest}"
            yield breach_of(Rule.LENGTH, stay.id, text)
        elif stay.slot.fixed_dates and stay.days != days_of(stay.slot):
            slot = f"slot '{stay.slot.id}', {spell_days(days_of(stay.slot))}"
            text = f"stays {spell_days(stay.days)}, not the whole of {slot}"
            yield breach_of(Rule.LENGTH, stay.id, text)
        elif not stay.slot.fixed_dates and (length - shortest) % step:
            text = f"stays {length} days, not {shortest} and a multiple of {step}"
            yield breach_of(Rule.LENGTH, stay.id, text)


def check_arrival(stays: Stays) -> Iterator[Violation]:
    """H3: the stay begins on a day of arrival, and not in the past."""
    for stay in stays.all:
        if not stay.slot.fixed_dates:
            yield from _check_day_of_arrival(stays, stay)
        today = stays.problem.programme.today
        if stay.first_day < today and not _may_begin_in_the_past(stays, stay):
            text = f"begins on {stay.first_day}, before today, {today}"
            yield breach_of(Rule.ARRIVAL, stay.id, text)


def _check_day_of_arrival(stays: Stays, stay: Stay) -> Iterator[Violation]:
    arrival = f"begins on {stay.first_day}"
    weekday = WEEKDAYS[stay.first_day.weekday()]
    allowed = stays.problem.policy.arrival_weekdays
    if weekday not in allowed:
        text = f"{arrival}, a {weekday}, but stays begin on {', '.join(allowed)}"
        yield breach_of(Rule.ARRIVAL, stay.id, text)
    site = stays.problem.site[stay.site]
    if public_days(site, Days(stay.days.start, stay.days.start + 1)):
        yield breach_of(Rule.ARRIVAL, stay.id, f"{arrival}, a public day at site '{site.id}'")
    for closure in site.closures:
        if stay.days.start in days_of(closure):
            text = f"{arrival}, when site '{site.id}' is closed {spell_days(days_of(closure))}"
            yield breach_of(Rule.ARRIVAL, stay.id, text)


def _may_begin_in_the_past(stays: Stays, stay: Stay) -> bool:
    """Tell whether the stay is frozen with, or pinned to, the day on which it begins."""
    told = stays.problem.told.get(stay.id)
    frozen = told is not None and stays.problem.is_frozen(told)
    days: set[dt.date | None] = {pin.first_day for pin in stays.pins.get(stay.id, ())}
    if told is not None and frozen:
        days.add(told.first_day)
    return stay.first_day in days


def check_own_calendar(stays: Stays) -> Iterator[Violation]:
    """H9: the researcher is available on every day, and is in one place at a time."""
    for stay in stays.all:
        for absence in stay.request.unavailable:
            if stay.days.common(days_of(absence)):
                away = spell_days(days_of(absence))
                text = f"stays {spell_days(stay.days)}, but is unavailable {away}"
                yield breach_of(Rule.OWN_CALENDAR, stay.id, text)
    for researcher, own_stays in stays.of_researcher.items():
        for one, other in combinations(own_stays, 2):
            common = common_days(one.days, other.days)
            if common is not None:
                text = (
                    f"Researcher '{researcher}' stays for both '{one.id}' and '{other.id}' "
                    f"{spell_days(common)}."
                )
                yield Violation(rule=Rule.OWN_CALENDAR, requests=(one.id, other.id), text=text)


def check_visa(stays: Stays) -> Iterator[Violation]:
    """H10: the stay begins late enough for a visa, by the institution's country."""
    for stay in stays.all:
        country = stay.institution.country
        lead = stays.problem.policy.visa_lead_days.get(country, 0)
        submitted = stay.request.submitted
        if (stay.first_day - submitted).days < lead:
            text = (
                f"begins on {stay.first_day}, but was submitted on {submitted}, "
                f"and a visa for {country} takes {lead} days"
            )
            yield breach_of(Rule.VISA, stay.id, text)


def check_must_attend(stays: Stays) -> Iterator[Violation]:
    """H11: the stay covers every event that must be attended, at the event's site."""
    for stay in stays.all:
        for event in (stays.problem.event[name] for name in stay.request.must_attend):
            if not stay.days.covers(days_of(event)):
                when = spell_days(days_of(event))
                text = f"stays {spell_days(stay.days)}, not throughout event '{event.id}' {when}"
                yield breach_of(Rule.MUST_ATTEND, stay.id, text)
            if stay.site != event.site:
                text = (
                    f"stays at site '{stay.site}', but event '{event.id}' is at site '{event.site}'"
                )
                yield breach_of(Rule.MUST_ATTEND, stay.id, text)
