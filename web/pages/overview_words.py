"""Words and figures of the overview: countries, money, and months on an axis."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_skeleton
from babel.numbers import format_currency
from flask_babel import get_locale


def say_country(code: str) -> str:
    """Say a country by its code; a code that no country bears is said as it is."""
    return str(get_locale().territories.get(code, code))


def say_money(amount: int, currency: str) -> str:
    """Say a whole amount of a currency, without small change."""
    return format_currency(amount, currency, "¤#,##0", locale=get_locale(), currency_digits=False)


def say_short_month(month: dt.date) -> str:
    """Say a month shortly; January by its year, which begins with it."""
    return str(format_skeleton("y" if month.month == 1 else "MMM", month, locale=get_locale()))
