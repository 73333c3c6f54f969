"""The codes of countries, ISO 3166-1 alpha-2."""

from __future__ import annotations

from functools import cache

from babel import Locale

NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Two letters that Babel knows, of unions, of oceans, of tests, and of nowhere."""


@cache
def country_codes() -> frozenset[str]:
    """Return the codes of all countries."""
    two_letters = len("KR")
    codes = (code for code in Locale("en").territories if len(code) == two_letters)
    return frozenset(code for code in codes if code.isalpha()) - NO_COUNTRIES
