"""Every form, and how the first page of people and space groups them."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from web.pages.data.forms_frame import EVENTS, POLICY, PROGRAMME, QUOTAS, SLOTS
from web.pages.data.forms_people import HOSTS, INSTITUTIONS, RESEARCHERS, TRACKS
from web.pages.data.forms_places import (
    BUILDINGS,
    FLOORS,
    POOLS,
    RESERVATIONS,
    SITES,
    ZONES,
)
from web.pages.data.forms_requests import COLLABORATIONS, PINS, REQUESTS, SEPARATIONS
from web.pages.data.forms_weights import WEIGHTS
from web.pages.data.words import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Forms that stand together on the first page."""

    title: LazyString
    forms: tuple[Form, ...]


SHELVES = (
    Shelf(
        title=_("Who comes"),
        forms=(REQUESTS, RESEARCHERS, INSTITUTIONS, COLLABORATIONS, SEPARATIONS),
    ),
    Shelf(title=_("Who receives them"), forms=(TRACKS, HOSTS)),
    Shelf(title=_("Where"), forms=(SITES, BUILDINGS, FLOORS, ZONES, RESERVATIONS, POOLS)),
    Shelf(title=_("Dates and events"), forms=(PROGRAMME, SLOTS, EVENTS)),
    Shelf(title=_("What the office decides"), forms=(POLICY, WEIGHTS, QUOTAS, PINS)),
)

FORMS: dict[str, Form] = {form.name: form for shelf in SHELVES for form in shelf.forms}
