"""The codes of countries, ISO 3166-1 alpha-2."""

from __future__ import annotations

from functools import cache

from babel import Locale

NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Two letters that Babel knows, of unions, of oceans, of tests, and of nowhere."""


@cache
def country_codes() -> frozenset[str]:
    """Return the codes of all countries."""
    codes = (str(code) for code in Locale("en").territories)
    return frozenset(code for code in codes if len(code) == len("KR") and code.isalpha()) - (
        NO_COUNTRIES
    )
