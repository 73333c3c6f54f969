"""What the board says: broken rules and changes in the reader's language, and its JSON."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from flask_babel import format_decimal, get_locale, ngettext, pgettext
from flask_babel import gettext as _
from markupsafe import Markup

from models.subjects import document_of
from web.pages.features import say_feature
from web.pages.wording import say_day, say_rule, say_short_span, say_span, say_term
from web.use_cases.broken_rules import BrokenRule, Span, Value
from web.use_cases.views.board import (
    ChangesView,
    DoneView,
    OptionsView,
    PutView,
    TermPoints,
    Verdict,
)

MANY = 4
"""So many names are said of those who share a place; the others are counted."""


def say_broken(broken: BrokenRule) -> str:
    """Say how a rule is broken."""
    values = {name: _say_value(name, value) for name, value in broken.values.items()}
    return str(_(broken.sentence)) % values if values else broken.sentence.replace("%%", "%")


def say_done(done: DoneView | None) -> str:
    """Say what a change of the draft was; nothing for none."""
    if done is None:
        return ""
    if done.stays != 1:
        return _say_many(done)
    if done.before is None and done.after is None:
        return done.who
    if done.before is None:
        return str(_("%(who)s placed: %(after)s", who=done.who, after=say_put(done.after)))
    if done.after is None:
        return str(_("%(who)s taken out: %(before)s", who=done.who, before=say_put(done.before)))
    return str(
        _(
            "%(who)s moved: %(before)s → %(after)s",
            who=done.who,
            before=say_put(done.before),
            after=say_put(done.after),
        )
    )


def say_put(put: PutView | None) -> str:
    """Say where and when somebody is put."""
    if put is None:
        return str(_("Not placed"))
    return f"{say_short_span(put.first_day, put.last_day)}, {put.zone}"


def say_part(part: str) -> str:
    """Say a part of a residency that can be pinned."""
    parts = {
        "days": _("Days"),
        "zone": _("Zone"),
        "host": _("Host"),
        "slot": _("Slot"),
        "pool": _("Computing"),
    }
    return str(parts.get(part, part))


def script_json(document: Mapping[str, Any]) -> Markup:
    """Return a document for a script element, which no name in it can close."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704  # no character of HTML is left in it


def broken_document(broken: BrokenRule) -> dict[str, Any]:
    """Return a broken rule for a script."""
    return {
        "rule": broken.rule,
        "name": say_rule(broken.rule),
        "text": say_broken(broken),
        "requests": broken.requests,
        "who": broken.who,
    }


def changes_document(changes: ChangesView) -> dict[str, Any]:
    """Return the draft as it stands for a script that draws it."""
    return {
        "version": changes.version,
        "revision": changes.revision,
        "objective": changes.objective,
        "document": changes.document,
        "stays": changes.stays,
        "broken": [broken_document(each) for each in changes.broken],
        "undo": say_done(changes.undo),
        "redo": say_done(changes.redo),
        "freedom": changes.freedom,
    }


def options_document(options: OptionsView) -> dict[str, Any]:
    """Return where a request could go, for a script."""
    return {
        "request": options.request,
        "revision": options.revision,
        "days": options.days,
        "lengths": options.lengths,
        "zones": options.zones,
        "hosts": options.hosts,
        "slots": options.slots,
    }


def verdict_document(verdict: Verdict) -> dict[str, Any]:
    """Return what a move would break, for a script."""
    return {
        "request": verdict.request,
        "revision": verdict.revision,
        "residency": None if verdict.residency is None else document_of(verdict.residency),
        "broken": [broken_document(each) for each in verdict.broken],
        "terms": [term_document(term) for term in verdict.terms],
        "points": verdict.points,
    }


def term_document(term: TermPoints) -> dict[str, Any]:
    """Return points of a term for a script."""
    return {"name": say_term(term.name), "points": term.points}


def _say_many(done: DoneView) -> str:
    stays = ngettext("%(num)s stay", "%(num)s stays", done.stays)
    if done.kind == "accept":
        return str(_("A plan was taken into the draft: %(stays)s", stays=stays))
    if done.kind == "take_over":
        return str(_("A what-if was taken into the draft: %(stays)s", stays=stays))
    return str(_("Changed: %(stays)s", stays=stays))


def _say_value(name: str, value: Value) -> str:
    if isinstance(value, Span):
        return _say_window(value)
    if isinstance(value, dt.date):
        return say_day(value)
    if isinstance(value, int):
        return str(format_decimal(value))
    if isinstance(value, tuple):
        return _say_list(name, value)
    return _say_word(name, value)


def _say_window(span: Span) -> str:
    first_day, last_day = span.first_day, span.last_day
    if first_day is not None and last_day is not None:
        return say_span(first_day, last_day)
    if first_day is not None:
        return str(_("from %(day)s", day=say_day(first_day)))
    return "" if last_day is None else str(_("until %(day)s", day=say_day(last_day)))


def _say_list(name: str, values: tuple[str, ...]) -> str:
    if name == "weekdays":
        return ", ".join(_say_weekday(value) for value in values)
    if name == "features":
        return ", ".join(map(say_feature, values))
    said = ", ".join(values[:MANY])
    more = len(values) - MANY
    return said if more <= 0 else str(_("%(names)s and %(more)s more", names=said, more=more))


def _say_word(name: str, word: str) -> str:
    if name == "weekday":
        return _say_weekday(word)
    if name == "country":
        return str(get_locale().territories.get(word, word))
    words = {
        "slot": pgettext("part of a stay", "slot"),
        "zone": pgettext("part of a stay", "zone"),
        "host": pgettext("part of a stay", "host"),
        "pool": pgettext("part of a stay", "computing"),
        "first day": pgettext("part of a stay", "first day"),
        "last day": pgettext("part of a stay", "last day"),
    }
    if name == "part":
        return str(words.get(word, word))
    kinds = {
        "institution": _("institution"),
        "country": _("country"),
        "track": _("track"),
        "group": _("group"),
        "residencies": _("stays"),
        "person-days": _("person-days"),
        "cost": _("of cost"),
        "none": _("none"),
    }
    return str(kinds.get(word, word)) if name in {"by", "measure", "asked", "planned"} else word


def _say_weekday(word: str) -> str:
    names = get_locale().days["format"]["wide"]
    weekdays = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return str(names[weekdays.index(word)]) if word in weekdays else word
