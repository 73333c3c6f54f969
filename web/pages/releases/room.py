"""The coordinator's pages of releases: the next one, what was published, and rolling back."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from models.mail_store import MailKind
from models.release_store import Release
from web.context import services
from web.pages.board.words import say_broken
from web.pages.common import changing, editor, workspace_of
from web.pages.languages import current_language
from web.pages.releases import mails
from web.use_cases.errors import PlanOutdatedError, UnacknowledgedError
from web.use_cases.releases import files as release_files
from web.use_cases.releases import page as release_page
from web.use_cases.releases import preview as release_preview
from web.use_cases.releases import roll_back as release_roll_back
from web.use_cases.releases.preview import Looking
from web.use_cases.releases.publish import Publication, publish_draft
from web.use_cases.views.releases import ChangesQuery

NOTE_LENGTH = 2000
_TYPED = 200

blueprint = Blueprint("releases", __name__)
blueprint.register_blueprint(mails.blueprint)
blueprint.add_app_template_filter(say_broken, "broken_rule")

_AT = "/programmes/<programme_id>/releases"


@blueprint.get(_AT)
def show_releases(programme_id: str) -> ResponseReturnValue:
    """Show what was published, and at its head what comes next."""
    with services().database.reading() as session:
        view = release_page.show_releases(session, workspace_of(session, programme_id), _looking())
    return render_template("releases.html", view=view)


@blueprint.get(f"{_AT}/new")
def preview(programme_id: str) -> ResponseReturnValue:
    """Show what publishing the draft would mean."""
    return _show_preview(programme_id, None, _looking()), {"Cache-Control": "no-store"}


@blueprint.post(_AT)
def publish(programme_id: str) -> ResponseReturnValue:
    """Publish the draft as the coordinator looked at it, else show it as it is now."""
    try:
        with changing(programme_id) as session:
            release = publish_draft(session, programme_id, services().publisher, _publication())
    except (PlanOutdatedError, UnacknowledgedError) as error:
        return _show_again(programme_id, None, error)
    return _published(release)


@blueprint.get(f"{_AT}/new/mails/<request_id>")
def preview_mail(programme_id: str, request_id: str) -> ResponseReturnValue:
    """Show the mail that publishing the draft would prepare for somebody."""
    return _show_mail(programme_id, request_id, None)


@blueprint.get(f"{_AT}/compare")
def compare(programme_id: str) -> ResponseReturnValue:
    """Show two releases side by side."""
    before, after = (request.args.get(name, type=int) for name in ("from", "to"))
    if before is None or after is None:
        return abort(HTTPStatus.NOT_FOUND)
    with services().database.reading() as session:
        workspace = workspace_of(session, programme_id)
        view = release_page.compare_releases(
            session, workspace, (before, after), _asked_changes(), language=current_language()
        )
    return render_template("release_compare.html", view=view)


@blueprint.get(f"{_AT}/<int:number>")
def show_release(programme_id: str, number: int) -> ResponseReturnValue:
    """Show one release."""
    return _show_release(programme_id, number, is_verified_now=False)


@blueprint.post(f"{_AT}/<int:number>/verify")
def verify(programme_id: str, number: int) -> ResponseReturnValue:
    """Show one release with what the verifier says of it now."""
    return _show_release(programme_id, number, is_verified_now=True)


@blueprint.get(f"{_AT}/<int:number>/plan.json")
def send_plan(programme_id: str, number: int) -> ResponseReturnValue:
    """Send a release's plan as a file."""
    with services().database.reading() as session:
        data = release_files.plan_file(session, programme_id, number)
    return _file(data, f"{programme_id}-release-{number}-plan.json", "application/json")


@blueprint.get(f"{_AT}/<int:number>/scenario.json")
def send_scenario(programme_id: str, number: int) -> ResponseReturnValue:
    """Send the programme that a release answers as a file."""
    with services().database.reading() as session:
        data = release_files.scenario_file(session, programme_id, number)
    return _file(data, f"{programme_id}-release-{number}-scenario.json", "application/json")


@blueprint.get(f"{_AT}/<int:number>/calendars.zip")
def send_calendars(programme_id: str, number: int) -> ResponseReturnValue:
    """Send everybody's calendars as a release tells them."""
    with services().database.reading() as session:
        data = release_files.calendars_file(
            session,
            programme_id,
            number,
            domain=services().settings.domain,
            language=current_language(),
        )
    return _file(data, f"{programme_id}-release-{number}-calendars.zip", "application/zip")


@blueprint.get(f"{_AT}/<int:number>/roll-back")
def preview_roll_back(programme_id: str, number: int) -> ResponseReturnValue:
    """Show what rolling back to a release would mean."""
    return _show_preview(programme_id, number, _looking()), {"Cache-Control": "no-store"}


