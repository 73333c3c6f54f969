"""The researcher's own wishes: when they could come, how long, and what would be good to have."""

from __future__ import annotations

from http import HTTPStatus

from flask import abort, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from web.access import public
from web.context import services
from web.json_text import loads
from web.pages.features import say_feature
from web.pages.researcher import wish_words
from web.pages.researcher.common import arrive, arrive_to_change, blueprint, done, private_page
from web.use_cases.researchers import wishes as use_case
from web.use_cases.researchers.typed_wishes import LONGEST_REASON, tidied
from web.use_cases.researchers.visiting import Visit
from web.use_cases.researchers.wishes import (
    NoFormError,
    SentWishes,
    WishesClosedError,
    WishesRefusedError,
)
from web.use_cases.views.wishes import TypedWishes, WishForm

PAGE = "researcher.show_wishes"
SPARE_ROWS = 2
"""So many empty rows wait for days, for those who have no scripts to add some."""


@blueprint.record_once
def _add_words(state: BlueprintSetupState) -> None:
    state.app.jinja_env.filters.update(
        wish_fault=wish_words.say_fault,
        wish_warning=wish_words.say_warning,
        wish_trouble=wish_words.say_trouble,
        feature=say_feature,
        weekdays=wish_words.say_weekdays,
        wish_months=wish_words.picture_months,
    )
    state.app.jinja_env.globals.update(weekday_heads=wish_words.weekday_heads)


@blueprint.get("/r/<token>/wishes")
@public
def show_wishes(token: str) -> ResponseReturnValue:
    """Show everything that the researcher wishes, stay by stay."""
    with services().database.reading() as session:
        visitor = arrive(session, token)
        problem = use_case.programme_of(session, visitor, services().workspaces)
        view = use_case.show_wishes(session, visitor, problem, now=services().clock())
    return private_page("researcher_wishes.html", visitor, view=view)


@blueprint.get("/r/<token>/wishes/<request_id>")
@public
def edit_wishes(token: str, request_id: str) -> ResponseReturnValue:
    """Show the form of one stay's wishes."""
    with services().database.reading() as session:
        visitor = arrive(session, token)
        problem = use_case.programme_of(session, visitor, services().workspaces)
        form = use_case.show_form(session, visitor, problem, request_id, now=services().clock())
    return _form(visitor, form)


@blueprint.post("/r/<token>/wishes/<request_id>")
@public
def save_wishes(token: str, request_id: str) -> ResponseReturnValue:
    """Keep what was typed, or show it again with what stands against it."""
    sent = SentWishes(
        request=request_id,
        typed=tidied(_typed()),
        was=_was(),
        confirmed=request.form.get("confirmed", ""),
    )
    now = services().clock()
    with services().database.writing() as session:
        visitor = arrive_to_change(session, token)
        problem = use_case.programme_of(session, visitor, services().workspaces)
        try:
            is_new = use_case.save_wishes(session, visitor, problem, sent, now=now)
        except WishesRefusedError as refused:
            return _form(visitor, refused.form, _status(refused.form))
        except WishesClosedError:
            form = use_case.show_form(session, visitor, problem, request_id, now=now)
            return _form(visitor, form, HTTPStatus.CONFLICT)
        except NoFormError:
            abort(HTTPStatus.BAD_REQUEST)
    return done(PAGE, token, "wished" if is_new else "same")


def _typed() -> TypedWishes:
    sent = request.form
    columns = [sent.getlist(f"away.{name}") for name in ("first_day", "last_day", "reason")]
    count = max(map(len, columns))
    rows = [column + [""] * (count - len(column)) for column in columns]
    return TypedWishes(
        first_day=sent.get("first_day", ""),
        last_day=sent.get("last_day", ""),
        min_days=sent.get("min_days", ""),
        max_days=sent.get("max_days", ""),
        preferred_first_day=sent.get("preferred_first_day", ""),
        wishes=tuple(sent.getlist("wishes")),
        away=tuple(zip(*rows, strict=True)),
    )


def _was() -> object:
    try:
        return loads(request.form.get("was", ""))
    except ValueError:
        abort(HTTPStatus.BAD_REQUEST)


def _status(form: WishForm) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.faults else HTTPStatus.CONFLICT


def _form(
    visitor: Visit, form: WishForm, status: HTTPStatus = HTTPStatus.OK
) -> ResponseReturnValue:
    return private_page(
        "researcher_wish.html",
        visitor,
        status=status,
        view=form.page,
        form=form,
        spare_rows=SPARE_ROWS,
        longest_reason=LONGEST_REASON,
    )
