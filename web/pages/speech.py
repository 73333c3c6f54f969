"""How pages say what explanations tell, and who has to agree to what would help."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from babel.lists import format_list
from flask_babel import LazyString, format_decimal, get_locale, gettext, lazy_gettext

from web.pages.features import say_feature
from web.pages.wording import say_day, say_span

AGREEING: dict[str, LazyString] = {
    "add_desks": lazy_gettext("whoever furnishes the zone"),
    "add_places": lazy_gettext("whoever decides on the slot's places"),
    "add_host_capacity": lazy_gettext("the host"),
    "allow_hosts": lazy_gettext("the host"),
    "add_gpus": lazy_gettext("whoever runs the computing pool"),
    "raise_quota": lazy_gettext("whoever set the quota"),
    "shorten_overlap": lazy_gettext("the partners who work together"),
    "widen_window": lazy_gettext("the researcher who asks"),
    "change_window": lazy_gettext("the researcher who asks"),
    "change_length": lazy_gettext("the researcher who asks"),
    "waive_need": lazy_gettext("the researcher who asks"),
    "release_pin": lazy_gettext("the office, which pinned it"),
    "change_frozen_days": lazy_gettext("the office, which promised notice"),
}


class PageWords:
    """Says texts, days, numbers and lists in the language of the page."""

    def translate(self, text: str) -> str:
        """Return a text of the catalogue, placeholders kept."""
        return str(gettext(text))

    def day(self, day: dt.date) -> str:
        """Say a day."""
        return say_day(day)

    def span(self, first_day: dt.date, last_day: dt.date) -> str:
        """Say days, both ends inclusive."""
        return say_day(first_day) if first_day == last_day else say_span(first_day, last_day)

    def number(self, number: int) -> str:
        """Say a number."""
        return str(format_decimal(number))

    def join(self, parts: Sequence[str]) -> str:
        """Say a list."""
        return str(format_list(list(parts), locale=get_locale()))

    def feature(self, name: str) -> str:
        """Say a feature of a zone."""
        return say_feature(name)


def say_agreeing(kinds: Sequence[str]) -> str:
    """Say who has to agree to adjustments of some kinds, each once; empty for nobody."""
    said = dict.fromkeys(str(AGREEING[kind]) for kind in kinds if kind in AGREEING)
    return PageWords().join(list(said)) if said else ""
