"""The coordinator's pages of mails: read them as their readers will, mend, send, discard."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from models.errors import MailHasChanged
from models.mail_store import Mail, MailStatus, get_mail
from web.context import services
from web.mail.addresses import AddressError
from web.mail.message import spell_letter
from web.pages.common import changing, editor, workspace_of
from web.pages.languages import current_language
from web.pages.releases.mail_words import LANGUAGE_NAMES, trouble_words
from web.use_cases.errors import NoAddressError
from web.use_cases.mails import page as mail_page
from web.use_cases.mails import sending as mail_sending
from web.use_cases.mails.letters import letter_of
from web.use_cases.mails.sending import Deed, MailEdit, looked_at
from web.use_cases.views.mails import MailsQuery, MailsView

blueprint = Blueprint("mails", __name__)
blueprint.add_app_template_filter(trouble_words, "trouble")
blueprint.add_app_template_filter(lambda code: LANGUAGE_NAMES.get(code, code), "language_name")

_AT = "/programmes/<programme_id>/releases/<int:number>/mails"
_PRIVATE = {"Cache-Control": "private, no-store"}
_TYPED = 200


@blueprint.get(_AT)
def show_mails(programme_id: str, number: int) -> ResponseReturnValue:
    """Show the mails of a release and how far they are."""
    with services().database.reading() as session:
        view = mail_page.show_mails(
            session,
            programme_id,
            number,
            services().settings.mail_server,
            _asked_mails(),
            emails=_emails(session, programme_id),
            language=current_language(),
        )
    return render_template("mails.html", view=view), _PRIVATE


@blueprint.get(f"{_AT}/progress")
def progress(programme_id: str, number: int) -> ResponseReturnValue:
    """Say how far the mails of a release are, for the script that follows them."""
    with services().database.reading() as session:
        counts = mail_page.count(session, programme_id, number)
    return {"counts": counts}, _PRIVATE


@blueprint.post(f"{_AT}/send")
def send_all(programme_id: str, number: int) -> ResponseReturnValue:
    """Let all drafts of a release go out, or all that failed."""
    is_again = request.form.get("which") == "failed"
    status = MailStatus.FAILED if is_again else MailStatus.DRAFT
    with changing(programme_id) as session:
        count = mail_sending.let_all_out(session, programme_id, number, _deed(), status=status)
    services().postman.wake()
    if not count:
        flash(_("There is no mail to send."), "warn")
    return _to_list(programme_id, number)


@blueprint.post(f"{_AT}/addresses")
def fill_addresses(programme_id: str, number: int) -> ResponseReturnValue:
    """Give mails without an address the researcher's of now."""
    with changing(programme_id) as session:
        emails = _emails(session, programme_id)
        count = mail_sending.fill_addresses(session, programme_id, number, emails, _deed())
    flash(
        ngettext("%(num)s mail has an address now.", "%(num)s mails have an address now.", count),
        "good",
    )
    return _to_list(programme_id, number)


@blueprint.post(f"{_AT}/stop")
def stop(programme_id: str, number: int) -> ResponseReturnValue:
    """Hold back what waits to go out."""
    with changing(programme_id) as session:
        count = mail_sending.hold_back(session, programme_id, number, _deed())
    flash(
        ngettext("%(num)s mail is held back.", "%(num)s mails are held back.", count),
        "good" if count else "warn",
    )
    return _to_list(programme_id, number)


@blueprint.post(f"{_AT}/discard")
def discard_all(programme_id: str, number: int) -> ResponseReturnValue:
    """Put aside whatever of a release waits."""
    with changing(programme_id) as session:
        count = mail_sending.put_all_aside(session, programme_id, number, _deed())
    flash(ngettext("%(num)s mail is discarded.", "%(num)s mails are discarded.", count), "good")
    return _to_list(programme_id, number)


@blueprint.get(f"{_AT}/<int:mail_id>")
def show_mail(programme_id: str, number: int, mail_id: int) -> ResponseReturnValue:
    """Show one mail."""
    return _show(programme_id, number, mail_id), _PRIVATE


@blueprint.post(f"{_AT}/<int:mail_id>")
def change(programme_id: str, number: int, mail_id: int) -> ResponseReturnValue:
    """Keep what somebody made of a mail, and send it at once where asked for."""
    edit = MailEdit(
        subject=request.form.get("subject", ""),
        text=request.form.get("text", ""),
        address=request.form.get("address", ""),
    )
    is_sent = request.form.get("then") == "send"
    try:
        with changing(programme_id) as session:
            mail = _looked_at(session, programme_id, number, mail_id)
            mail_sending.change_mail(session, mail, edit, _deed())
            if is_sent:
                mail = get_mail(session, programme_id, number, mail_id)
                mail_sending.let_out(session, mail, _deed())
    except NoAddressError:
        page = _show(programme_id, number, mail_id, edit=edit, is_wrong=True)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    except MailHasChanged:
        page = _show(programme_id, number, mail_id, edit=edit, is_stale=True)
        return page, HTTPStatus.CONFLICT
    if is_sent:
        services().postman.wake()
    flash(_("The mail goes out.") if is_sent else _("The mail is kept."), "good")
    return _to_list(programme_id, number) if is_sent else _to_mail(programme_id, number, mail_id)


