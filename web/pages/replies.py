"""The coordinator's page on which answers are read that came to the office by mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from web.context import services
from web.mail.reading import LARGEST_MAIL
from web.pages.common import editor
from web.pages.languages import current_language
from web.use_cases.researchers import replies
from web.use_cases.researchers.reply_words import WORDS
from web.use_cases.views.replies import RepliesView, ReplyFile

blueprint = Blueprint("replies", __name__)
blueprint.add_app_template_filter(WORDS.__getitem__, "reply_words")

_AT = "/programmes/<programme_id>/researchers/replies"
_MOST_FILES = 100


@blueprint.get(_AT)
def show_replies(programme_id: str) -> ResponseReturnValue:
    """Show where answers are sent to, and how they are read."""
    return _page(_view(programme_id))


@blueprint.post(_AT)
def take_replies(programme_id: str) -> ResponseReturnValue:
    """Take the answers in some files, each by itself, and say what became of each."""
    view = _view(programme_id)
    return _page(replace(view, files=tuple(_taken(programme_id))))


@blueprint.app_context_processor
def _mails() -> dict[str, bool]:
    return {"sends_mails": services().settings.mail_server is not None}


def _view(programme_id: str) -> RepliesView:
    with services().database.reading() as session:
        server = services().settings.mail_server
        return replies.show_replies(session, programme_id, server, language=current_language())


def _taken(programme_id: str) -> Iterator[ReplyFile]:
    """Take one file after another; what is wrong with one keeps no other."""
    taking = replies.Taking(
        now=services().clock(),
        programme_id=programme_id,
        by=editor(),
        language=current_language(),
    )
    for sent in request.files.getlist("files")[:_MOST_FILES]:
        if not sent.filename:
            continue
        with sent.stream as stream:
            found = replies.found_in(stream.read(LARGEST_MAIL + 1))
        with services().database.writing() as session:
            reply = replies.take_reply(session, found, taking)
        yield ReplyFile(name=sent.filename, reply=reply)


def _page(view: RepliesView) -> ResponseReturnValue:
    return render_template("replies.html", view=view), {"Cache-Control": "private, no-store"}
