"""The researcher's calendars: which there are, adding one, and closing one again."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext
from sqlalchemy.orm import Session

from models.errors import NoSuchLink
from web.access import public
from web.context import services
from web.pages.languages import PUBLIC_LANGUAGES
from web.pages.researcher.common import arrive, blueprint, done, private, private_page
from web.pages.researcher.programs import PROGRAMS
from web.pages.researcher.qr import qr_code
from web.use_cases.links.devices import (
    LABEL_LENGTH,
    TooManyDevicesError,
    Wanted,
    add_device,
    call_device,
    clean_label,
    remove_device,
    replace_device,
)
from web.use_cases.links.programs import Program, find_program
from web.use_cases.researchers import calendars
from web.use_cases.researchers.visiting import Visit

FOR_PHONES = frozenset({Program.APPLE, Program.OTHER})
"""Programs that a phone has and that take an address from its camera."""

_LIST, _ONE = "researcher.show_calendars", "researcher.show_calendar"
_APPLE_DEVICES = {"iPhone": "iPhone", "iPad": "iPad", "Macintosh": "Mac"}
_TYPED = 500
_Change = Callable[[Session, Visit], uuid.UUID | None]


@blueprint.get("/r/<token>/calendars")
@public
def show_calendars(token: str) -> ResponseReturnValue:
    """Show the calendars there are, and the programs for which there may be another."""
    with services().database.reading() as session:
        visitor = arrive(session, token)
        view = calendars.show_calendars(session, visitor, services().publisher.maker)
    return private_page("researcher_calendars.html", visitor, view=view, programs=PROGRAMS)


@blueprint.get("/r/<token>/calendars/new")
@public
def new_calendar(token: str) -> ResponseReturnValue:
    """Ask what a calendar for the chosen program shall show."""
    with services().database.reading() as session:
        visitor = arrive(session, token)
        view = calendars.show_calendars(session, visitor, services().publisher.maker)
    program = find_program(request.args.get("program"))
    if program is None or not view.may_add:
        return private(make_response(redirect(url_for(_LIST, token=token))))
    return private_page(
        "researcher_calendar_new.html",
        visitor,
        view=view,
        program=program,
        words=PROGRAMS[program],
        label=_usual_label(program, visitor),
        spoken=visitor.language,
        tongues=PUBLIC_LANGUAGES,
        longest=LABEL_LENGTH,
    )


@blueprint.post("/r/<token>/calendars/new")
@public
def add_calendar(token: str) -> ResponseReturnValue:
    """Add a calendar, and show how it gets into the program."""
    now, maker = services().clock(), services().publisher.maker

    def add(session: Session, visitor: Visit) -> uuid.UUID:
        owner = calendars.owner_of(visitor)
        return add_device(session, owner, _wanted(visitor), maker, now=now).id

    try:
        return _change(token, "calendar-added", add)
    except TooManyDevicesError:
        return done(_LIST, token, "calendars-full")


@blueprint.get("/r/<token>/calendars/<uuid:link_id>")
@public
def show_calendar(token: str, link_id: uuid.UUID) -> ResponseReturnValue:
    """Show one calendar: its address, the steps to subscribe, and what can be done about it."""
    with services().database.reading() as session:
        visitor = arrive(session, token)
        try:
            view = calendars.show_calendar(session, visitor, link_id, services().publisher.maker)
        except NoSuchLink:
            return done(_LIST, token, "calendar-gone")
    program = view.device.program
    return private_page(
        "researcher_calendar.html",
        visitor,
        view=view,
        words=PROGRAMS[program],
        picture=qr_code(view.device.webcal) if program in FOR_PHONES else None,
        tongues=PUBLIC_LANGUAGES,
        longest=LABEL_LENGTH,
    )


@blueprint.post("/r/<token>/calendars/<uuid:link_id>/rename")
@public
def rename_calendar(token: str, link_id: uuid.UUID) -> ResponseReturnValue:
    """Call a calendar by another name."""
    label = _typed("label")

    def rename(session: Session, visitor: Visit) -> uuid.UUID:
        call_device(session, calendars.owner_of(visitor), link_id, label)
        return link_id

    return _change(token, "calendar-renamed", rename)


@blueprint.post("/r/<token>/calendars/<uuid:link_id>/replace")
@public
def replace_calendar(token: str, link_id: uuid.UUID) -> ResponseReturnValue:
    """Close a calendar's address and give it another one."""
    now, maker = services().clock(), services().publisher.maker

    def replace(session: Session, visitor: Visit) -> uuid.UUID:
        return replace_device(session, calendars.owner_of(visitor), link_id, maker, now=now).id

    return _change(token, "calendar-replaced", replace)


@blueprint.post("/r/<token>/calendars/<uuid:link_id>/remove")
@public
def remove_calendar(token: str, link_id: uuid.UUID) -> ResponseReturnValue:
    """Close a calendar for good."""
    now = services().clock()

    def remove(session: Session, visitor: Visit) -> None:
        remove_device(session, calendars.owner_of(visitor), link_id, now=now)

    return _change(token, "calendar-removed", remove)


def _change(token: str, word: str, change: _Change) -> ResponseReturnValue:
    """Change a calendar and show it, or all of them; one that ended meanwhile is said to have."""
    try:
        with services().database.writing() as session:
            visitor = arrive(session, token)
            link_id = change(session, visitor)
    except NoSuchLink:
        return done(_LIST, token, "calendar-gone")
    if link_id is None:
        return done(_LIST, token, word)
    return done(_ONE, token, word, link_id=link_id)


def _wanted(visitor: Visit) -> Wanted:
    asked = request.form.get("language", "")
    program = find_program(request.form.get("program")) or Program.OTHER
    return Wanted(
        label=clean_label(_typed("label")) or _usual_label(program, visitor),
        program=program,
        language=asked if asked in PUBLIC_LANGUAGES else visitor.language,
        shows_holidays=request.form.get("holidays") == "yes",
        busy_only=request.form.get("shows") == "busy",
    )


def _usual_label(program: Program, visitor: Visit) -> str:
    """Return what most people would call a calendar: Apple's by the device they look from."""
    if program is Program.APPLE:
        agent = request.user_agent.string
        return next((name for sign, name in _APPLE_DEVICES.items() if sign in agent), "iPhone")
    with force_locale(visitor.language):
        is_named = program is not Program.OTHER
        return str(PROGRAMS[program].name) if is_named else gettext("My calendar")


def _typed(name: str) -> str:
    return request.form.get(name, "")[:_TYPED]
