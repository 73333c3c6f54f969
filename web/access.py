"""Who may see what: every page is the coordinator's unless it is marked public.

The coordinator signs in with a link that works once. Opening it shows a button, and only the
button uses the link up, so that mail scanners and previews do not.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import session as browser
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from flask_wtf import CSRFProtect

from models.access_store import SignIn
from web.context import services
from web.errors import error_response, prefers_json
from web.use_cases.sign_in import change_name, find_signed_in, sign_in_with, sign_out_of
from web.use_cases.views import ErrorView, SignInView

ViewT = TypeVar("ViewT", bound=Callable[..., Any])

blueprint = Blueprint("access", __name__)


class SignedIn(UserMixin):  # type: ignore[misc]  # flask-login has no types
    """A coordinator as flask-login knows one; the session holds which sign-in it is, no more."""

    def __init__(self, signed_in: SignIn) -> None:
        """Take who it is."""
        self.id = str(signed_in.id)
        self.signed_in = signed_in
        self.coordinator = signed_in.coordinator


def public(view: ViewT) -> ViewT:
    """Mark a view as open to anybody; stands under the route decorator."""
    view.is_public = True  # type: ignore[attr-defined]  # a mark on the function itself
    return view


def add_access(app: Flask, *, tokenless: Blueprint) -> None:
    """Close every page that is not public, and ask every form for its token.

    Those of ``tokenless`` have a secret in their address instead.
    """
    CSRFProtect(app).exempt(tokenless)
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(_load_user)
    app.before_request(_ask_who_comes)
    app.before_request(_stay_signed_in)
    app.register_blueprint(blueprint)


def _load_user(user_id: str) -> SignedIn | None:
    with services().database.reading() as session:
        found = find_signed_in(session, user_id)
    return None if found is None else SignedIn(found)


def _ask_who_comes() -> ResponseReturnValue | None:
    if request.endpoint is None or _is_public(request.endpoint) or current_user.is_authenticated:
        return None
    if request.method in {"GET", "HEAD"} and not prefers_json():
        return redirect(url_for("access.how_to_sign_in"), HTTPStatus.SEE_OTHER)
    return abort(HTTPStatus.FORBIDDEN)


def _stay_signed_in() -> None:
    """Renew the cookie once a day: in a late answer it would undo the notice of a later form."""
    today = services().clock().date().isoformat()
    if browser.permanent and browser.get("renewed") != today:
        browser["renewed"] = today


def _is_public(endpoint: str) -> bool:
    view = current_app.view_functions[endpoint]
    return endpoint.rpartition(".")[2] == "static" or getattr(view, "is_public", False)


@blueprint.get("/sign-in")
@public
def how_to_sign_in() -> ResponseReturnValue:
    """Say how to get a sign-in link."""
    view = ErrorView(
        status=HTTPStatus.FORBIDDEN,
        title=gettext("Only the coordinator may see this"),
        text=gettext("These pages open with a sign-in link, which works once."),
        remedy=gettext("Run “sarangchae sign-in” on the server for a new one."),
    )
    response = error_response(view)
    response.status_code = view.status
    return response


@blueprint.get("/sign-in/<token>")
@public
def show_sign_in(token: str) -> ResponseReturnValue:
    """Show the button that uses the link."""
    view = SignInView(action=url_for("access.sign_in", token=token))
    return render_template("sign_in.html", view=view)


@blueprint.post("/sign-in/<token>")
@public
def sign_in(token: str) -> ResponseReturnValue:
    """Use the link and open the coordinator's pages."""
    with services().database.writing() as session:
        signed_in = sign_in_with(session, token, now=services().clock())
    login_user(SignedIn(signed_in))
    browser.permanent = True
    return redirect("/", HTTPStatus.SEE_OTHER)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Close the coordinator's pages in this browser, and to copies of its cookie."""
    with services().database.writing() as session:
        sign_out_of(session, current_user.signed_in)
    logout_user()
    return redirect(url_for("access.how_to_sign_in"), HTTPStatus.SEE_OTHER)


@blueprint.get("/you")
def show_you() -> ResponseReturnValue:
    """Show who is signed in, and let them say how they are called."""
    return render_template("you.html")


@blueprint.post("/you")
def rename() -> ResponseReturnValue:
    """Call whoever is signed in by another name."""
    with services().database.writing() as session:
        change_name(session, current_user.coordinator, request.form.get("name", ""))
    flash(gettext("Your name is kept."), "good")
    return redirect(url_for("access.show_you"), HTTPStatus.SEE_OTHER)
