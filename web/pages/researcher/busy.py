"""Days taken over from the researcher's own calendar, whose file is read and forgotten."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from web.access import public
from web.calendars.busy_apart import TooManyReaders, read_busy_days_apart
from web.calendars.busy_days import BusyDays, DayPair, days_in, text_of
from web.calendars.busy_file import UnreadableCalendar
from web.context import services
from web.pages.researcher.common import (
    arrive,
    arrive_to_change,
    blueprint,
    done,
    drain,
    private_page,
)
from web.pages.researcher.wishes import PAGE
from web.use_cases.researchers import busy as use_case
from web.use_cases.researchers.busy import (
    ChosenDays,
    NothingChosenError,
    TooManyRangesError,
    UnconfirmedError,
)
from web.use_cases.researchers.visiting import Visit
from web.use_cases.researchers.wishes import WishesClosedError, programme_of
from web.use_cases.researchers.wishes import show_wishes as show_all_wishes
from web.use_cases.views.wishes import WishesView

RETRY_SECONDS = 5
LARGEST_FORM = 4 * 1024 * 1024

_STATUS = {
    "busy": HTTPStatus.SERVICE_UNAVAILABLE,
    UnreadableCalendar.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
}


@blueprint.get("/r/<token>/busy")
@public
def show_busy(token: str) -> ResponseReturnValue:
    """Show how to take over days from one's own calendar."""
    return _start(token)


@blueprint.post("/r/<token>/busy")
@public
def read_busy(token: str) -> ResponseReturnValue:
    """Show what a calendar file says of the days that matter."""
    with services().database.reading() as session:
        visitor = arrive(session, token)
        problem = programme_of(session, visitor, services().workspaces)
        page = show_all_wishes(session, visitor, problem, now=services().clock())
        timezone = use_case.home_zone(session, visitor)
    try:
        file = request.files.get("file")
        data = b"" if file is None else file.read()
    except RequestEntityTooLarge:
        drain()
        return _start(token, UnreadableCalendar.TOO_LARGE)
    span = use_case.span_to_read(page)
    if span is None:
        return _start(token)
    if file is None or not file.filename:
        return _start(token, "no-file")
    try:
        days = read_busy_days_apart(data, first_day=span[0], last_day=span[1], timezone=timezone)
    except UnreadableCalendar as unreadable:
        return _start(token, unreadable.why)
    except TooManyReaders:
        return _start(token, "busy")
    return _found(visitor, page, days, span)


@blueprint.post("/r/<token>/busy/found")
@public
def show_found(token: str) -> ResponseReturnValue:
    """Show in another language what was found: the file is gone, the form has the days."""
    request.max_form_memory_size = LARGEST_FORM
    with services().database.reading() as session:
        visitor = arrive(session, token)
        problem = programme_of(session, visitor, services().workspaces)
        page = show_all_wishes(session, visitor, problem, now=services().clock())
    span = use_case.span_to_read(page)
    if span is None:
        return _start(token)
    try:
        days = days_in(request.form.get("found", ""))
    except ValueError:
        return _start(token, "no-file")
    return _found(visitor, page, days, span)


@blueprint.post("/r/<token>/busy/days")
@public
def keep_busy(token: str) -> ResponseReturnValue:
    """Keep the days that were ticked, or say what should be known first."""
    request.max_form_memory_size = LARGEST_FORM
    chosen = ChosenDays(
        values=tuple(request.form.getlist("days")),
        requests=tuple(request.form.getlist("request")),
        replaces=request.form.get("how") == "replace",
        confirmed=request.form.get("confirmed", ""),
    )
    now = services().clock()
    try:
        with services().database.writing() as session:
            visitor = arrive_to_change(session, token)
            problem = programme_of(session, visitor, services().workspaces)
            is_new = use_case.keep_days(session, visitor, problem, chosen, now=now)
    except NothingChosenError:
        return _start(token, "nothing-chosen")
    except TooManyRangesError:
        return _start(token, "too-many-days")
    except WishesClosedError:
        return _start(token, status=HTTPStatus.CONFLICT)
    except UnconfirmedError as unconfirmed:
        return private_page(
            "researcher_busy_confirm.html",
            visitor,
            status=HTTPStatus.CONFLICT,
            view=unconfirmed.view,
        )
    return done(PAGE, token, "busy-kept" if is_new else "same")


def _found(visitor: Visit, page: WishesView, days: BusyDays, span: DayPair) -> Response:
    return private_page(
        "researcher_busy_found.html",
        visitor,
        view=use_case.show_found(page, days),
        kept=text_of(days),
        span=span,
        stays=use_case.open_stays(page),
    )


def _start(
    token: str, trouble: str | None = None, status: HTTPStatus = HTTPStatus.OK
) -> ResponseReturnValue:
    """Show how to begin, and what went wrong if something did."""
    with services().database.reading() as session:
        visitor = arrive(session, token)
        problem = programme_of(session, visitor, services().workspaces)
        view = show_all_wishes(session, visitor, problem, now=services().clock())
    if trouble is not None:
        status = _STATUS.get(trouble, HTTPStatus.UNPROCESSABLE_ENTITY)
    page = private_page(
        "researcher_busy.html",
        visitor,
        status=status,
        view=view,
        trouble=trouble,
        span=use_case.span_to_read(view),
    )
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        page.headers["Retry-After"] = str(RETRY_SECONDS)
    return page
