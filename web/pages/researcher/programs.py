"""What calendar programs are called, for whom each is, and how soon it sees a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext

from web.use_cases.links.programs import Program


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramWords:
    """The name of a program, what it runs on, and how often it looks for changes."""

    name: LazyString
    where: LazyString
    looks: LazyString


PROGRAMS: Mapping[Program, ProgramWords] = {
    Program.APPLE: ProgramWords(
        name=lazy_gettext("Apple Calendar"),
        where=lazy_gettext("iPhone, iPad, Mac"),
        looks=lazy_gettext("as set there, from every 5 minutes to once a week"),
    ),
    Program.GOOGLE: ProgramWords(
        name=lazy_gettext("Google Calendar"),
        where=lazy_gettext("In the browser and on Android"),
        looks=lazy_gettext("every 4 to 24 hours"),
    ),
    Program.OUTLOOK: ProgramWords(
        name=lazy_gettext("Outlook"),
        where=lazy_gettext("Microsoft 365 or Outlook.com"),
        looks=lazy_gettext("about every 3 hours"),
    ),
    Program.THUNDERBIRD: ProgramWords(
        name=lazy_gettext("Thunderbird"),
        where=lazy_gettext("On a computer"),
        looks=lazy_gettext("every 30 minutes"),
    ),
    Program.OTHER: ProgramWords(
        name=lazy_gettext("Another program"),
        where=lazy_gettext("Nextcloud, Proton and others"),
        looks=lazy_gettext("as set there; Nextcloud once a week unless told otherwise"),
    ),
}
