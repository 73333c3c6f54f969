"""Words of a change: what it is about, by how much, why there is none, and what went wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from babel.lists import format_list as list_in
from flask_babel import LazyString, get_locale, lazy_gettext, ngettext
from flask_babel import gettext as _

from web.pages.pictures import Bar
from web.use_cases.change_requests.kinds import Kind
from web.use_cases.views.change_requests import OptionsView, OptionView, StayShown

WEEK = 7

KINDS: dict[Kind, LazyString] = {
    Kind.LATER: lazy_gettext("Come later"),
    Kind.EARLIER: lazy_gettext("Come earlier"),
    Kind.SHORTER: lazy_gettext("A shorter stay"),
    Kind.LONGER: lazy_gettext("A longer stay"),
    Kind.PLACE: lazy_gettext("Another floor or desk area"),
    Kind.HOST: lazy_gettext("Another host"),
    Kind.OTHER: lazy_gettext("Something different"),
    Kind.WORDS: lazy_gettext("Something different"),
}

NONE: dict[Kind, LazyString] = {
    Kind.LATER: lazy_gettext("Nothing is free on later days for a stay as long as yours."),
    Kind.EARLIER: lazy_gettext("Nothing is free on earlier days for a stay as long as yours."),
    Kind.SHORTER: lazy_gettext("A shorter stay is not possible around these days."),
    Kind.LONGER: lazy_gettext("A longer stay is not possible around these days."),
    Kind.PLACE: lazy_gettext("No other floor or desk area is free on exactly these days."),
    Kind.HOST: lazy_gettext("No other host can receive you on exactly these days."),
}

PARTS: dict[str, LazyString] = {
    "days": lazy_gettext("the days"),
    "zone": lazy_gettext("the desk area"),
    "host": lazy_gettext("the host"),
}

TROUBLES: dict[str, LazyString] = {
    "released": lazy_gettext(
        "The office has published a new plan since you opened this page, so nothing was sent. "
        "Below is what is possible now; your note is kept."
    ),
    "taken": lazy_gettext(
        "What you chose is no longer possible, so nothing was sent. "
        "Below is what is possible now; your note is kept."
    ),
    "answered": lazy_gettext(
        "Your request was answered or changed since you opened this page, so nothing was sent. "
        "See below how it stands now; your note is kept."
    ),
    "gone": lazy_gettext("This stay is not published any more, so nothing was sent."),
    "nothing": lazy_gettext("Please choose one of the options, or write what you would like."),
    "long": lazy_gettext("Your note is longer than 4,000 characters. Please shorten it."),
}


def kind_heading(kind: str) -> str:
    """Say what a change is about."""
    return str(KINDS[Kind(kind)]) if kind in set(Kind) else str(KINDS[Kind.OTHER])


def say_parts(parts: Collection[str]) -> str:
    """Say which parts of a stay somebody has decided."""
    said = [str(name) for part, name in PARTS.items() if part in parts]
    return str(list_in(said, locale=get_locale()))


def say_none(kind: str) -> str:
    """Say that there is nothing of a kind."""
    return str(NONE.get(Kind(kind), ""))


def say_trouble(trouble: str) -> str:
    """Say why nothing was sent."""
    return str(TROUBLES[trouble])


def say_length(days: int) -> str:
    """Say how long: in weeks where they are whole."""
    if days % WEEK:
        return str(ngettext("%(num)s day", "%(num)s days", days))
    return str(ngettext("%(num)s week", "%(num)s weeks", days // WEEK))


def say_hint(group: OptionsView) -> str:
    """Say in a few words what there is of a kind, before its options are opened."""
    options = group.options
    if group.kind == Kind.PLACE:
        return str(
            ngettext(
                "%(num)s place on the same days", "%(num)s places on the same days", len(options)
            )
        )
    if group.kind == Kind.HOST:
        return ", ".join(each.stay.host or "" for each in options)
    if group.kind in {Kind.SHORTER, Kind.LONGER}:
        return " · ".join(say_length(each.stay.days) for each in options)
    return " · ".join(map(say_shift, options))


def say_shift(option: OptionView) -> str:
    """Say by how much an option begins and ends later or earlier than the published stay."""
    begins, ends = option.begins_later, option.ends_later
    if begins == ends:
        return _moved(begins) if begins else str(_("The same days"))
    if begins and ends:
        return str(_("%(one)s, %(other)s", one=_arrival(begins), other=_departure(ends)))
    return _arrival(begins) if begins else _departure(ends)


def span_of_bars(told: StayShown, stay: StayShown) -> tuple[Bar, Bar]:
    """Return where two stays lie on a strip that holds both, with a margin."""
    first = min(told.first_day, stay.first_day)
    last = max(told.last_day, stay.last_day)
    margin = max(WEEK, (last - first).days // 10)
    start, days = first - dt.timedelta(days=margin), (last - first).days + 1 + 2 * margin

    def bar(one: StayShown) -> Bar:
        x = 100 * (one.first_day - start).days / days
        return Bar(x=round(x, 2), width=round(100 * one.days / days, 2))

    return bar(told), bar(stay)


def _moved(days: int) -> str:
    time = say_length(abs(days))
    if days > 0:
        return str(_("%(time)s later", time=time))
    return str(_("%(time)s earlier", time=time))


def _arrival(days: int) -> str:
    time = say_length(abs(days))
    if days > 0:
        return str(_("arrival %(time)s later", time=time))
    return str(_("arrival %(time)s earlier", time=time))


def _departure(days: int) -> str:
    time = say_length(abs(days))
    if days > 0:
        return str(_("departure %(time)s later", time=time))
    return str(_("departure %(time)s earlier", time=time))
