"""Why a request is not placed, in the reader's language.

The solver gives its reasons in English, each one of a few sentences with ids behind it.
"""

from __future__ import annotations

import re

from flask_babel import gettext as _

from scheduler.rules import Rule
from web.use_cases.views import ReasonView


def N_(text: str) -> str:  # noqa: N802  # the name by which gettext knows it
    """Mark a text for translation and leave it as it is."""
    return text


SENTENCES = {
    Rule.WINDOW: N_("the stay does not fit into the days asked for"),
    Rule.LENGTH: N_("no allowed length fits"),
    Rule.ARRIVAL: N_("no day on which a stay may begin is left"),
    Rule.SLOT: N_("no slot of the track has a place on the days"),
    Rule.ZONE: N_("no zone that suits has the floor space on the days"),
    Rule.EXCLUSIVE_ZONE: N_("the zones are held by others with whom they cannot be shared"),
    Rule.HOST: N_("no host is free on the days"),
    Rule.COMPUTING: N_("no computing pool has the GPUs on the days"),
    Rule.OWN_CALENDAR: N_("the researcher is not free on the days"),
    Rule.VISA: N_("a visa cannot be had in time"),
    Rule.MUST_ATTEND: N_("no stay covers the events that must be attended"),
    Rule.SEPARATION: N_("a request that must be kept apart is there on the days"),
    Rule.QUOTA: N_("a quota is used up"),
    Rule.PIN: N_("pins contradict each other"),
    Rule.COLLABORATION: N_("a partner in a collaboration is there on other days"),
}
_ALONE = ", whoever else is there"
_NAMES = re.compile(r"(?P<said>[^(]+) \((?P<names>.+?)(?: and (?P<more>\d+) more)?\)")
_NAMED = re.compile(r"(?P<id>\S+)(?: (?P<what>desks|m2)| in (?P<zone>\S+))?")


def say_reason(reason: ReasonView) -> str:
    """Say a reason; one that is worded otherwise than expected is said as it stands."""
    if reason.rule not in set(Rule):
        return reason.text
    sentence = SENTENCES[Rule(reason.rule)]
    said = _(sentence)
    if reason.text == f"{sentence}{_ALONE}":
        return _first_large(_("%(reason)s, whoever else is there", reason=said))
    named = _NAMES.fullmatch(reason.text)
    if named is None or named["said"] != sentence:
        return reason.text
    said_names = (_say_name(reason, name) for name in named["names"].split(", "))
    names = ", ".join(dict.fromkeys(said_names))
    if named["more"] is None:
        return _first_large(_("%(reason)s (%(names)s)", reason=said, names=names))
    more = named["more"]
    return _first_large(
        _("%(reason)s (%(names)s and %(more)s more)", reason=said, names=names, more=more)
    )


def _say_name(reason: ReasonView, text: str) -> str:
    """Say what stands in the way by its name; what has none is said as the solver says it."""
    named = _NAMED.fullmatch(text)
    name = reason.names.get(named["id"]) if named else None
    if named is None or name is None:
        return text
    if named["what"] == "desks":
        return str(_("desks in %(zone)s", zone=name))
    if named["what"] == "m2":
        return str(_("floor space in %(zone)s", zone=name))
    if named["zone"]:
        zone = reason.zones.get(named["zone"], named["zone"])
        return str(_("%(name)s in %(zone)s", name=name, zone=zone))
    return name


def _first_large(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
