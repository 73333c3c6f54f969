"""Words of the requests room: its columns, what is wrong with a cell, why a file is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _

from web.pages.findings import say_finding
from web.pages.requests.explained import EXPLAINED, LABELS
from web.pages.requests.room import blueprint
from web.pages.wording import say_day
from web.use_cases.requests.export import Wording
from web.use_cases.requests.importing.faults import Fault, Unreadable, UploadRefused, Wrong

WHAT: Mapping[str, LazyString] = {
    "institutions": lazy_gettext("institution"),
    "researchers": lazy_gettext("researcher"),
    "tracks": lazy_gettext("track"),
    "hosts": lazy_gettext("host"),
    "pools": lazy_gettext("computing pool"),
    "sites": lazy_gettext("site"),
    "zones": lazy_gettext("zone"),
    "events": lazy_gettext("event"),
}

WRONG: Mapping[Wrong, LazyString] = {
    Wrong.NO_DAY: lazy_gettext("This is no day. Write it as 2026-03-01."),
    Wrong.NO_RANGE: lazy_gettext(
        "Write days as 2026-03-01..2026-03-05, several with semicolons between them."
    ),
    Wrong.NO_POINTS: lazy_gettext(
        "Write a zone and its points as zone=30, several with semicolons between them."
    ),
    Wrong.NO_COUNTRY: lazy_gettext("There is no such country. Write two letters, KR say."),
    Wrong.NO_ADDRESS: lazy_gettext("This is no e-mail address."),
    Wrong.NEEDED: lazy_gettext("Missing; a new request needs it."),
    Wrong.NOT_CLEARED: lazy_gettext("This cannot be empty. Write a value in place of the dash."),
    Wrong.NO_ID: lazy_gettext("Missing; every request needs an id of its own, marsh-2026 say."),
    Wrong.TWICE: lazy_gettext("Row %(row)s has this id too. Give one of them another id."),
    Wrong.CONTRADICTS: lazy_gettext(
        "Row %(row)s says otherwise of the same one. Let both say the same, or tell the two "
        "researchers apart by an id."
    ),
    Wrong.OTHER_COUNTRY: lazy_gettext(
        "%(name)s is in %(country)s here. Leave the cell empty, or change the institution itself."
    ),
    Wrong.NEW_COUNTRY: lazy_gettext(
        "There is no institution “%(text)s” yet. Mend the name, or give its country to add it."
    ),
    Wrong.AMBIGUOUS: lazy_gettext("Several are called “%(text)s”: %(ids)s. Write the id."),
}

REFUSED: Mapping[Unreadable, LazyString] = {
    Unreadable.EMPTY: lazy_gettext("The file is empty."),
    Unreadable.NO_ROWS: lazy_gettext(
        "The file has a header but no rows. Fill in a row for each request."
    ),
    Unreadable.NO_KIND: lazy_gettext(
        "This kind of file cannot be read. Save it as an Excel workbook (.xlsx) or as CSV."
    ),
    Unreadable.ENCODING: lazy_gettext(
        "The letters of the file cannot be read. Save it as “CSV UTF-8”, or say below how it is "
        "written."
    ),
    Unreadable.BROKEN: lazy_gettext("The file is damaged: %(text)s"),
    Unreadable.TOO_LARGE: lazy_gettext(
        "Unpacked, the workbook is larger than %(megabytes)s MB. Copy the requests into a new one."
    ),
    Unreadable.TOO_MANY_ROWS: lazy_gettext(
        "The file has more than %(most)s rows. Import it in parts."
    ),
    Unreadable.TOO_MANY_COLUMNS: lazy_gettext(
        "The file has more than %(most)s columns. Is this the right sheet?"
    ),
    Unreadable.NO_REQUESTS: lazy_gettext(
        "The file holds no list of requests. Send a list, or a scenario file."
    ),
}


def say_column(key: str) -> str:
    """Say what a column is called."""
    return str(LABELS[key]) if key in LABELS else key


def say_fault(fault: Fault) -> str:
    """Say what is wrong with a cell, and what to do about it."""
    if fault.wrong is None:
        return say_finding(fault.message)
    if fault.wrong is Wrong.UNKNOWN:
        return _unknown(fault)
    if fault.wrong is Wrong.NEW_COUNTRY and fault.facts["alike"]:
        return _new_institution(fault)
    if fault.wrong is Wrong.AMBIGUOUS_DAY:
        return _ambiguous(fault)
    return str(WRONG[fault.wrong]) % fault.facts


def say_refusal(error: UploadRefused) -> str:
    """Say why a file is refused."""
    return str(REFUSED[error.why]) % error.facts


def labels() -> Mapping[str, str]:
    """Return what every column is called."""
    return {key: str(label) for key, label in LABELS.items()}


def file_wording() -> Wording:
    """Return the texts of files that are written."""
    return Wording(
        title=_("Requests"),
        labels=labels(),
        explained={key: str(text) for key, text in EXPLAINED.items()},
        guide=_("Columns"),
        guide_header=(
            _("Column"),
            _("Needed"),
            _("What it says"),
            _("If empty"),
            _("What may stand here"),
        ),
        needed=_("for new requests"),
    )


def _unknown(fault: Fault) -> str:
    what = WHAT[fault.facts["of"]]
    alike = fault.facts["alike"]
    if alike:
        return str(
            _(
                "There is no %(what)s “%(text)s”. Is one of these meant: %(alike)s?",
                what=what,
                text=fault.facts["text"],
                alike=alike,
            )
        )
    said = _(
        "There is no %(what)s “%(text)s”. Write an id or a name that the programme has.",
        what=what,
        text=fault.facts["text"],
    )
    return str(said)


def _new_institution(fault: Fault) -> str:
    said = _(
        "There is no institution “%(text)s” yet. Is one of these meant: %(alike)s? If not, give "
        "its country to add it.",
        text=fault.facts["text"],
        alike=fault.facts["alike"],
    )
    return str(said)


def _ambiguous(fault: Fault) -> str:
    readings = list(fault.facts["readings"])
    if len(readings) > 1:
        first, second = readings
        said = _(
            "This could be %(first)s or %(second)s. Write the year first: %(example)s.",
            first=_say_iso(first),
            second=_say_iso(second),
            example=first,
        )
    elif readings:
        said = _("Write the year first: %(example)s.", example=readings[0])
    else:
        said = str(WRONG[Wrong.NO_DAY])
    return str(said)


def _say_iso(text: str) -> str:
    return say_day(dt.date.fromisoformat(text))


blueprint.add_app_template_filter(say_column, "request_column")
blueprint.add_app_template_filter(say_fault, "fault")
