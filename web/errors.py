"""One table maps named errors to HTTP answers; each says what happened and what to do."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_babel import lazy_gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import (
    Forbidden,
    HTTPException,
    InternalServerError,
    NotFound,
    RequestEntityTooLarge,
)

from models.errors import (
    ChangeRequestDecided,
    DatabaseLocked,
    DatabaseProblem,
    DraftExists,
    MailHasChanged,
    NoSuchChange,
    NoSuchChangeRequest,
    NoSuchDraft,
    NoSuchLink,
    NoSuchMail,
    NoSuchPlan,
    NoSuchProgramme,
    NoSuchRun,
    NoSuchUpload,
    RunHasEnded,
    RunIsActive,
    Unstorable,
)
from models.steps import EditConflict
from scheduler.problem.adjustments import AdjustmentError
from web.use_cases.change_requests.decide import ChangeBreaksRulesError, ChangeImpossibleError
from web.use_cases.errors import (
    AnswerChangedError,
    ChecklistRefusedError,
    EditRefusedError,
    LinkUsedError,
    NoAddressError,
    NoMailServerError,
    NoPlanError,
    NoSuchStayError,
    NoteTooLongError,
    NothingNewError,
    NothingToUndoError,
    NotThereError,
    PlanOutdatedError,
    PlanRefusedError,
    StayMovedError,
    UnacknowledgedError,
    UnknownZoneError,
)
from web.use_cases.views import ErrorView
from web.use_cases.what_ifs.compose import AdjustmentsRefusedError, FormRefusedError
from web.use_cases.what_ifs.make import BranchMovedError, MovesRefusedError, NoNameError
from web.use_cases.what_ifs.steps import PinsDisagreeError
from web.use_cases.what_ifs.takeover import BaseMovedError, NothingChosenError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status of an error, its title and the remedy, translated when they are shown."""

    status: HTTPStatus
    title: Any
    remedy: Any


NOT_FOUND = Answer(
    status=HTTPStatus.NOT_FOUND,
    title=lazy_gettext("Not found"),
    remedy=lazy_gettext("Check the address, or ask the person who gave it to you."),
)
TRY_AGAIN = Answer(
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    title=lazy_gettext("The database does not answer"),
    remedy=lazy_gettext("Try again in a moment."),
)
NOT_UNDERSTOOD = Answer(
    status=HTTPStatus.BAD_REQUEST,
    title=lazy_gettext("The server does not understand this"),
    remedy=lazy_gettext("Go back and try again."),
)

TOKENLESS = "The CSRF token is missing."
"""What Flask-WTF says where a form comes without its token."""

NO_TOKEN = Answer(
    status=HTTPStatus.BAD_REQUEST,
    title=lazy_gettext("This was not sent from one of our pages"),
    remedy=lazy_gettext("Open the page here, and press its button there."),
)

CANNOT_BE_TRIED = Answer(
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=lazy_gettext("This cannot be tried"),
    remedy=lazy_gettext("Mend what is named here, or leave it out."),
)

