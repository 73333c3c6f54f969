"""Forms of requests, what ties them together, and what the office has decided about them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from web.pages.data.words import DAYS, DESKS, GPUS, ID, SQUARE_METRES, Form, Group, asks

REQUESTS = Form(
    name="requests",
    one=_("Request"),
    many=_("Requests"),
    add=_("Add a request"),
    sentence=_("The stays that researchers ask for: when, how long, where and with whom."),
    columns=("track", "status", "priority", "first_day", "last_day"),
    groups=(
        Group(
            title=_("Who asks"),
            fields=(
                asks(
                    "researcher",
                    _("Researcher"),
                    _("Who asks for the stay. One person may ask for several."),
                    whole=True,
                ),
                ID,
            ),
        ),
        Group(
            title=_("What is asked for"),
            fields=(
                asks("track", _("Track"), _("It decides which slots, zones and hosts suit.")),
                asks(
                    "priority",
                    _("Priority"),
                    _("From 1 to 5, which is most urgent and counts five times as much as 1."),
                ),
                asks("submitted", _("Submitted on"), _("The visa lead time counts from this day.")),
            ),
        ),
        Group(
            title=_("When the stay is"),
            fields=(
                asks("first_day", _("Earliest first day"), _("The stay begins on it or later.")),
                asks("last_day", _("Latest last day"), _("The stay ends on it or earlier.")),
                asks("min_days", _("Shortest stay"), _("Shorter is not allowed."), unit=DAYS),
                asks(
                    "max_days",
                    _("Longest stay"),
                    _("As long as this is best; every day less costs a little."),
                    unit=DAYS,
                ),
                asks(
                    "preferred_first_day",
                    _("Preferred first day"),
                    _("Every day before or after it costs a little. May be left empty."),
                ),
                asks(
                    "must_attend",
                    _("Events to attend"),
                    _("The stay must hold every day of each."),
                    whole=True,
                ),
                asks(
                    "unavailable",
                    _("Days on which they cannot be here"),
                    _("The stay holds none of these days."),
                    whole=True,
                ),
            ),
        ),
        Group(
            title=_("Where and with whom"),
            fields=(
                asks(
                    "hosts",
                    _("Host"),
                    _("In order of preference: the first one is best."),
                    whole=True,
                ),
                asks("sites", _("Sites"), _("None chosen: any site will do."), whole=True),
                asks("zones", _("Zones"), _("None chosen: any zone will do."), whole=True),
            ),
        ),
        Group(
            title=_("Needs"),
            hint=_("What the stay cannot do without."),
            fields=(
                asks("desks", _("Desks"), _("How many are needed every day."), unit=DESKS),
                asks("area_m2", _("Floor space"), _("For machines, say."), unit=SQUARE_METRES),
                asks("gpus", _("GPUs"), _("Every day of the stay. 0 for none."), unit=GPUS),
                asks(
                    "pools",
                    _("Computing pools"),
                    _("None chosen: any pool with room will do."),
                    whole=True,
                ),
                asks("needs", _("Features"), _("The zone must have all of these."), whole=True),
                asks(
                    "group",
                    _("Group"),
                    _("For zones kept to one group: a word that its members share."),
                ),
            ),
        ),
        Group(
            title=_("Wishes"),
            hint=_("What would be good to have, and is weighed against the rest."),
            fields=(
                asks(
                    "wishes",
                    _("Features"),
                    _("Each one that the zone has brings points."),
                    whole=True,
                ),
                asks(
                    "zone_points",
                    _("Zones liked or disliked"),
                    _("Points for a stay in a zone; below 0 where it is not liked."),
                    whole=True,
                ),
            ),
        ),
        Group(
            title=_("Decisions"),
            fields=(
                asks(
                    "status",
                    _("Status"),
                    _("A withdrawn request is kept, but never placed."),
                ),
                asks(
                    "cost",
                    _("What the stay costs"),
                    _("In the programme's currency, for quotas on costs."),
                    whole=True,
                ),
            ),
        ),
    ),
    parts=(
        asks("fixed", _("One-off")),
        asks("per_day", _("Each day")),
    ),
)

COLLABORATIONS = Form(
    name="collaborations",
    one=_("Collaboration"),
    many=_("Collaborations"),
    add=_("Add a collaboration"),
    sentence=_("Requests that work together: how long they must and should be here at once."),
    columns=("min_overlap_days", "target_overlap_days", "same_floor"),
    groups=(
        Group(
            title=_("Who works together"),
            fields=(
                asks("requests", _("Requests"), _("At least two."), whole=True),
                ID,
            ),
        ),
        Group(
            title=_("How long"),
            fields=(
                asks(
                    "min_overlap_days",
                    _("Days together, at least"),
                    _("Each two of them that have a place must be here together so long."),
                    unit=DAYS,
                ),
                asks(
                    "target_overlap_days",
                    _("Days together, wished"),
                    _("Days together bring points up to this many."),
                    unit=DAYS,
                ),
                asks(
                    "same_floor",
                    _("On one floor"),
                    _("Whether it brings points when they sit on the same floor."),
                ),
            ),
        ),
    ),
)

SEPARATIONS = Form(
    name="separations",
    one=_("Separation"),
    many=_("Separations"),
    add=_("Add a separation"),
    sentence=_("Requests that must never share a zone on the same day: rivals, say."),
    columns=("id",),
    groups=(
        Group(
            title=_("Who is kept apart"),
            fields=(asks("requests", _("Requests"), _("At least two."), whole=True), ID),
        ),
    ),
)

PINS = Form(
    name="pins",
    one=_("Pin"),
    many=_("Pins"),
    add=_("Pin a request"),
    sentence=_("What the office has decided: planning keeps to it, and leaves the rest free."),
    columns=("slot", "zone", "host", "first_day", "last_day"),
    groups=(
        Group(
            title=_("What is decided"),
            hint=_("What is left empty stays free. A pinned request is always placed."),
            fields=(
                asks("request", _("Request"), _("Whose stay is decided."), whole=True),
                asks("slot", _("Slot"), _("Leave empty to keep it free.")),
                asks("zone", _("Zone"), _("Leave empty to keep it free.")),
                asks("host", _("Host"), _("Leave empty to keep it free.")),
                asks("pool", _("Computing pool"), _("Leave empty to keep it free.")),
                asks("first_day", _("First day"), _("Leave empty to keep it free.")),
                asks("last_day", _("Last day"), _("Leave empty to keep it free.")),
            ),
        ),
    ),
)
