"""Answers every error with a page; one table says what each is (``error_answers``)."""

from __future__ import annotations

import logging
from http import HTTPStatus

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from models.errors import DatabaseProblem
from web.error_answers import ANSWERS, NO_TOKEN, NOT_UNDERSTOOD, Answer
from web.use_cases.views import ErrorView

TOKENLESS = "The CSRF token is missing."
"""What Flask-WTF says where a form comes without its token."""

_log = logging.getLogger(__name__)


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
    told = str(error) if answer.is_specific or _is_told_to_programs(error) else ""
    title, remedy = str(answer.title), str(answer.remedy)
    response = error_response(ErrorView(status=status, title=title, text=told, remedy=remedy))
    _copy_headers(error, response)
    return response


def _is_told_to_programs(error: Exception) -> bool:
    return prefers_json() and not isinstance(error, HTTPException | DatabaseProblem)


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
