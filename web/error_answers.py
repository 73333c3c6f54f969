"""What each error is to people: its HTTP status, what happened, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

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
from web.use_cases.what_ifs.compose import AdjustmentsRefusedError, FormRefusedError
from web.use_cases.what_ifs.make import BranchMovedError, MovesRefusedError, NoNameError
from web.use_cases.what_ifs.steps import PinsDisagreeError
from web.use_cases.what_ifs.takeover import BaseMovedError, NothingChosenError


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status of an error, its title and the remedy, translated when they are shown.

    ``is_specific`` where the error's own words say what is wrong with what was sent. Other errors'
    words name ids, in English: programs get them, pages say title and remedy.
    """

    status: HTTPStatus
    title: Any
    remedy: Any
    is_specific: bool = False


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

NO_TOKEN = Answer(
    status=HTTPStatus.BAD_REQUEST,
    title=lazy_gettext("This was not sent from one of our pages"),
    remedy=lazy_gettext("Open the page here, and press its button there."),
)

CANNOT_BE_KEPT = Answer(
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=lazy_gettext("This cannot be kept"),
    remedy=lazy_gettext("Mend what is named here, and send it again."),
    is_specific=True,
)

CANNOT_BE_TRIED = Answer(
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=lazy_gettext("This cannot be tried"),
    remedy=lazy_gettext("Mend what is named here, or leave it out."),
    is_specific=True,
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
    EditRefusedError: CANNOT_BE_KEPT,
    ChecklistRefusedError: CANNOT_BE_KEPT,
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
        is_specific=True,
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
        is_specific=True,
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