ANSWERS: dict[type[Exception], Answer] = {
    NoSuchProgramme: NOT_FOUND,
    NoSuchPlan: NOT_FOUND,
    NoSuchRun: NOT_FOUND,
    NoSuchUpload: Answer(
        status=HTTPStatus.NOT_FOUND,
        title=lazy_gettext("This file is not kept any more"),
        remedy=lazy_gettext("It was imported or discarded. Choose the file again."),
    ),
    NoSuchChange: NOT_FOUND,
    NoSuchChangeRequest: NOT_FOUND,
    ChangeRequestDecided: Answer(
        status=HTTPStatus.CONFLICT,
        title=lazy_gettext("This was decided already"),
        remedy=lazy_gettext("Load the page again to see where it stands."),
    ),
    ChangeBreaksRulesError: Answer(
        status=HTTPStatus.CONFLICT,
        title=lazy_gettext("The draft has no room for this stay any more"),
        remedy=lazy_gettext("Look at the board, or accept it all the same and mend the draft."),
    ),
    ChangeImpossibleError: Answer(
        status=HTTPStatus.CONFLICT,
        title=lazy_gettext("This stay is not possible any more"),
        remedy=lazy_gettext("Say so in your reply, and let the researcher choose again."),
    ),
    NoSuchDraft: NOT_FOUND,
    NoSuchLink: NOT_FOUND,
    NoSuchMail: NOT_FOUND,
    NotThereError: NOT_FOUND,
    NotFound: NOT_FOUND,
    Unstorable: NOT_UNDERSTOOD,
    RunIsActive: Answer(
        status=HTTPStatus.CONFLICT,
        title=lazy_gettext("Planning is under way"),
        remedy=lazy_gettext("Wait until it ends, or stop it."),
    ),
    RunHasEnded: Answer(
        status=HTTPStatus.CONFLICT,
        title=lazy_gettext("Planning has ended"),
        remedy=lazy_gettext("Load the page again to see the result."),
    ),
    EditConflict: Answer(
        status=HTTPStatus.CONFLICT,
        title=lazy_gettext("Somebody else has changed the same"),
        remedy=lazy_gettext("Load the page again to see what stands there now, then decide."),
    ),
    EditRefusedError: Answer(
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        title=lazy_gettext("This cannot be kept"),
        remedy=lazy_gettext("Mend what is named here, and send it again."),
    ),
    ChecklistRefusedError: Answer(
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        title=lazy_gettext("This cannot be kept"),
        remedy=lazy_gettext("Mend what is named here, and send it again."),
    ),
    NothingToUndoError: Answer(
        status=HTTPStatus.CONFLICT,
        title=lazy_gettext("There is nothing to take back"),
        remedy=lazy_gettext("Load the page again to see where things stand."),
    ),
    DraftExists: Answer(
        status=HTTPStatus.CONFLICT,
        title=lazy_gettext("This name is taken"),
        remedy=lazy_gettext("Choose another name."),
    ),
    NoPlanError: Answer(
        status=HTTPStatus.CONFLICT,
        title=lazy_gettext("There is no plan yet"),
        remedy=lazy_gettext("Make a plan first."),
    ),
    PlanOutdatedError: Answer(
        status=HTTPStatus.CONFLICT,
        title=lazy_gettext("The draft has changed since"),
        remedy=lazy_gettext("Load the page again and look at it before you publish."),
    ),
    PlanRefusedError: Answer(
        status=HTTPStatus.CONFLICT,
        title=lazy_gettext("The draft breaks a rule"),
        remedy=lazy_gettext("Mend it by hand, or plan again; then publish it."),
    ),
    NothingNewError: Answer(
        status=HTTPStatus.CONFLICT,
        title=lazy_gettext("Nothing new to publish"),
        remedy=lazy_gettext("The latest release says the same as the draft."),
    ),
    AdjustmentError: CANNOT_BE_TRIED,
    AdjustmentsRefusedError: CANNOT_BE_TRIED,
    FormRefusedError: CANNOT_BE_TRIED,
    MovesRefusedError: CANNOT_BE_TRIED,
    PinsDisagreeError: CANNOT_BE_TRIED,
    NoNameError: Answer(
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        title=lazy_gettext("This what-if has no name"),
        remedy=lazy_gettext("Give it a name."),
    ),
    NothingChosenError: Answer(
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        title=lazy_gettext("Nothing was chosen"),
        remedy=lazy_gettext("Go back, and tick what should be taken over."),
    ),
    BranchMovedError: Answer(
        status=HTTPStatus.CONFLICT,
        title=lazy_gettext("The what-if has changed since"),
        remedy=lazy_gettext("Load the page again to see what it tries now, then decide."),
    ),
    BaseMovedError: Answer(
        status=HTTPStatus.CONFLICT,
        title=lazy_gettext("The draft has changed since"),
        remedy=lazy_gettext("Rebase the what-if first; then take it over."),
    ),
    UnacknowledgedError: Answer(
        status=HTTPStatus.CONFLICT,
        title=lazy_gettext("Something has to be acknowledged first"),
        remedy=lazy_gettext("Load the page again, and tick what you have read."),
    ),
    MailHasChanged: Answer(
        status=HTTPStatus.CONFLICT,
        title=lazy_gettext("This mail is not as you saw it any more"),
        remedy=lazy_gettext("Load the page again to see what stands there now, then decide."),
    ),
    NoAddressError: Answer(
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        title=lazy_gettext("This is no mail address"),
        remedy=lazy_gettext("Write one such as name@example.org."),
    ),
    NoMailServerError: Answer(
        status=HTTPStatus.CONFLICT,
        title=lazy_gettext("No mail server is set"),
        remedy=lazy_gettext("Set one as the page of mails says, or send the mails by hand."),
    ),
    NoSuchStayError: Answer(
        status=HTTPStatus.CONFLICT,
        title=lazy_gettext("This stay is not planned any more"),
        remedy=lazy_gettext("Open your page again to see what is planned now."),
    ),
    StayMovedError: Answer(
        status=HTTPStatus.CONFLICT,
        title=lazy_gettext("This stay has changed since you opened the page"),
        remedy=lazy_gettext("Open your page again to see the stay as it is now, then answer."),
    ),
    AnswerChangedError: Answer(
        status=HTTPStatus.CONFLICT,
        title=lazy_gettext("The answer is another one now"),
        remedy=lazy_gettext("Load the page again to see what stands there now, then decide."),
    ),
    UnknownZoneError: Answer(
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        title=lazy_gettext("There is no such time zone"),
        remedy=lazy_gettext("Go back, and choose one of the list."),
    ),
    NoteTooLongError: Answer(
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        title=lazy_gettext("This note is too long"),
        remedy=lazy_gettext("Go back, and say it in at most 4,000 characters."),
    ),
    LinkUsedError: Answer(
        status=HTTPStatus.GONE,
        title=lazy_gettext("This sign-in link does not work any more"),
        remedy=lazy_gettext("Run “sarangchae sign-in” on the server for a new one."),
    ),
    CSRFError: Answer(
        status=HTTPStatus.BAD_REQUEST,
        title=lazy_gettext("This page was open for too long"),
        remedy=lazy_gettext("Go back, load the page again, and repeat what you did."),
    ),
    Forbidden: Answer(
        status=HTTPStatus.FORBIDDEN,
        title=lazy_gettext("Only the coordinator may see this"),
        remedy=lazy_gettext("Run “sarangchae sign-in” on the server for a sign-in link."),
    ),
    RequestEntityTooLarge: Answer(
        status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        title=lazy_gettext("This is too large"),
        remedy=lazy_gettext("Send less than 8 MB."),
    ),
    DatabaseLocked: TRY_AGAIN,
    DatabaseProblem: TRY_AGAIN,
    InternalServerError: Answer(
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
        title=lazy_gettext("Something went wrong here"),
        remedy=lazy_gettext("It was noted. Try again in a moment."),
    ),
    HTTPException: NOT_UNDERSTOOD,
}


