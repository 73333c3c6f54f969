"""Facts about days of arrival: weekdays, public days, closures of a site, today."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import holidays

from scheduler.explain.asked import Asked, holders_by
from scheduler.explain.explanation import Holder, Reason
from scheduler.explain.sentences import Value, sentence
from scheduler.explain.templates import Template
from scheduler.explain.things import Kind, Span, Thing, spans_of
from scheduler.problem.places import Site
from scheduler.problem.programme import Weekday
from scheduler.problem.public_days import public_days
from scheduler.problem.types import Days, day_of
from scheduler.rules import Rule

WEEKDAYS = {
    Weekday.MON: Template.MONDAY,
    Weekday.TUE: Template.TUESDAY,
    Weekday.WED: Template.WEDNESDAY,
    Weekday.THU: Template.THURSDAY,
    Weekday.FRI: Template.FRIDAY,
    Weekday.SAT: Template.SATURDAY,
    Weekday.SUN: Template.SUNDAY,
}


def arrival_facts(asked: Asked) -> Iterator[Reason]:
    """Yield on which weekdays stays begin, and what forbids arrivals on such days."""
    weekdays = tuple(WEEKDAYS[each] for each in asked.problem.policy.arrival_weekdays)
    yield Reason(rule=Rule.ARRIVAL, sentence=sentence(Template.WEEKDAYS, weekdays=weekdays))
    today = asked.problem.programme.today
    if asked.days.start < today.toordinal():
        yield Reason(rule=Rule.ARRIVAL, sentence=sentence(Template.TODAY, today=today))
    for site in asked.problem.sites:
        if asked.request.sites is None or site.id in asked.request.sites:
            yield from _closed_arrivals(asked, site)


def _closed_arrivals(asked: Asked, site: Site) -> Iterator[Reason]:
    """Yield the days on which arrivals would be allowed were the site not closed."""
    tables = asked.setting.tables
    within = tables.horizon.mask([asked.days])
    closed = tables.arrival_closed[site.id] & tables.arrival_weekday & within
    spans = spans_of(closed, tables.horizon.days.start)
    if not spans:
        return
    holders = tuple(
        holder
        for holder in (*_public_days(site, spans), *_closures(site, spans))
        if any(span.days.common(holder.days.days) for span in spans)
    )
    named = dict.fromkeys(_name(holder) for holder in holders)
    yield Reason(
        rule=Rule.ARRIVAL,
        resource=Thing(kind=Kind.SITE, id=site.id),
        days=spans,
        holders=holders,
        sentence=sentence(
            Template.CLOSED_SITE,
            site=Thing(kind=Kind.SITE, id=site.id),
            days=spans,
            holders=tuple(named),
        ),
    )


def _name(holder: Holder) -> Value:
    return holder.what if holder.what.name else Template.CLOSURE


def _closures(site: Site, spans: tuple[Span, ...]) -> tuple[Holder, ...]:
    days = Days(spans[0].days.start, spans[-1].days.stop)
    return holders_by(Kind.CLOSURE, site.id, site.closures, days)


def _public_days(site: Site, spans: tuple[Span, ...]) -> Iterator[Holder]:
    days = Days(spans[0].days.start, spans[-1].days.stop)
    for ordinal in sorted(public_days(site, days)):
        day = day_of(ordinal)
        name = _public_name(site.holidays or "", ordinal)
        what = Thing(kind=Kind.PUBLIC_DAY, id=day.isoformat(), name=name)
        yield Holder(what=what, days=Span(first_day=day, last_day=day), amount=1)


def _public_name(code: str, ordinal: int) -> str:
    day = day_of(ordinal)
    return _named_days(code, day.year).get(day) or ""


@lru_cache(maxsize=64)
def _named_days(code: str, year: int) -> holidays.HolidayBase:
    """Return the public days of a year with their names, in English where there are such."""
    country, _, part = code.partition("-")
    known = holidays.country_holidays(country).supported_languages
    english = next((name for name in known if name.partition("_")[0] == "en"), None)
    years = range(year - 1, year + 2)
    return holidays.country_holidays(country, subdiv=part or None, years=years, language=english)
