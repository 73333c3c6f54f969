"""What libical reads in a calendar: the parser of Evolution, GNOME Calendar and Orage."""

from __future__ import annotations

import ctypes
import ctypes.util
import datetime as dt

from tests.web.calendar_clients import ReadEvent


def read_by_libical(body: bytes) -> list[ReadEvent]:
    """Return the events that libical reads, by the library that the system has."""
    library = _library()
    calendar = library.icalparser_parse_string(body)
    event_kind = library.icalcomponent_string_to_kind(b"VEVENT")
    events = []
    event = library.icalcomponent_get_first_component(calendar, event_kind)
    while event:
        events.append(_event(library, event))
        event = library.icalcomponent_get_next_component(calendar, event_kind)
    library.icalcomponent_free(calendar)
    return events


def _library() -> ctypes.CDLL:
    name = ctypes.util.find_library("ical")
    if name is None:
        raise RuntimeError("no libical: install Debian's libical3")
    library = ctypes.CDLL(name)
    pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    for function, result, *arguments in (
        ("icalparser_parse_string", pointer, text),
        ("icalcomponent_string_to_kind", number, text),
        ("icalproperty_string_to_kind", number, text),
        ("icalcomponent_get_first_component", pointer, pointer, number),
        ("icalcomponent_get_next_component", pointer, pointer, number),
        ("icalcomponent_get_first_property", pointer, pointer, number),
        ("icalproperty_get_value", pointer, pointer),
        ("icalproperty_get_value_as_string", text, pointer),
        ("icalvalue_get_text", text, pointer),
        ("icalcomponent_free", None, pointer),
    ):
        called = getattr(library, str(function))
        called.restype, called.argtypes = result, arguments
    return library


def _event(library: ctypes.CDLL, event: int) -> ReadEvent:
    return ReadEvent(
        uid=_text(library, event, b"UID"),
        sequence=int(_value(library, event, b"SEQUENCE")),
        status=_value(library, event, b"STATUS"),
        summary=_text(library, event, b"SUMMARY"),
        location=_text(library, event, b"LOCATION"),
        description=_text(library, event, b"DESCRIPTION"),
        first=_day(_value(library, event, b"DTSTART")),
        stop=_day(_value(library, event, b"DTEND")),
    )


def _property(library: ctypes.CDLL, event: int, name: bytes) -> int | None:
    kind = library.icalproperty_string_to_kind(name)
    found: int | None = library.icalcomponent_get_first_property(event, kind)
    return found


def _value(library: ctypes.CDLL, event: int, name: bytes) -> str:
    spelled: bytes = library.icalproperty_get_value_as_string(_property(library, event, name))
    return spelled.decode()


def _text(library: ctypes.CDLL, event: int, name: bytes) -> str:
    found = _property(library, event, name)
    if found is None:
        return ""
    text: bytes = library.icalvalue_get_text(library.icalproperty_get_value(found))
    return text.decode()


def _day(spelled: str) -> str:
    return dt.datetime.strptime(spelled, "%Y%m%d").date().isoformat()  # noqa: DTZ007 - a day
