"""The one place that composes: settings, database, pages, feeds, access and errors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from http import HTTPStatus

from flask import Flask, Request, Response, request
from flask.sessions import NullSession, SecureCookieSession, SecureCookieSessionInterface

from models.database import open_database
from web import feeds
from web.access import add_access
from web.context import Services, add_services, services_of
from web.discretion import keep_tokens_out_of_logs
from web.errors import add_error_pages
from web.jobs.runner import EmbeddedRunner, JobRunner
from web.json_text import StrictRequest
from web.mail.postman import Postman
from web.pages import PRIVATE_PAGES, add_pages
from web.settings import Settings
from web.unchanged import UnchangedFeeds
from web.use_cases.links.making import LinkMaker, derived_key
from web.use_cases.mails.letters import LetterWriter
from web.use_cases.overview.digest import Digests
from web.use_cases.planning.runs import StoredRuns
from web.use_cases.releases.publish import Publisher
from web.use_cases.researchers.feeds import Feeds
from web.use_cases.workspace import Workspaces

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_LARGEST_REQUEST = 8 * 1024 * 1024


def create_app(
    settings: Settings,
    *,
    clock: Callable[[], dt.datetime] | None = None,
    jobs: JobRunner | None = None,
) -> Flask:
    """Return the application; clock and job runner are arguments for tests and clusters."""
    keep_tokens_out_of_logs()
    services = _services(settings, clock or _utc_now, jobs)
    app = Flask("web", static_folder="static", template_folder="pages/templates")
    app.config.update(
        SECRET_KEY=derived_key(settings.secret, "session"),
        SESSION_COOKIE_NAME="sarangchae",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=dt.timedelta(days=14),
        MAX_CONTENT_LENGTH=_LARGEST_REQUEST,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.session_interface = PageSessions()
    app.request_class = StrictRequest
    add_services(app, services)
    add_pages(app)
    add_access(app, tokenless=PRIVATE_PAGES)
    app.register_blueprint(feeds.blueprint)
    add_error_pages(app)
    app.after_request(_add_headers)
    app.wsgi_app = UnchangedFeeds(app.wsgi_app, services)  # type: ignore[method-assign]
    return app


def close_app(app: Flask) -> None:
    """Stop what is being planned, keeping the best so far, and close the database."""
    services = services_of(app)
    services.jobs.close()
    services.postman.close()
    services.database.close()


class PageSessions(SecureCookieSessionInterface):
    """Sessions of pages; a feed has none, so that it neither reads nor sets a cookie."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the session of a page, and an empty one that is never saved of a feed."""
        if request.path.startswith(feeds.PREFIX):
            return NullSession()
        return super().open_session(app, request)


def _services(
    settings: Settings, clock: Callable[[], dt.datetime], jobs: JobRunner | None
) -> Services:
    database = open_database(settings.database_url)
    maker = LinkMaker(public_url=settings.public_url, secret=settings.secret)
    publisher = Publisher(domain=settings.domain, maker=maker)
    letters = LetterWriter(database, publisher, settings.mail_server)
    return Services(
        settings=settings,
        database=database,
        clock=clock,
        jobs=jobs or EmbeddedRunner(settings.database_url, StoredRuns(database, clock)),
        publisher=publisher,
        feeds=Feeds(maker, domain=settings.domain),
        workspaces=Workspaces(),
        digests=Digests(),
        postman=Postman(database, settings.mail_server, make_letter=letters, clock=clock),
    )


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _add_headers(response: Response) -> Response:
    """Add what browsers shall heed; where nothing was modified they keep to what they have."""
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        return response
    if request.path.startswith("/r/"):
        response.headers.setdefault("Referrer-Policy", "no-referrer")
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
