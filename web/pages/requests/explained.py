"""What each column of a table of requests is called, and what it says."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

LABELS: Mapping[str, LazyString] = {
    "id": lazy_gettext("Request ID"),
    "researcher": lazy_gettext("Researcher ID"),
    "name": lazy_gettext("Researcher name"),
    "email": lazy_gettext("E-mail"),
    "language": lazy_gettext("Language code"),
    "institution": lazy_gettext("Institution"),
    "institution_name": lazy_gettext("Institution name"),
    "country": lazy_gettext("Country"),
    "track": lazy_gettext("Track"),
    "status": lazy_gettext("Status"),
    "priority": lazy_gettext("Priority"),
    "submitted": lazy_gettext("Submitted on"),
    "first_day": lazy_gettext("Earliest day"),
    "last_day": lazy_gettext("Latest day"),
    "min_days": lazy_gettext("Shortest stay (days)"),
    "max_days": lazy_gettext("Longest stay (days)"),
    "preferred_first_day": lazy_gettext("Preferred arrival"),
    "hosts": lazy_gettext("Hosts"),
    "desks": lazy_gettext("Desks"),
    "area_m2": lazy_gettext("Floor space (m²)"),
    "gpus": lazy_gettext("GPUs"),
    "pools": lazy_gettext("Computing pools"),
    "needs": lazy_gettext("Needed features"),
    "wishes": lazy_gettext("Wished features"),
    "sites": lazy_gettext("Allowed sites"),
    "zones": lazy_gettext("Allowed zones"),
    "zone_points": lazy_gettext("Points for zones"),
    "must_attend": lazy_gettext("Events to attend"),
    "unavailable": lazy_gettext("Days not available"),
    "group": lazy_gettext("Group label"),
    "cost_fixed": lazy_gettext("Cost once"),
    "cost_per_day": lazy_gettext("Cost per day"),
}

_MANY = lazy_gettext("Ids or names, several with semicolons between them; “any” for whichever.")

EXPLAINED: Mapping[str, LazyString] = {
    "id": lazy_gettext(
        "By this id a request is known again: the same file twice changes nothing. Small letters, "
        "digits, dots and hyphens. The row “example” is left out."
    ),
    "researcher": lazy_gettext(
        "Only where two researchers bear the same name, or to keep an id. Otherwise a researcher "
        "is found by e-mail, or by name and institution."
    ),
    "name": lazy_gettext("Who would like to come."),
    "email": lazy_gettext("Where news of the stay is sent."),
    "language": lazy_gettext("In which language mails and the own page are: en, ko, fr, ar."),
    "institution": lazy_gettext(
        "Id or name. One that the programme does not know yet is added with its country."
    ),
    "institution_name": lazy_gettext("Name of a new institution whose id stands beside."),
    "country": lazy_gettext("Of a new institution: two letters, KR say, or the name."),
    "track": lazy_gettext("Id or name of the research track."),
    "status": lazy_gettext("Whether the request stands."),
    "priority": lazy_gettext("From 1 to 5; 5 is placed first."),
    "submitted": lazy_gettext("The day on which it was submitted, as 2026-03-01."),
    "first_day": lazy_gettext("The stay does not begin before this day."),
    "last_day": lazy_gettext("The stay does not end after this day."),
    "min_days": lazy_gettext("The stay is at least so long."),
    "max_days": lazy_gettext("The stay is at most so long."),
    "preferred_first_day": lazy_gettext("The day of arrival that would be best."),
    "hosts": lazy_gettext(
        "Ids or names in order of preference, with semicolons between them; “any” for any host of "
        "the track, “none” where none is needed."
    ),
    "desks": lazy_gettext("How many desks the stay takes."),
    "area_m2": lazy_gettext("How much floor space it takes beside the desks."),
    "gpus": lazy_gettext("How many GPUs it takes."),
    "pools": _MANY,
    "needs": lazy_gettext("What the zone must have, several with semicolons between them."),
    "wishes": lazy_gettext("What the zone should have, several with semicolons between them."),
    "sites": _MANY,
    "zones": _MANY,
    "zone_points": lazy_gettext("How welcome some zones are: zone=30; other-zone=-20."),
    "must_attend": lazy_gettext("Events that the stay must cover, by id or name."),
    "unavailable": lazy_gettext(
        "Days on which the researcher cannot be there: 2026-03-01..2026-03-05 Exams; 2026-04-01."
    ),
    "group": lazy_gettext("A label for zones that are kept by group, the name of a company say."),
    "cost_fixed": lazy_gettext("Cost of the stay in the currency of the programme, whole numbers."),
    "cost_per_day": lazy_gettext("Cost of each day of the stay, whole numbers."),
}