@blueprint.post(f"{_AT}/<int:number>/roll-back")
def roll_back(programme_id: str, number: int) -> ResponseReturnValue:
    """Publish a release's stays again as a new release."""
    try:
        with changing(programme_id) as session:
            release = release_roll_back.roll_back(
                session, programme_id, number, services().publisher, _publication()
            )
    except (PlanOutdatedError, UnacknowledgedError) as error:
        return _show_again(programme_id, number, error)
    return _published(release)


@blueprint.get(f"{_AT}/<int:number>/roll-back/mails/<request_id>")
def preview_roll_back_mail(programme_id: str, number: int, request_id: str) -> ResponseReturnValue:
    """Show the mail that rolling back would prepare for somebody."""
    return _show_mail(programme_id, request_id, number)


@blueprint.post(f"{_AT}/<int:number>/open")
def open_release(programme_id: str, number: int) -> ResponseReturnValue:
    """Put a release's stays into the draft, to be mended on the board."""
    with changing(programme_id) as session:
        change = release_roll_back.open_release(session, programme_id, number, _publication())
    if change is None:
        flash(_("The draft holds what release %(number)s holds.", number=number), "good")
    else:
        flash(
            _("The draft is release %(number)s again. Undo takes it back.", number=number), "good"
        )
    return _to("releases.preview", programme_id=programme_id)


def _show_release(programme_id: str, number: int, *, is_verified_now: bool) -> ResponseReturnValue:
    with services().database.reading() as session:
        view = release_page.show_release(
            session,
            workspace_of(session, programme_id),
            number,
            _asked_changes(),
            language=current_language(),
            is_verified_now=is_verified_now,
        )
    return render_template("release.html", view=view)


def _show_preview(programme_id: str, back_to: int | None, looking: Looking) -> str:
    with services().database.reading() as session:
        workspace = workspace_of(session, programme_id)
        if back_to is None:
            view = release_preview.preview_release(session, workspace, looking)
        else:
            view = release_preview.preview_roll_back(session, workspace, back_to, looking)
    return render_template("release_new.html", view=view, note_length=NOTE_LENGTH)


def _show_again(
    programme_id: str, back_to: int | None, error: PlanOutdatedError | UnacknowledgedError
) -> ResponseReturnValue:
    """Show the next release as it is now, with what was written; ticks hold for what was seen."""
    is_stale = isinstance(error, PlanOutdatedError)
    looking = _looking(is_stale=is_stale, is_unread=not is_stale)
    return _show_preview(programme_id, back_to, looking), HTTPStatus.CONFLICT


def _show_mail(programme_id: str, request_id: str, back_to: int | None) -> ResponseReturnValue:
    with services().database.reading() as session:
        view = release_preview.preview_mail(
            session, workspace_of(session, programme_id), request_id, back_to, _looking()
        )
    return render_template("mail_preview.html", view=view)


def _looking(*, is_stale: bool = False, is_unread: bool = False) -> Looking:
    return Looking(
        domain=services().settings.domain,
        language=current_language(),
        now=services().clock(),
        query=_asked_changes(),
        sends_mails=services().settings.mail_server is not None,
        note=_note(),
        ticked=frozenset() if is_stale else frozenset(request.form.getlist("acknowledged")),
        is_stale=is_stale,
        is_unread=is_unread,
    )


def _asked_changes() -> ChangesQuery:
    """Return what the address asks of the changes; what makes no sense there is passed over."""
    kind = request.args.get("kind", "")
    return ChangesQuery(
        words=request.args.get("q", "")[:_TYPED],
        kind=MailKind(kind) if kind in set(MailKind) else None,
        page=request.args.get("page", 1, type=int),
    )


def _publication() -> Publication:
    return Publication(
        now=services().clock(),
        note=_note(),
        by=editor(),
        revision=request.form.get("revision", type=int),
        version=request.form.get("version"),
        acknowledged=frozenset(request.form.getlist("acknowledged")),
    )


def _note() -> str:
    return request.form.get("note", "").replace("\r\n", "\n").strip()[:NOTE_LENGTH]


def _published(release: Release) -> ResponseReturnValue:
    """Go on to the mails, which wait to be read and sent."""
    touched, number = sum(release.facts["changes"].values()), release.number
    said = _("Release %(number)s is published; calendars show it from now on.", number=number)
    if touched:
        wait = ngettext("%(num)s mail waits to be sent.", "%(num)s mails wait to be sent.", touched)
        said = f"{said} {wait}"
    flash(said, "good")
    if not touched:
        return _to("releases.show_release", programme_id=release.programme_id, number=number)
    return _to("releases.mails.show_mails", programme_id=release.programme_id, number=number)


def _to(endpoint: str, **values: Any) -> ResponseReturnValue:
    return redirect(url_for(endpoint, **values), HTTPStatus.SEE_OTHER)


def _file(data: bytes, name: str, kind: str) -> Response:
    response = Response(data, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
