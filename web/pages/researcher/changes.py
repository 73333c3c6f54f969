"""Asking for a change of the published stay: live options, a note, and what the office said."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import abort, current_app, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from models.errors import ChangeRequestDecided
from web.access import public
from web.calendars.texts import LONGEST_NOTE
from web.context import services
from web.pages.researcher.change_words import (
    kind_heading,
    say_hint,
    say_length,
    say_none,
    say_parts,
    say_shift,
    say_trouble,
    span_of_bars,
)
from web.pages.researcher.common import arrive, arrive_to_change, blueprint, done, private_page
from web.use_cases.change_requests import page as changes_page
from web.use_cases.change_requests.ask import (
    AskedTooLateError,
    NothingAskedError,
    Stale,
    Wish,
    ask_change,
    withdraw_change,
)
from web.use_cases.change_requests.page import Look
from web.use_cases.change_requests.published import PublishedPlan, PublishedPlans
from web.use_cases.errors import NoteTooLongError
from web.use_cases.researchers.typed_wishes import find_day
from web.use_cases.whole_numbers import whole_number

LONGEST_PICK = 999
"""Days of a stay that somebody may pick."""

_KEY = "sarangchae-published-plans"
_WORDS = "words"

WRONG = {
    "nothing": HTTPStatus.UNPROCESSABLE_ENTITY,
    "long": HTTPStatus.UNPROCESSABLE_ENTITY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What somebody had chosen and written when the page comes again; nothing is lost."""

    chosen: str = ""
    note: str = ""


@blueprint.record_once
def _keep_plans(state: BlueprintSetupState) -> None:
    """Give the application a place for what is worked out of published plans."""
    state.app.extensions[_KEY] = PublishedPlans()
    state.app.jinja_env.filters.update(
        change_hint=say_hint,
        change_kind=kind_heading,
        change_none=say_none,
        change_parts=say_parts,
        change_trouble=say_trouble,
        change_length=say_length,
        change_shift=say_shift,
    )
    state.app.jinja_env.globals.update(change_bars=span_of_bars)


@blueprint.get("/r/<token>/changes")
@public
def show_changes(token: str) -> ResponseReturnValue:
    """Show what could be asked for; ``stay``, ``first_day`` and ``days`` say of which, and when."""
    return _page(token, _look(), Kept())


@blueprint.post("/r/<token>/changes")
@public
def ask_for_change(token: str) -> ResponseReturnValue:
    """Send what was chosen to the office, take it back, or look at other days first."""
    match request.form.get("do"):
        case "send":
            return _send(token)
        case "withdraw":
            return _withdraw(token)
    return _page(token, _look(), _kept())


def _send(token: str) -> ResponseReturnValue:
    form, now = request.form, services().clock()
    kept = _kept()
    try:
        with services().database.writing() as session:
            visitor = arrive_to_change(session, token)
            wish = Wish(
                researcher_id=visitor.researcher_id,
                request=form.get("stay", ""),
                chosen="" if kept.chosen == _WORDS else kept.chosen,
                note=kept.note,
                release=whole_number(form.get("release", "")) or 0,
                replaces=whole_number(form.get("replaces", "")),
            )
            ask_change(session, _plan_of(session, visitor.programme_id), wish, now=now)
    except AskedTooLateError as late:
        return _page(token, _look(), kept, trouble=late.why.value)
    except NothingAskedError:
        return _page(token, _look(), kept, trouble="nothing")
    except NoteTooLongError:
        return _page(token, _look(), kept, trouble="long")
    return done("researcher.show_changes", token, "asked", stay=wish.request)


def _withdraw(token: str) -> ResponseReturnValue:
    number = whole_number(request.form.get("number", ""))
    if number is None:
        abort(HTTPStatus.BAD_REQUEST)
    try:
        with services().database.writing() as session:
            visitor = arrive_to_change(session, token)
            problem = _plan_of(session, visitor.programme_id).problem
            withdraw_change(session, problem, visitor.researcher_id, number, now=services().clock())
    except ChangeRequestDecided:
        return _page(token, _look(), Kept(), trouble=Stale.ANSWERED.value)
    return done("researcher.show_changes", token, "unasked", stay=request.form.get("stay", ""))


def _page(token: str, look: Look, kept: Kept, *, trouble: str | None = None) -> ResponseReturnValue:
    with services().database.reading() as session:
        visitor = arrive(session, token)
        plan = _plan_of(session, visitor.programme_id)
        view = changes_page.show_changes(session, visitor, plan, look, now=services().clock())
    wrong = HTTPStatus.OK if trouble is None else WRONG.get(trouble, HTTPStatus.CONFLICT)
    return private_page(
        "researcher_changes.html",
        visitor,
        status=wrong,
        view=view,
        kept=kept,
        trouble=trouble,
        longest=LONGEST_NOTE,
    )


def _plan_of(session: Session, programme_id: str) -> PublishedPlan:
    plans: PublishedPlans = current_app.extensions[_KEY]
    return plans.load(session, services().workspaces, programme_id)


def _look() -> Look:
    """Return what is looked at, as the address or the form says it."""
    asked = request.values
    first_day, days = asked.get("first_day", ""), asked.get("days", "")
    if not first_day:
        return Look(request=asked.get("stay"))
    day, length = find_day(first_day), whole_number(days) if days else None
    is_readable = day is not None and (not days or (length or 0) in range(1, LONGEST_PICK + 1))
    if not is_readable:
        return Look(request=asked.get("stay"), is_readable=False)
    return Look(request=asked.get("stay"), first_day=day, days=length)


def _kept() -> Kept:
    return Kept(chosen=request.form.get("option", ""), note=request.form.get("note", ""))
