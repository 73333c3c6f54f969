"""The form of the weights: what each of them means, in a sentence."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from web.pages.data.words import Form, Group, asks

WEIGHTS = Form(
    name="weights",
    subject="policy",
    one=_("Weights"),
    many=_("Weights"),
    add=_("Weights"),
    sentence=_("What a good plan is: how much a placed request, a wish or a change counts."),
    groups=(
        Group(
            title=_("Weights"),
            fields=(
                asks(
                    "weights", _("Weights"), _("In points; 0 where it does not matter."), whole=True
                ),
            ),
        ),
    ),
    parts=(
        asks(
            "placed",
            _("A request placed"),
            _("Brings so many points for each step of its priority."),
        ),
        asks(
            "short_day",
            _("A day shorter than asked"),
            _("Costs so many points for each day that a stay is shorter than its longest."),
        ),
        asks(
            "shift_day",
            _("A day off the preferred arrival"),
            _(
                "Costs so many points for each day that a stay begins "
                "before or after the preferred first day."
            ),
        ),
        asks(
            "wish",
            _("A wish met"),
            _("Brings so many points for each wished feature that the zone has."),
        ),
        asks(
            "host_rank",
            _("A host further down the list"),
            _("Costs so many points for each place that the host stands below the first choice."),
        ),
        asks(
            "overlap_day",
            _("A day together"),
            _(
                "Brings so many points for each day on which two who work together are both here, "
                "up to the days wished."
            ),
        ),
        asks(
            "same_floor",
            _("Partners on one floor"),
            _("Brings so many points for each two who work together and sit on the same floor."),
        ),
        asks(
            "event",
            _("An event within a stay"),
            _(
                "Brings so many points for each event at the site that a stay holds and its "
                "track is invited to."
            ),
        ),
        asks(
            "dropped",
            _("A published stay dropped"),
            _("Costs so many points for each published stay that has no place any more."),
        ),
        asks(
            "redated",
            _("Published dates changed"),
            _("Costs so many points, once, for each published stay whose dates change."),
        ),
        asks(
            "redated_day",
            _("A day that published dates move"),
            _(
                "Costs so many points for each day by which the first and the last day of a "
                "published stay move."
            ),
        ),
        asks(
            "rezoned",
            _("A published zone changed"),
            _("Costs so many points for each published stay that moves to another zone."),
        ),
        asks(
            "rehosted",
            _("A published host changed"),
            _("Costs so many points for each published stay that gets another host."),
        ),
    ),
)
