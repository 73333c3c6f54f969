"""Forms of places: sites, buildings, floors, zones, floor space taken, and computing."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from web.pages.data.words import DESKS, GPUS, ID, NAME, NAMING, SQUARE_METRES, Form, Group, asks

SITES = Form(
    name="sites",
    one=_("Site"),
    many=_("Sites"),
    add=_("Add a site"),
    sentence=_("Places with an address, public holidays and days on which nobody can arrive."),
    columns=("holidays", "timezone", "closures"),
    groups=(
        Group(
            title=_("Where it is"),
            fields=(
                NAME,
                asks(
                    "address",
                    _("Postal address"),
                    _("As it stands in calendars. May be left empty."),
                    whole=True,
                ),
                asks("lat", _("Latitude"), _("For a map, such as 37.4837. May be left empty.")),
                asks("lon", _("Longitude"), _("For a map, such as 127.0324. May be left empty.")),
                ID,
            ),
        ),
        Group(
            title=_("Its calendar"),
            fields=(
                asks(
                    "timezone",
                    _("Time zone"),
                    _("Such as Asia/Seoul. Leave empty for the programme's."),
                ),
                asks(
                    "holidays",
                    _("Public holidays"),
                    _("Of a country or a part of one: KR, US-NY. Nobody arrives on such a day."),
                ),
                asks(
                    "closures",
                    _("Closures"),
                    _("On these days nobody can arrive. Whoever is there already stays."),
                    whole=True,
                ),
            ),
        ),
    ),
)

BUILDINGS = Form(
    name="buildings",
    one=_("Building"),
    many=_("Buildings"),
    add=_("Add a building"),
    sentence=_("The buildings of each site."),
    columns=("site",),
    groups=(
        Group(
            title=_("Building"),
            fields=(NAME, asks("site", _("Site"), _("Where the building stands.")), ID),
        ),
    ),
)

FLOORS = Form(
    name="floors",
    one=_("Floor"),
    many=_("Floors"),
    add=_("Add a floor"),
    sentence=_("The floors of each building; people who work together like to share one."),
    columns=("building", "level"),
    groups=(
        Group(
            title=_("Floor"),
            fields=(
                NAME,
                asks("building", _("Building"), _("In which building the floor is.")),
                asks("level", _("Level"), _("Counted from the ground; below it with a minus.")),
                ID,
            ),
        ),
    ),
)

ZONES = Form(
    name="zones",
    one=_("Zone"),
    many=_("Zones"),
    add=_("Add a zone"),
    sentence=_("Rooms and areas with desks: how many, for whom, and when they are open."),
    columns=("floor", "desks", "area_m2", "features", "exclusive_by"),
    groups=(
        Group(
            title=_("Where it is"),
            fields=(
                NAME,
                asks("floor", _("Floor"), _("On which floor the zone lies.")),
                ID,
                asks(
                    "shape",
                    _("Drawing"),
                    _("Its outline is drawn and uploaded on the floor plan."),
                ),
            ),
        ),
        Group(
            title=_("What it has"),
            fields=(
                asks(
                    "desks",
                    _("Desks"),
                    _("On no day are more of them taken. 0 for a corridor or a meeting room."),
                    unit=DESKS,
                ),
                asks(
                    "area_m2",
                    _("Floor space"),
                    _("For those who bring machines or robots."),
                    unit=SQUARE_METRES,
                ),
                asks(
                    "features",
                    _("Features"),
                    _("What requests may need or wish for: quiet, daylight, secure ..."),
                    whole=True,
                ),
            ),
        ),
        Group(
            title=_("For whom"),
            fields=(
                asks(
                    "tracks",
                    _("Tracks"),
                    _("Only visitors of these tracks. None chosen: everybody."),
                    whole=True,
                ),
                asks(
                    "exclusive_by",
                    _("Kept to one"),
                    _("Whether everybody there on a day must have something in common."),
                ),
            ),
        ),
        Group(
            title=_("When it is open"),
            fields=(
                asks("first_day", _("Open from"), _("Leave empty if it is open already.")),
                asks("last_day", _("Open until"), _("Leave empty if it stays open.")),
                asks(
                    "closures",
                    _("Closures"),
                    _("On these days nobody can stay there."),
                    whole=True,
                ),
            ),
        ),
    ),
)

RESERVATIONS = Form(
    name="reservations",
    one=_("Reservation"),
    many=_("Reservations"),
    add=_("Add a reservation"),
    sentence=_("Desks and floor space that somebody has already, a company's team say."),
    columns=("zone", "desks", "area_m2", "institution", "first_day", "last_day"),
    groups=(
        NAMING,
        Group(
            title=_("What is taken"),
            fields=(
                asks("zone", _("Zone"), _("In which zone.")),
                asks("desks", _("Desks"), _("How many are taken every day."), unit=DESKS),
                asks("area_m2", _("Floor space"), _("How much is taken."), unit=SQUARE_METRES),
                asks("first_day", _("First day"), _("From when on.")),
                asks("last_day", _("Last day"), _("Until when, this day included.")),
            ),
        ),
        Group(
            title=_("By whom"),
            fields=(
                asks(
                    "institution",
                    _("Institution"),
                    _("For zones kept to one institution or country. May be left empty."),
                ),
                asks(
                    "group",
                    _("Group"),
                    _("For zones kept to one group: a word that its members share."),
                ),
            ),
        ),
    ),
)

POOLS = Form(
    name="pools",
    one=_("Computing pool"),
    many=_("Computing pools"),
    add=_("Add a computing pool"),
    sentence=_("Shared GPUs that stays use, and when they can be used."),
    columns=("gpus", "first_day", "last_day", "closures"),
    groups=(
        NAMING,
        Group(
            title=_("What it has"),
            fields=(
                asks("gpus", _("GPUs"), _("On no day are more of them used."), unit=GPUS),
                asks("first_day", _("Open from"), _("Leave empty if it is open already.")),
                asks("last_day", _("Open until"), _("Leave empty if it stays open.")),
                asks(
                    "closures",
                    _("Closures"),
                    _("On these days nobody can use it; a stay that needs it must lie beside."),
                    whole=True,
                ),
            ),
        ),
    ),
)
