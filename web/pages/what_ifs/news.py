"""The programme's data in words: its parts and fields, and what colleagues have changed of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask_babel import LazyString, format_decimal, lazy_gettext, ngettext
from flask_babel import gettext as _

from web.pages.what_ifs.phrases import say_list
from web.pages.wording import say_day, say_span
from web.use_cases.views.branches import News

SUBJECTS: dict[str, LazyString] = {
    "programme": lazy_gettext("Programme"),
    "policy": lazy_gettext("Rules of the office"),
    "sites": lazy_gettext("Sites"),
    "buildings": lazy_gettext("Buildings"),
    "floors": lazy_gettext("Floors"),
    "zones": lazy_gettext("Zones"),
    "tracks": lazy_gettext("Tracks"),
    "slots": lazy_gettext("Slots"),
    "institutions": lazy_gettext("Institutions"),
    "hosts": lazy_gettext("Hosts"),
    "pools": lazy_gettext("Computing pools"),
    "reservations": lazy_gettext("Reservations"),
    "researchers": lazy_gettext("Researchers"),
    "requests": lazy_gettext("Requests"),
    "collaborations": lazy_gettext("Collaborations"),
    "separations": lazy_gettext("Kept apart"),
    "events": lazy_gettext("Events"),
    "quotas": lazy_gettext("Quotas"),
    "pins": lazy_gettext("Pins"),
    "published": lazy_gettext("Published stays"),
    "draft": lazy_gettext("Draft"),
}

DATA_FIELDS: dict[str, LazyString] = {
    "closures": lazy_gettext("closures"),
    "desks": lazy_gettext("desks"),
    "places": lazy_gettext("places"),
    "capacity": lazy_gettext("visitors at a time"),
    "gpus": lazy_gettext("GPUs"),
    "max": lazy_gettext("maximum"),
    "first_day": lazy_gettext("first day"),
    "last_day": lazy_gettext("last day"),
    "min_days": lazy_gettext("shortest stay"),
    "max_days": lazy_gettext("longest stay"),
    "hosts": lazy_gettext("hosts"),
    "needs": lazy_gettext("needs"),
    "status": lazy_gettext("status"),
    "min_overlap_days": lazy_gettext("days together at least"),
    "frozen_days": lazy_gettext("notice in days"),
    "today": lazy_gettext("today"),
}


NEWS: dict[str, LazyString] = {
    "edit": lazy_gettext("Edited"),
    "import": lazy_gettext("Imported"),
    "move": lazy_gettext("Moved by hand"),
    "pin": lazy_gettext("Pinned or released"),
    "accept": lazy_gettext("Accepted from a plan"),
    "take_over": lazy_gettext("Taken over from a what-if"),
    "publish": lazy_gettext("Published"),
    "roll_back": lazy_gettext("Rolled back"),
    "answer": lazy_gettext("Answered a researcher"),
}


def say_subject(subject: str) -> str:
    """Say to which part of the programme's data something belongs."""
    return str(SUBJECTS.get(subject, subject))


def say_data_field(name: str) -> str:
    """Say a field of the programme's data."""
    return str(DATA_FIELDS.get(name, name))


def say_value(value: Any) -> str:
    """Say what stands in a field of the programme's data."""
    if value is None or value in ("", [], {}):
        return "–"  # noqa: RUF001  # a real dash
    if isinstance(value, int):
        return str(format_decimal(value))
    if isinstance(value, list):
        return say_list([say_value(each) for each in value])
    if isinstance(value, dict):
        first, last = (value.get(name) for name in ("first_day", "last_day"))
        if first and last:
            return say_span(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
        return ", ".join(f"{name}: {say_value(each)}" for name, each in value.items())
    return _say_text(str(value))


def _say_text(text: str) -> str:
    try:
        return say_day(dt.date.fromisoformat(text))
    except ValueError:
        return text


def say_news(news: News) -> str:
    """Say what somebody has changed."""
    what = str(NEWS.get(news.kind, NEWS["edit"]))
    if news.release is not None:
        what = str(_("Release %(number)s", number=news.release))
    elif news.subject:
        what = f"{what} · {say_subject(news.subject)}"
    names = [name for name in news.names if name]
    if news.more:
        names.append(ngettext("%(num)s more", "%(num)s more", news.more))
    said = f"{what}: {say_list(names)}" if names else what
    return f"{said} ({news.by})" if news.by else said


FILTERS: dict[str, Callable[..., str]] = {
    "branch_data_field": say_data_field,
    "branch_news": say_news,
    "branch_subject": say_subject,
    "branch_value": say_value,
}
"""Filters of the templates."""
