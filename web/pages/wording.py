"""Words and figures of the templates: dates in local form, rules and terms by their name."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_interval
from flask import Flask
from flask_babel import (
    LazyString,
    format_date,
    format_decimal,
    format_percent,
    get_locale,
    lazy_gettext,
)
from flask_babel import gettext as _

from scheduler.rules import Rule, Term
from web.pages.findings import say_finding
from web.pages.pictures import agenda, build_bar, build_strip
from web.pages.reasons import say_reason

RULES: dict[Rule, LazyString] = {
    Rule.WINDOW: lazy_gettext("Requested dates"),
    Rule.LENGTH: lazy_gettext("Length of stay"),
    Rule.ARRIVAL: lazy_gettext("Arrival day"),
    Rule.SLOT: lazy_gettext("Places in the slot"),
    Rule.ZONE: lazy_gettext("Desks and floor space"),
    Rule.EXCLUSIVE_ZONE: lazy_gettext("Exclusive zone"),
    Rule.HOST: lazy_gettext("Host's capacity"),
    Rule.COMPUTING: lazy_gettext("Computing"),
    Rule.OWN_CALENDAR: lazy_gettext("Researcher's own calendar"),
    Rule.VISA: lazy_gettext("Visa lead time"),
    Rule.MUST_ATTEND: lazy_gettext("Event to attend"),
    Rule.SEPARATION: lazy_gettext("Kept apart"),
    Rule.QUOTA: lazy_gettext("Quota"),
    Rule.PIN: lazy_gettext("Pinned by the office"),
    Rule.COLLABORATION: lazy_gettext("Working together"),
}

TERMS: dict[Term, LazyString] = {
    Term.PLACED: lazy_gettext("Requests placed"),
    Term.SHORT_STAY: lazy_gettext("Stays shorter than asked"),
    Term.ARRIVAL_SHIFT: lazy_gettext("Arrivals off the preferred day"),
    Term.ZONE_POINTS: lazy_gettext("Preferred zones"),
    Term.WISHES: lazy_gettext("Wishes met"),
    Term.HOST_RANK: lazy_gettext("Hosts lower in preference"),
    Term.OVERLAP: lazy_gettext("Days together"),
    Term.SAME_FLOOR: lazy_gettext("Partners on one floor"),
    Term.EVENTS: lazy_gettext("Events within a stay"),
    Term.QUOTA_MISSING: lazy_gettext("Quotas not reached"),
    Term.DROPPED: lazy_gettext("Published stays dropped"),
    Term.REDATED: lazy_gettext("Published dates changed"),
    Term.REZONED: lazy_gettext("Published zones changed"),
    Term.REHOSTED: lazy_gettext("Published hosts changed"),
}


def add_wording(app: Flask) -> None:
    """Give templates their filters."""
    app.jinja_env.filters.update(
        day=say_day,
        long_day=say_long_day,
        month=say_month,
        span=say_span,
        short_span=say_short_span,
        weekday_span=say_weekday_span,
        moment=say_moment,
        number=format_decimal,
        percent=say_percent,
        seconds=say_seconds,
        reason=say_reason,
        rule=say_rule,
        term=say_term,
        say_finding=say_finding,
    )
    app.jinja_env.globals.update(agenda=agenda, bar=build_bar, strip=build_strip)


def say_day(day: dt.date) -> str:
    """Say a day: 6 Jan 2025 as the language writes it."""
    return str(format_date(day, "medium"))


def say_long_day(day: dt.date) -> str:
    """Say a day with its weekday."""
    return str(format_date(day, "full"))


def say_month(day: dt.date) -> str:
    """Say the month of a day."""
    return str(format_interval(day, day, "yMMMM", locale=get_locale()))


def say_span(first_day: dt.date, last_day: dt.date) -> str:
    """Say a range of days, what both ends share said once."""
    return str(format_interval(first_day, last_day, "yMMMd", locale=get_locale()))


def say_short_span(first_day: dt.date, last_day: dt.date) -> str:
    """Say a range of days without their year."""
    return str(format_interval(first_day, last_day, "MMMd", locale=get_locale()))


def say_weekday_span(first_day: dt.date, last_day: dt.date) -> str:
    """Say a range of days with their weekdays and without their year."""
    return str(format_interval(first_day, last_day, "MMMEd", locale=get_locale()))


def say_moment(moment: dt.datetime) -> str:
    """Say a moment on the clock that it carries, to the minute."""
    return f"{format_date(moment.date(), 'medium')} {moment:%H:%M}"


def say_percent(part: float) -> str:
    """Say a share with one decimal."""
    return str(format_percent(part, "#,##0.0%"))


def say_seconds(seconds: float) -> str:
    """Say a duration of computing."""
    return str(_("%(seconds)s s", seconds=format_decimal(round(seconds, 1))))


def say_rule(name: str) -> str:
    """Say a hard rule; a name that no rule bears is said as it is."""
    return str(RULES[Rule(name)]) if name in set(Rule) else name


def say_term(name: str) -> str:
    """Say a term of the objective; a name that no term bears is said as it is."""
    return str(TERMS[Term(name)]) if name in set(Term) else name
