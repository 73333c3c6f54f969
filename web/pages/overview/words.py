"""Words and figures of the overview: countries, money, and months on an axis."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from babel.dates import format_interval, format_skeleton
from babel.numbers import format_currency, format_decimal
from flask_babel import get_locale

_FIGURES_KEPT = 20_000
"""How many figures are remembered: a long programme's chart says some thousand of them."""


def say_desks(desks: float) -> str:
    """Say how many desks there are in the middle of some days."""
    return _figure(round(desks, 1), str(get_locale()))


def say_week(first_day: dt.date, last_day: dt.date) -> str:
    """Say a week by its first and last day."""
    return _week(first_day, last_day, str(get_locale()))


@lru_cache(_FIGURES_KEPT)
def _figure(figure: float, locale: str) -> str:
    return format_decimal(figure, locale=locale)


@lru_cache(_FIGURES_KEPT)
def _week(first_day: dt.date, last_day: dt.date, locale: str) -> str:
    return str(format_interval(first_day, last_day, "yMMMd", locale=locale))


def say_country(code: str) -> str:
    """Say a country by its code; a code that no country bears is said as it is."""
    return str(get_locale().territories.get(code, code))


def say_money(amount: int, currency: str) -> str:
    """Say a whole amount of a currency, without small change."""
    return format_currency(amount, currency, "¤#,##0", locale=get_locale(), currency_digits=False)


def say_short_month(month: dt.date) -> str:
    """Say a month shortly; January by its year, which begins with it."""
    return str(format_skeleton("y" if month.month == 1 else "MMM", month, locale=get_locale()))
