"""Calendars of a reader's devices as the coordinator adds, replaces and revokes them."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.errors import NoSuchLink
from web.context import services
from web.pages.common import changing, workspace_of
from web.pages.languages import PUBLIC_LANGUAGES
from web.pages.links.room import blueprint, link_address, scope_of
from web.pages.researcher.programs import PROGRAMS
from web.use_cases.links.devices import (
    Owner,
    TooManyDevicesError,
    Wanted,
    add_device,
    clean_label,
    remove_device,
    replace_device,
)
from web.use_cases.links.page import get_owner
from web.use_cases.links.programs import Program, find_program

_ROOM = "/programmes/<programme_id>/links/<kind>/<subject>/calendars"
_TYPED = 500


@blueprint.post(_ROOM)
def add(programme_id: str, kind: str, subject: str) -> ResponseReturnValue:
    """Add a calendar for a device of the reader's."""
    scope = scope_of(kind, subject)
    try:
        with changing(programme_id) as session:
            owner = get_owner(session, workspace_of(session, programme_id).problem, scope)
            link = add_device(
                session, owner, _wanted(), services().publisher.maker, now=services().clock()
            )
    except TooManyDevicesError:
        flash(gettext("There are as many calendars as there can be. Revoke one first."), "warn")
    else:
        flash(gettext("“%(name)s” is ready: copy its address.", name=link.device or ""), "good")
    return redirect(f"{link_address(programme_id, scope)}#calendars", HTTPStatus.SEE_OTHER)


@blueprint.post(f"{_ROOM}/<uuid:link_id>/replace")
def replace_calendar(
    programme_id: str, kind: str, subject: str, link_id: uuid.UUID
) -> ResponseReturnValue:
    """Close the address of a device's calendar and give it another one."""
    scope = scope_of(kind, subject)
    owner = Owner(programme_id=programme_id, scope=scope, name="")
    try:
        with changing(programme_id) as session:
            maker, now = services().publisher.maker, services().clock()
            link = replace_device(session, owner, link_id, maker, now=now)
    except NoSuchLink:
        _say_gone()
    else:
        flash(gettext("“%(name)s” has a new address.", name=link.device or ""), "good")
    return redirect(f"{link_address(programme_id, scope)}#calendars", HTTPStatus.SEE_OTHER)


@blueprint.post(f"{_ROOM}/<uuid:link_id>/revoke")
def revoke_calendar(
    programme_id: str, kind: str, subject: str, link_id: uuid.UUID
) -> ResponseReturnValue:
    """Close a device's calendar for good."""
    scope = scope_of(kind, subject)
    owner = Owner(programme_id=programme_id, scope=scope, name="")
    try:
        with changing(programme_id) as session:
            remove_device(session, owner, link_id, now=services().clock())
    except NoSuchLink:
        _say_gone()
    else:
        flash(gettext("The calendar is closed; its address opens nothing any more."), "good")
    return redirect(f"{link_address(programme_id, scope)}#calendars", HTTPStatus.SEE_OTHER)


def _say_gone() -> None:
    flash(gettext("This calendar was closed already, or has a new address."), "warn")


def _wanted() -> Wanted:
    asked = request.form.get("language", "")
    program = find_program(request.form.get("program")) or Program.OTHER
    label = clean_label(request.form.get("label", "")[:_TYPED])
    return Wanted(
        label=label or str(PROGRAMS[program].name),
        program=program,
        language=asked if asked in PUBLIC_LANGUAGES else "en",
        shows_holidays=request.form.get("holidays") == "yes",
        busy_only=request.form.get("shows") == "busy",
    )
