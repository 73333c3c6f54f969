"""What researchers did on their own pages, and what the office decided about it, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _

from web.pages.history.values import say_fields
from web.use_cases.views.history import ChangeView

Facts = Mapping[str, Any]

WINDOW = frozenset({"first_day", "last_day", "preferred_first_day"})
BUSY = frozenset({"unavailable"})


def say_visit(facts: Facts, *, by_office: bool) -> str | None:
    """Say an answer, a request for a change, or what was decided; None where it is none."""
    if "answer" in facts:
        noted = _NOTED if by_office else _ANSWERED
        said = noted.get(str(facts["answer"]))
    else:
        said = _ACTS.get(str(facts.get("act")))
    return None if said is None else str(said) % {"name": facts.get("name", "")}


def say_decided(facts: Facts, what: str) -> str:
    """Say what the office decided, with what it changed."""
    said = _DECIDED.get(str(facts.get("act")))
    if said is None:
        return what
    return str(said) % {"name": facts.get("name", ""), "what": what}


def say_own_edit(change: ChangeView) -> str:
    """Say what researchers changed of what they ask for."""
    named = {field.name for step in change.steps for field in step.fields}
    if named and named <= BUSY:
        return str(_("said on which days they cannot come"))
    if named and named <= WINDOW:
        return str(_("changed the days within which they can come"))
    fields = (
        said
        for step in change.steps
        for said in say_fields(step.subject, (field.name for field in step.fields))
    )
    return str(_("changed their wishes: %(fields)s", fields=", ".join(dict.fromkeys(fields))))


def say_settings(_facts: Facts) -> str:
    """Say that the office set something for researchers' pages."""
    return str(_("changed what is set for researchers on their pages"))


_ANSWERED: dict[str, LazyString] = {
    "accepted": lazy_gettext("accepted the stay"),
    "declined": lazy_gettext("declined the stay"),
    "tentative": lazy_gettext("is not sure yet about the stay"),
}

_NOTED: dict[str, LazyString] = {
    "accepted": lazy_gettext("noted that %(name)s accepts the stay"),
    "declined": lazy_gettext("noted that %(name)s declines the stay"),
    "tentative": lazy_gettext("noted that %(name)s is not sure yet"),
}

_ACTS: dict[str, LazyString] = {
    "asked": lazy_gettext("asked for a change of the stay"),
    "unasked": lazy_gettext("took back the request for a change"),
    "accepted_change": lazy_gettext("agreed to the change that %(name)s asked for"),
    "refused_change": lazy_gettext("refused the change that %(name)s asked for"),
    "reopened_change": lazy_gettext("will decide anew on the change that %(name)s asked for"),
    "kept": lazy_gettext("kept the stay that %(name)s declined"),
}

_DECIDED: dict[str, LazyString] = {
    "accepted_change": lazy_gettext("accepted the change that %(name)s asked for: %(what)s"),
    "withdrawn": lazy_gettext("let go the stay that %(name)s declined: %(what)s"),
}
