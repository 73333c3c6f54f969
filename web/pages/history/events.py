"""What happened without changing an item, in a plain sentence: runs, releases, what-ifs, mails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import LazyString, lazy_gettext, ngettext
from flask_babel import gettext as _

from models.history_store import ChangeKind
from web.pages.history.visits import say_settings

Facts = Mapping[str, Any]


def say_event(kind: ChangeKind, facts: Facts) -> str:
    """Say what happened, to follow the name of who did it."""
    say = _EVENTS.get(kind)
    return str(_("did something that changed no data")) if say is None else say(facts)


def _say_publish(facts: Facts) -> str:
    note = facts.get("note")
    said = str(_("published release %(number)s", number=facts.get("release", "")))
    return f"{said}: “{note}”" if note else said


def _say_roll_back(facts: Facts) -> str:
    numbers = {"number": facts.get("release", ""), "to": facts.get("rolled_back_to", "")}
    return str(
        _("published release %(number)s, which says again what release %(to)s did", **numbers)
    )


def _say_plan(facts: Facts) -> str:
    people = int(facts.get("people") or 0)
    match facts.get("scope"):
        case "unplaced":
            return str(_("started a plan run for those without a place"))
        case "some":
            return str(
                ngettext(
                    "started a plan run for %(num)s request",
                    "started a plan run for %(num)s requests",
                    people,
                )
            )
    return str(_("started a plan run for everybody"))


def _say_branch(facts: Facts) -> str:
    said = _BRANCH_ACTS.get(str(facts.get("act")), _BRANCH_ACTS["adjusted"])
    return str(said) % {"name": facts.get("name", ""), "to": facts.get("to", "")}


def _say_mail(facts: Facts) -> str:
    action, about = str(facts.get("action")), {"release": facts.get("release", "")}
    if "count" in facts:
        count = int(facts["count"])
        said = _say_mails(action, count)
        return str(_("%(what)s, release %(release)s", what=said, **about))
    said = str(_MAIL_ACTS.get(action, _MAIL_ACTS["edit"])) % {"to": facts.get("to", "")}
    return str(_("%(what)s, release %(release)s", what=said, **about))


def _say_mails(action: str, count: int) -> str:
    match action:
        case "send":
            return str(ngettext("let out %(num)s mail", "let out %(num)s mails", count))
        case "stop":
            return str(ngettext("held back %(num)s mail", "held back %(num)s mails", count))
        case "addresses":
            said = ngettext("gave %(num)s mail an address", "gave %(num)s mails an address", count)
            return str(said)
    return str(ngettext("discarded %(num)s mail", "discarded %(num)s mails", count))


_BRANCH_ACTS: dict[str, LazyString] = {
    "made": lazy_gettext("began the what-if “%(name)s”"),
    "adjusted": lazy_gettext("changed what the what-if “%(name)s” tries"),
    "renamed": lazy_gettext("renamed the what-if “%(name)s” to “%(to)s”"),
    "removed": lazy_gettext("deleted the what-if “%(name)s”"),
    "rebased": lazy_gettext("brought the what-if “%(name)s” up to the draft"),
}

_MAIL_ACTS: dict[str, LazyString] = {
    "edit": lazy_gettext("edited the mail to %(to)s"),
    "send": lazy_gettext("let out the mail to %(to)s"),
    "discard": lazy_gettext("discarded the mail to %(to)s"),
    "restore": lazy_gettext("took up the discarded mail to %(to)s again"),
    "by_hand": lazy_gettext("noted that the mail to %(to)s was sent by hand"),
}

_EVENTS: dict[ChangeKind, Callable[[Facts], str]] = {
    ChangeKind.PUBLISH: _say_publish,
    ChangeKind.ROLL_BACK: _say_roll_back,
    ChangeKind.PLAN: _say_plan,
    ChangeKind.BRANCH: _say_branch,
    ChangeKind.MAIL: _say_mail,
    ChangeKind.EDIT: say_settings,
}
