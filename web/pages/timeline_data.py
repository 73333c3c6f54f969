"""The timeline for its script and for its table: rows, bars and bands as plain data."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup

from web.pages.wording import say_span
from web.use_cases.views import (
    TimelineBackground,
    TimelineGroup,
    TimelineItem,
    TimelineView,
)


def timeline_document(view: TimelineView) -> dict[str, Any]:
    """Return what the timeline's script draws, as JSON-ready data."""
    locale = get_locale()
    children = defaultdict(list)
    for group in view.groups:
        children[group.parent].append(group.id)
    return {
        "first_day": view.first_day.isoformat(),
        "last_day": view.last_day.isoformat(),
        "today": view.today.isoformat(),
        "language": str(locale.language),
        "rtl": locale.text_direction == "rtl",
        "groups": [_group(group, children[group.id]) for group in view.groups],
        "items": [_item(item) for item in view.items],
        "backgrounds": [_background(background) for background in view.backgrounds],
    }


def timeline_json(view: TimelineView) -> Markup:
    """Return the document for a script element, which no name in it can close."""
    text = json.dumps(timeline_document(view), ensure_ascii=False, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704  # no character of HTML is left in it


def timeline_rows(view: TimelineView) -> list[tuple[str, list[TimelineItem]]]:
    """Return the stays of each row that has any, under its full name, by day."""
    items = defaultdict(list)
    for item in view.items:
        items[item.group].append(item)
    groups = {group.id: group for group in view.groups}
    return [
        (_full_name(group, groups), sorted(items[group.id], key=lambda item: item.first_day))
        for group in view.groups
        if items[group.id]
    ]


def timeline_bands(view: TimelineView) -> list[tuple[TimelineBackground, str]]:
    """Return events, closures and reservations by day, each with the row that it stands behind."""
    groups = {group.id: group for group in view.groups}
    return [
        (band, "" if band.group is None else _full_name(groups[band.group], groups))
        for band in sorted(view.backgrounds, key=lambda band: (band.first_day, band.label))
    ]


def _full_name(group: TimelineGroup, groups: dict[str, TimelineGroup]) -> str:
    names = [group.label]
    while group.parent is not None:
        group = groups[group.parent]
        names.append(group.label)
    return " / ".join(reversed(names))


def _group(group: TimelineGroup, children: list[str]) -> dict[str, Any]:
    return {
        "id": group.id,
        "depth": group.depth,
        "label": group.label,
        "detail": group.detail,
        "children": children,
    }


def _item(item: TimelineItem) -> dict[str, Any]:
    facts = _facts(item)
    return {
        "id": item.id,
        "group": item.group,
        "label": item.label,
        "researcher": item.researcher,
        "first_day": item.first_day.isoformat(),
        "last_day": item.last_day.isoformat(),
        "colour": item.track.colour,
        "facts": facts,
        "tooltip": "\n".join([item.researcher, *(value for _name, value in facts)]),
    }


def _facts(item: TimelineItem) -> list[tuple[str, str]]:
    place = item.place
    facts = [
        (_("Stay"), say_span(item.first_day, item.last_day)),
        (_("Institution"), f"{item.institution} · {item.country}"),
        (_("Track"), item.track.name),
        (_("Place"), f"{place.zone}, {place.building}, {place.floor}"),
        (_("Host"), item.host or _("None needed")),
        (_("Slot"), item.slot),
    ]
    return [*facts, (_("Computing"), item.pool)] if item.pool else facts


def _background(background: TimelineBackground) -> dict[str, Any]:
    days = say_span(background.first_day, background.last_day)
    return {
        "id": background.id,
        "kind": background.kind.value,
        "group": background.group,
        "name": background.label,
        "label": " · ".join(filter(None, (background.label, days))),
        "first_day": background.first_day.isoformat(),
        "last_day": background.last_day.isoformat(),
    }
