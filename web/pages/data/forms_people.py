"""Forms of people: researchers, their institutions, hosts, and the tracks they work in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from web.pages.data.words import ID, NAME, NAMING, Form, Group, asks

RESEARCHERS = Form(
    name="researchers",
    one=_("Researcher"),
    many=_("Researchers"),
    add=_("Add a researcher"),
    sentence=_("The visitors: who they are, where they come from, and how they are reached."),
    columns=("institution", "email", "language"),
    groups=(
        Group(
            title=_("Who it is"),
            fields=(
                NAME,
                asks(
                    "institution",
                    _("Institution"),
                    _("Where the researcher works. Its country counts for visas and quotas."),
                ),
                ID,
            ),
        ),
        Group(
            title=_("How to reach them"),
            fields=(
                asks("email", _("E-mail"), _("Where releases are told to. Leave empty for none.")),
                asks(
                    "language",
                    _("Language"),
                    _("In which mails are written: en, ko, fr or ar."),
                ),
            ),
        ),
    ),
)

INSTITUTIONS = Form(
    name="institutions",
    one=_("Institution"),
    many=_("Institutions"),
    add=_("Add an institution"),
    sentence=_("Universities, institutes and companies, each with its country."),
    columns=("country",),
    groups=(
        Group(
            title=_("Institution"),
            fields=(
                NAME,
                asks(
                    "country",
                    _("Country"),
                    _("For visa lead times, quotas and zones kept to one country."),
                ),
                ID,
            ),
        ),
    ),
)

HOSTS = Form(
    name="hosts",
    one=_("Host"),
    many=_("Hosts"),
    add=_("Add a host"),
    sentence=_(
        "Researchers here who receive visitors: how many at a time, and when they are away."
    ),
    columns=("institution", "tracks", "capacity", "absences"),
    groups=(
        Group(
            title=_("Who it is"),
            fields=(
                NAME,
                asks("institution", _("Institution"), _("Where the host works.")),
                asks("email", _("E-mail"), _("Leave empty for none.")),
                ID,
            ),
        ),
        Group(
            title=_("Whom they receive"),
            fields=(
                asks(
                    "tracks",
                    _("Tracks"),
                    _("Visitors of these tracks may be given this host. Choose at least one."),
                    whole=True,
                ),
                asks(
                    "capacity",
                    _("Visitors at a time"),
                    _("On no day does the host receive more than this."),
                    unit=_("visitors"),
                ),
            ),
        ),
        Group(
            title=_("When they are away"),
            fields=(
                asks(
                    "absences",
                    _("Absences"),
                    _("On these days no visitor arrives to this host. Stays go on meanwhile."),
                    whole=True,
                ),
            ),
        ),
    ),
)

TRACKS = Form(
    name="tracks",
    one=_("Track"),
    many=_("Tracks"),
    add=_("Add a track"),
    sentence=_("Directions of research. Slots, hosts and zones are opened to tracks."),
    columns=("colour",),
    groups=(
        *(NAMING,),
        Group(
            title=_("On pictures"),
            fields=(
                asks(
                    "colour",
                    _("Colour"),
                    _("Of its stays on the board, the timeline and the floor plan."),
                ),
            ),
        ),
    ),
)
