"""Forms of the frame of a plan: the programme, its rules and weights, slots, events, quotas."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from web.pages.data.words import DAYS, ID, NAME, NAMING, Form, Group, asks

PROGRAMME = Form(
    name="programme",
    one=_("Programme"),
    many=_("Programme"),
    add=_("Programme"),
    sentence=_("Its name, its days, and the day from which it is planned."),
    groups=(
        Group(title=_("Programme"), fields=(NAME, ID)),
        Group(
            title=_("Its days"),
            fields=(
                asks("first_day", _("First day"), _("No stay begins before it.")),
                asks("last_day", _("Last day"), _("No stay ends after it.")),
                asks(
                    "today",
                    _("Planned from"),
                    _(
                        "No new stay begins before it, and published stays that begin soon after "
                        "stay as they are. Move it on as time goes by."
                    ),
                ),
            ),
        ),
        Group(
            title=_("Where it is at home"),
            fields=(
                asks("timezone", _("Time zone"), _("Such as Asia/Seoul.")),
                asks("currency", _("Currency"), _("In which costs are counted, such as KRW.")),
            ),
        ),
    ),
)

POLICY = Form(
    name="policy",
    one=_("Rules of the office"),
    many=_("Rules of the office"),
    add=_("Rules of the office"),
    sentence=_("On which days people arrive, how long before nothing is changed any more, visas."),
    groups=(
        Group(
            title=_("Stays"),
            fields=(
                asks(
                    "arrival_weekdays",
                    _("Days of arrival"),
                    _("On which days of the week a stay may begin."),
                    whole=True,
                ),
                asks(
                    "stay_step_days",
                    _("Steps of length"),
                    _("A stay is its shortest length, or so many days longer, or twice so many."),
                    unit=DAYS,
                ),
                asks(
                    "frozen_days",
                    _("Days of notice"),
                    _("Published stays that begin within so many days are not changed any more."),
                    unit=DAYS,
                ),
            ),
        ),
        Group(
            title=_("Visas"),
            fields=(
                asks(
                    "visa_lead_days",
                    _("Visa lead time"),
                    _(
                        "How many days after its request a stay can begin at the soonest, by the "
                        "institution's country. Countries that are not named need none."
                    ),
                    whole=True,
                ),
            ),
        ),
    ),
    parts=(asks("key", _("Country")), asks("value", _("Number of days"))),
)

SLOTS = Form(
    name="slots",
    one=_("Slot"),
    many=_("Slots"),
    add=_("Add a slot"),
    sentence=_(
        "Dated windows with places, such as a term or a summer school. Every stay is in one."
    ),
    columns=("site", "tracks", "first_day", "last_day", "places"),
    groups=(
        NAMING,
        Group(
            title=_("When and where"),
            fields=(
                asks("site", _("Site"), _("Where its stays are.")),
                asks("first_day", _("First day"), _("No stay of the slot begins before it.")),
                asks("last_day", _("Last day"), _("No stay of the slot ends after it.")),
                asks(
                    "fixed_dates",
                    _("Fixed dates"),
                    _("Whether everybody comes on the first day and leaves on the last."),
                ),
            ),
        ),
        Group(
            title=_("For whom"),
            fields=(
                asks(
                    "places",
                    _("Places"),
                    _("On no day are more people in the slot."),
                    unit=_("people"),
                ),
                asks(
                    "tracks",
                    _("Tracks"),
                    _("For requests of these tracks. Choose at least one."),
                    whole=True,
                ),
            ),
        ),
    ),
)

EVENTS = Form(
    name="events",
    one=_("Event"),
    many=_("Events"),
    add=_("Add an event"),
    sentence=_("Workshops and demo days: stays that hold one are better, some must hold one."),
    columns=("site", "first_day", "last_day", "tracks"),
    groups=(
        NAMING,
        Group(
            title=_("When and where"),
            fields=(
                asks("site", _("Site"), _("Where it takes place.")),
                asks("first_day", _("First day"), _("The day on which it begins.")),
                asks(
                    "last_day", _("Last day"), _("The day on which it ends; the same for one day.")
                ),
            ),
        ),
        Group(
            title=_("For whom"),
            fields=(
                asks(
                    "tracks",
                    _("Tracks"),
                    _("Who is invited. None chosen: everybody."),
                    whole=True,
                ),
            ),
        ),
    ),
)

QUOTAS = Form(
    name="quotas",
    one=_("Quota"),
    many=_("Quotas"),
    add=_("Add a quota"),
    sentence=_(
        "How many stays, days or how much money there may and should be, of whom, and when."
    ),
    columns=("by", "value", "measure", "min", "max", "first_day", "last_day"),
    groups=(
        NAMING,
        Group(
            title=_("What is counted"),
            fields=(
                asks("measure", _("Counted"), _("Stays, days of people, or money.")),
                asks("by", _("Of whom"), _("Everybody, or those of one country, track and so on.")),
                asks(
                    "value",
                    _("Which one"),
                    _("The country, track, institution or site. Empty for everybody together."),
                ),
                asks("first_day", _("First day"), _("Stays count that begin on it or later.")),
                asks("last_day", _("Last day"), _("Stays count that begin on it or earlier.")),
            ),
        ),
        Group(
            title=_("How much"),
            fields=(
                asks("max", _("At most"), _("A limit that holds. Leave empty for none.")),
                asks("min", _("At least"), _("A goal that is weighed. Leave empty for none.")),
                asks(
                    "points_per_missing",
                    _("Points for what is missing"),
                    _("How much it costs to stay below the goal, for each unit."),
                    unit=_("points"),
                ),
                asks(
                    "unit",
                    _("Unit"),
                    _("What is missing is counted in these: 1 for stays, 1000000 for money, say."),
                ),
            ),
        ),
    ),
)