def add_error_pages(app: Flask) -> None:
    """Answer every error with a page; none shows a traceback."""
    for kind in ANSWERS:
        app.register_error_handler(kind, _answer)


def error_response(view: ErrorView) -> Response:
    """Return the error as a page, or as JSON where a program asks."""
    if prefers_json():
        response = jsonify(title=view.title, text=view.text, remedy=view.remedy)
    else:
        response = make_response(render_template("error.html", view=view))
    response.status_code = view.status
    response.headers["Cache-Control"] = "no-store"
    return response


def prefers_json() -> bool:
    """Tell whether a program asks, rather than a browser."""
    kinds = ["text/html", "application/json"]
    return request.accept_mimetypes.best_match(kinds) == "application/json"


def _answer(error: Exception) -> Response:
    if isinstance(error, HTTPException) and (error.response or error.code in {301, 302, 308}):
        return make_response(error.get_response())
    answer = _answer_to(error)
    status = _status_of(error, answer)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("%s: %s", type(error).__name__, error)
    told = "" if isinstance(error, HTTPException | DatabaseProblem) else str(error)
    title, remedy = str(answer.title), str(answer.remedy)
    response = error_response(ErrorView(status=status, title=title, text=told, remedy=remedy))
    _copy_headers(error, response)
    return response


def _answer_to(error: Exception) -> Answer:
    if isinstance(error, CSRFError) and error.description == TOKENLESS:
        return NO_TOKEN
    return next(ANSWERS[kind] for kind in type(error).__mro__ if kind in ANSWERS)


def _status_of(error: Exception, answer: Answer) -> int:
    if answer is NOT_UNDERSTOOD and isinstance(error, HTTPException) and error.code is not None:
        return error.code
    return answer.status


def _copy_headers(error: Exception, response: Response) -> None:
    """Keep what the status asks for: the methods of a 405, the wait of a 503."""
    if isinstance(error, HTTPException):
        for name, value in error.get_headers():
            if name.lower() in {"allow", "retry-after"}:
                response.headers[name] = value
