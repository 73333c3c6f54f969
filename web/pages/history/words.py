"""What somebody did, in a plain sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flask_babel import LazyString, lazy_gettext, ngettext
from flask_babel import gettext as _

from models.history_store import ChangeKind, Direction
from web.pages.history.events import say_event
from web.pages.history.values import NOTHING, say_fields, say_many, say_one, say_value
from web.pages.history.visits import say_decided, say_own_edit, say_visit
from web.pages.wording import say_span
from web.use_cases.views.history import ChangeView, StepRow, Tally

KINDS: dict[ChangeKind, LazyString] = {
    ChangeKind.EDIT: lazy_gettext("Data edited"),
    ChangeKind.IMPORT: lazy_gettext("Imports"),
    ChangeKind.MOVE: lazy_gettext("Stays moved by hand"),
    ChangeKind.PIN: lazy_gettext("Pins"),
    ChangeKind.ACCEPT: lazy_gettext("Plans accepted"),
    ChangeKind.TAKE_OVER: lazy_gettext("What-ifs taken over"),
    ChangeKind.PLAN: lazy_gettext("Plan runs"),
    ChangeKind.PUBLISH: lazy_gettext("Releases"),
    ChangeKind.ROLL_BACK: lazy_gettext("Releases taken up again"),
    ChangeKind.MAIL: lazy_gettext("Mails"),
    ChangeKind.BRANCH: lazy_gettext("What-ifs"),
    ChangeKind.ANSWER: lazy_gettext("Answers and change requests"),
}

FIELDS_SAID = 3
"""How many fields a sentence names."""

FEW = 3
"""So many steps are said one by one, more of them by their number."""


def say_kind(kind: str) -> str:
    """Say what sort of change it is."""
    return str(KINDS[ChangeKind(kind)]) if kind in set(ChangeKind) else kind


def say_who(by: str | None, researcher: str = "") -> str:
    """Say who did it: a coordinator, a researcher, or nobody."""
    if by is not None:
        return by
    if researcher:
        return str(_("%(name)s (researcher)", name=researcher))
    return str(_("The machine"))


def say_change(change: ChangeView) -> str:
    """Say what somebody did, to follow the name."""
    if change.direction is Direction.UNDO:
        return str(_("took back: %(what)s", what=_say(_reversed(change))))
    if change.direction is Direction.REDO:
        return str(_("made again: %(what)s", what=_say(change)))
    return _say(change)


def say_step(step: StepRow) -> str:
    """Say what happened to one item."""
    if step.subject == "draft":
        return _say_stay(step)
    if step.subject == "pins":
        return _say_pin(step)
    return _say_item(step)


def _say(change: ChangeView) -> str:
    if not change.count:
        return _say_event(change)
    is_few = change.count <= min(FEW, len(change.steps))
    each = "; ".join(map(say_step, change.steps))
    what = each if is_few else _say_tallies(change.tallies)
    if change.researcher and change.kind is ChangeKind.EDIT:
        return say_own_edit(change)
    if change.kind is ChangeKind.ANSWER:
        return say_decided(change.facts, what)
    if change.kind in _FRAMES:
        return _FRAMES[change.kind](change, what)
    return what if is_few else str(_("changed %(what)s", what=what))


def _say_event(change: ChangeView) -> str:
    if change.kind is ChangeKind.ANSWER:
        said = say_visit(change.facts, by_office=change.by is not None)
        if said is not None:
            return said
    return say_event(change.kind, change.facts)


def _say_import(change: ChangeView, _what: str) -> str:
    return str(_("imported %(what)s", what=_say_tallies(change.tallies)))


def _say_accepted(_change: ChangeView, what: str) -> str:
    return str(_("accepted a plan: %(what)s", what=what))


def _say_taken_over(change: ChangeView, what: str) -> str:
    name = change.facts.get("name", "")
    return str(_("took over the what-if “%(name)s”: %(what)s", name=name, what=what))


def _say_rolled_back(change: ChangeView, what: str) -> str:
    number = change.facts.get("rolled_back_to", "")
    return str(_("went back to release %(number)s: %(what)s", number=number, what=what))


_FRAMES: dict[ChangeKind, Callable[[ChangeView, str], str]] = {
    ChangeKind.IMPORT: _say_import,
    ChangeKind.ACCEPT: _say_accepted,
    ChangeKind.TAKE_OVER: _say_taken_over,
    ChangeKind.ROLL_BACK: _say_rolled_back,
}
"""What is said around the items of a change, by its kind."""


def _reversed(change: ChangeView) -> ChangeView:
    """Return what was taken back, as it was done."""
    return replace(
        change,
        direction=Direction.DO,
        steps=tuple(_back(step) for step in change.steps),
        tallies=tuple(replace(each, new=each.gone, gone=each.new) for each in change.tallies),
    )


def _back(step: StepRow) -> StepRow:
    return replace(
        step,
        is_new=step.is_gone,
        is_gone=step.is_new,
        before=step.after,
        after=step.before,
        fields=tuple(replace(each, before=each.after, after=each.before) for each in step.fields),
    )


def _say_stay(step: StepRow) -> str:
    was, now, name = step.before, step.after, step.name
    if was is None and now is not None:
        return str(_("placed %(name)s in %(place)s", name=name, place=_place(now)))
    if now is None and was is not None:
        return str(_("took %(name)s out of %(place)s", name=name, place=_place(was)))
    return name if was is None or now is None else _say_moved_stay(step, was, now)


def _say_moved_stay(step: StepRow, was: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    name, changed = step.name, {field.name for field in step.fields}
    days = bool(changed & {"first_day", "last_day"})
    if days and "zone" in changed:
        return _moved(name, _place(was), _place(now))
    if days:
        return _moved(name, _days(was), _days(now))
    if "zone" in changed:
        return _moved(name, str(was["zone"]), str(now["zone"]))
    if changed == {"host"}:
        hosts = {"was": was["host"] or NOTHING, "now": now["host"] or NOTHING}
        return str(_("gave %(name)s another host: %(was)s → %(now)s", name=name, **hosts))
    fields = ", ".join(say_fields(step.subject, changed))
    return str(_("changed the stay of %(name)s: %(fields)s", name=name, fields=fields))


def _moved(name: str, was: str, now: str) -> str:
    return str(_("moved %(name)s from %(was)s to %(now)s", name=name, was=was, now=now))


def _place(stay: Mapping[str, Any]) -> str:
    return str(_("%(zone)s, %(days)s", zone=stay["zone"], days=_days(stay)))


def _days(stay: Mapping[str, Any]) -> str:
    return say_span(stay["first_day"], stay["last_day"])


def _say_pin(step: StepRow) -> str:
    pinned = [field for field in step.fields if field.name != "request"]
    if step.is_gone:
        return str(_("released the pin of %(name)s", name=step.name))
    held = ", ".join(say_value(field.after) for field in pinned if field.after is not None)
    if step.is_new and held:
        return str(_("pinned %(name)s: %(held)s", name=step.name, held=held))
    return str(_("changed the pin of %(name)s", name=step.name))


def _say_item(step: StepRow) -> str:
    fields = say_fields(step.subject, (field.name for field in step.fields))
    said = ", ".join(fields[:FIELDS_SAID]) + (" …" if len(fields) > FIELDS_SAID else "")
    if step.subject == "policy":
        return str(_("changed the policy: %(fields)s", fields=said))
    if step.subject == "programme":
        return str(_("changed the programme: %(fields)s", fields=said))
    about = {"name": step.name, "kind": say_one(step.subject)}
    if step.is_new:
        return str(_("added %(name)s (%(kind)s)", **about))
    if step.is_gone:
        return str(_("removed %(name)s (%(kind)s)", **about))
    return str(_("changed %(name)s (%(kind)s): %(fields)s", **about, fields=said))


def _say_tallies(tallies: tuple[Tally, ...]) -> str:
    return "; ".join(
        str(_("%(list)s: %(counts)s", list=say_many(each.subject), counts=_say_tally(each)))
        for each in tallies
    )


def _say_tally(tally: Tally) -> str:
    counts = (
        (tally.new, ngettext("%(num)s new", "%(num)s new", tally.new)),
        (tally.changed, ngettext("%(num)s changed", "%(num)s changed", tally.changed)),
        (tally.gone, ngettext("%(num)s removed", "%(num)s removed", tally.gone)),
    )
    return ", ".join(str(said) for count, said in counts if count)
