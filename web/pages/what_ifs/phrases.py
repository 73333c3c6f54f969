"""What a what-if tries, in words: each adjustment as a phrase that may stand in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from babel.lists import format_list
from flask_babel import format_decimal, get_locale, ngettext
from flask_babel import gettext as _

from web.pages.features import say_feature
from web.pages.wording import say_day, say_span
from web.use_cases.views.branches import AdjustmentView

Values = Mapping[str, Any]


def say_adjustment(view: AdjustmentView) -> str:
    """Say what is tried, as a phrase that stands by itself."""
    said = phrase_of(view)
    return f"{said[:1].upper()}{said[1:]}"


def phrase_of(view: AdjustmentView) -> str:
    """Say what is tried, as part of a sentence."""
    return str(_PHRASES[view.kind](view.values))


def say_list(parts: list[str]) -> str:
    """Say several things as one list."""
    return str(format_list(parts, locale=get_locale())) if parts else ""


def say_window(values: Values) -> str:
    """Say from which day to which."""
    first, last = values["first_day"], values["last_day"]
    if first and last:
        return say_span(first, last)
    return say_day(first or last) if first or last else "–"  # noqa: RUF001  # a real dash


def _close_zone(values: Values) -> str:
    days = say_span(values["first_day"], values["last_day"])
    if values["name"]:
        said = {"zone": values["zone"], "days": days, "reason": values["name"]}
        return str(_("%(zone)s closed %(days)s (%(reason)s)", **said))
    return str(_("%(zone)s closed %(days)s", zone=values["zone"], days=days))


def _add_desks(values: Values) -> str:
    zone = values["zone"]
    return str(
        ngettext(
            "%(num)s more desk in %(zone)s",
            "%(num)s more desks in %(zone)s",
            values["count"],
            zone=zone,
        )
    )


def _add_places(values: Values) -> str:
    slot = values["slot"]
    return str(
        ngettext(
            "%(num)s more place in %(slot)s",
            "%(num)s more places in %(slot)s",
            values["count"],
            slot=slot,
        )
    )


def _add_capacity(values: Values) -> str:
    host = values["host"]
    return str(
        ngettext(
            "%(num)s more visitor at a time with %(host)s",
            "%(num)s more visitors at a time with %(host)s",
            values["count"],
            host=host,
        )
    )


def _add_gpus(values: Values) -> str:
    pool = values["pool"]
    return str(
        ngettext(
            "%(num)s more GPU in %(pool)s",
            "%(num)s more GPUs in %(pool)s",
            values["count"],
            pool=pool,
        )
    )


def _raise_quota(values: Values) -> str:
    quota = values["quota"]
    if values["most"] is None:
        return str(_("no maximum for %(quota)s", quota=quota))
    most = format_decimal(values["most"])
    if values["was"] is None:
        return str(_("at most %(most)s for %(quota)s", most=most, quota=quota))
    said = {"most": most, "was": format_decimal(values["was"]), "quota": quota}
    return str(_("at most %(most)s instead of %(was)s for %(quota)s", **said))


def _change_window(values: Values) -> str:
    who = values["request"]
    return str(_("%(request)s between %(days)s", request=who, days=say_window(values)))


def _widen_window(values: Values) -> str:
    who = values["request"]
    return str(_("days of %(request)s widened to %(days)s", request=who, days=say_window(values)))


def _change_length(values: Values) -> str:
    least, most = (_number(values[name]) for name in ("least", "most"))
    said = {"request": values["request"], "least": least, "most": most}
    return str(_("%(request)s for %(least)s to %(most)s days", **said))


def _allow_hosts(values: Values) -> str:
    hosts = say_list(list(values["hosts"]))
    return str(
        _("%(hosts)s as further hosts of %(request)s", hosts=hosts, request=values["request"])
    )


def _add_pin(values: Values) -> str:
    who = values["request"]
    parts = [str(values[part]) for part in ("zone", "slot", "host", "pool") if values.get(part)]
    first, last = values.get("first_day"), values.get("last_day")
    if first and last:
        parts.insert(0, say_span(first, last))
    elif first:
        parts.insert(0, str(_("from %(day)s", day=say_day(first))))
    elif last:
        parts.insert(0, str(_("until %(day)s", day=say_day(last))))
    if not parts:
        return str(_("%(request)s sure of a place", request=who))
    return str(_("%(request)s pinned (%(parts)s)", request=who, parts=", ".join(parts)))


def _frozen(values: Values) -> str:
    if values["count"] == 0:
        return str(_("no published stay fixed ahead"))
    return str(
        ngettext(
            "published stays fixed %(num)s day ahead",
            "published stays fixed %(num)s days ahead",
            values["count"],
        )
    )


def _overlap(values: Values) -> str:
    who = say_list(list(values["requests"]))
    if values["count"] == 0:
        return str(_("no days together asked of %(requests)s", requests=who))
    return str(
        ngettext(
            "at least %(num)s day together for %(requests)s",
            "at least %(num)s days together for %(requests)s",
            values["count"],
            requests=who,
        )
    )


def _waive_need(values: Values) -> str:
    who, feature = values["request"], say_feature(values["feature"])
    return str(_("%(request)s without %(feature)s", request=who, feature=feature))


def _add_request(values: Values) -> str:
    who = values["request"]
    return str(_("a new request of %(request)s (%(days)s)", request=who, days=say_window(values)))


_PHRASES: dict[str, Callable[[Values], str]] = {
    "close_zone": _close_zone,
    "add_desks": _add_desks,
    "add_places": _add_places,
    "add_host_capacity": _add_capacity,
    "add_gpus": _add_gpus,
    "raise_quota": _raise_quota,
    "change_window": _change_window,
    "widen_window": _widen_window,
    "change_length": _change_length,
    "allow_hosts": _allow_hosts,
    "waive_need": _waive_need,
    "withdraw": lambda values: _("%(request)s withdrawn", **values),
    "release_pin": lambda values: _("%(request)s without pins", **values),
    "add_pin": _add_pin,
    "change_frozen_days": _frozen,
    "move_today": lambda values: _("planned as of %(day)s", day=say_day(values["day"])),
    "shorten_overlap": _overlap,
    "add_request": _add_request,
    "add_researcher": lambda values: _("%(researcher)s as a new researcher", **values),
}


def _number(number: int | None) -> str:
    return "–" if number is None else str(format_decimal(number))  # noqa: RUF001  # a real dash