@blueprint.post(f"{_AT}/<int:mail_id>/discard")
def discard(programme_id: str, number: int, mail_id: int) -> ResponseReturnValue:
    """Put a mail aside."""
    _do(programme_id, number, mail_id, mail_sending.put_aside)
    flash(_("The mail is discarded."), "good")
    return _to_mail(programme_id, number, mail_id)


@blueprint.post(f"{_AT}/<int:mail_id>/restore")
def restore(programme_id: str, number: int, mail_id: int) -> ResponseReturnValue:
    """Make a draft again of a mail that was put aside."""
    _do(programme_id, number, mail_id, mail_sending.take_up)
    flash(_("The mail waits again."), "good")
    return _to_mail(programme_id, number, mail_id)


@blueprint.post(f"{_AT}/<int:mail_id>/sent")
def tick_off(programme_id: str, number: int, mail_id: int) -> ResponseReturnValue:
    """Write down that a mail was sent by hand."""
    _do(programme_id, number, mail_id, mail_sending.tick_off)
    flash(_("The mail is marked as sent."), "good")
    return _to_mail(programme_id, number, mail_id)


@blueprint.get(f"{_AT}/<int:mail_id>.eml")
def send_file(programme_id: str, number: int, mail_id: int) -> ResponseReturnValue:
    """Send a mail as a file that a mail program opens as a draft."""
    with services().database.reading() as session:
        mail = get_mail(session, programme_id, number, mail_id)
        server = services().settings.mail_server
        letter = letter_of(session, mail, services().publisher, server, by_hand=True)
    try:
        message = spell_letter(letter, at=services().clock())
    except AddressError:
        raise NoAddressError(letter.address) from None
    response = Response(message.as_bytes(), content_type="message/rfc822")
    name = f"{programme_id}-{mail.request}.eml"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers.update(_PRIVATE)
    return response


def _show(
    programme_id: str,
    number: int,
    mail_id: int,
    *,
    edit: MailEdit | None = None,
    **said: bool,
) -> str:
    """Return the page of a mail, with what somebody has written where it could not be kept."""
    with services().database.reading() as session:
        view = mail_page.show_mail(
            session,
            get_mail(session, programme_id, number, mail_id),
            services().publisher,
            services().settings.mail_server,
            language=current_language(),
        )
    return render_template("mail.html", view=view, written=edit or view.written, **said)


def _do(
    programme_id: str, number: int, mail_id: int, deed: Callable[[Session, Mail, Deed], Any]
) -> None:
    with changing(programme_id) as session:
        deed(session, _looked_at(session, programme_id, number, mail_id), _deed())


def _looked_at(session: Session, programme_id: str, number: int, mail_id: int) -> Mail:
    revision = request.form.get("revision", type=int)
    return looked_at(session, programme_id, number, mail_id, revision)


def _emails(session: Session, programme_id: str) -> dict[str, str | None]:
    researchers = workspace_of(session, programme_id).problem.researchers
    return {researcher.id: researcher.email for researcher in researchers}


def _asked_mails() -> MailsQuery:
    """Return what the address asks of the list; what makes no sense there is passed over."""
    status = request.args.get("status", "")
    return MailsQuery(
        words=request.args.get("q", "")[:_TYPED],
        status=MailStatus(status) if status in set(MailStatus) else None,
        page=request.args.get("page", 1, type=int),
    )


def _list_address(view: MailsView, **changes: Any) -> str:
    """Return the address of this list with something else asked for; None asks no more."""
    kept: dict[str, Any] = {"q": view.query.words or None, "status": view.query.status}
    return url_for(
        "releases.mails.show_mails",
        programme_id=view.programme_id,
        number=view.release,
        **kept | changes,
    )


def _deed() -> Deed:
    return Deed(now=services().clock(), by=editor(), server=services().settings.mail_server)


def _to_list(programme_id: str, number: int) -> ResponseReturnValue:
    address = url_for("releases.mails.show_mails", programme_id=programme_id, number=number)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _to_mail(programme_id: str, number: int, mail_id: int) -> ResponseReturnValue:
    address = url_for(
        "releases.mails.show_mail", programme_id=programme_id, number=number, mail_id=mail_id
    )
    return redirect(address, HTTPStatus.SEE_OTHER)


blueprint.add_app_template_global(_list_address, "mails_address")
