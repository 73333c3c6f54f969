"""``reply``: answers to invitations out of files, or out of a mail that a server hands over."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scheduler.cli import Refusal
from web.cli.common import (
    clean_errors,
    database_option,
    ready_database,
    settings_for,
    utc_now,
)
from web.mail.reading import LARGEST_MAIL
from web.use_cases.researchers.replies import Taking, found_in, take_reply
from web.use_cases.researchers.reply_words import WORDS
from web.use_cases.views.replies import ReplyView

_STANDARD_INPUT = Path("-")
_FILE = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)


@click.command()
@click.argument("files", nargs=-1, type=_FILE, metavar="[FILE...|-]")
@database_option
@clean_errors()
def reply(*, files: tuple[Path, ...], database_url: str | None) -> None:
    """Take the answers to invitations out of mails (.eml) or calendar files (.ics).

    Without a file, or with -, one mail is read from standard input, as mail servers hand them
    over. The answer has to come from the researcher's address. The same mail twice is one answer.
    """
    refused = []
    with ready_database(settings_for(database_url)) as database:
        for path in files or (_STANDARD_INPUT,):
            found = found_in(_read(path))
            with database.writing() as session:
                taken = take_reply(session, found, Taking(now=utc_now()))
            line = f"{_name(path)}: {_say(taken)}"
            if taken.is_settled:
                click.echo(line)
            else:
                refused.append(line)
    if refused:
        raise Refusal("\n".join(refused))


def _read(path: Path) -> bytes:
    """Read a file, and no more of it than tells that it is too large."""
    if path == _STANDARD_INPUT:
        return sys.stdin.buffer.read(LARGEST_MAIL + 1)
    with path.open("rb") as file:
        return file.read(LARGEST_MAIL + 1)


def _name(path: Path) -> str:
    return "standard input" if path == _STANDARD_INPUT else str(path)


def _say(taken: ReplyView) -> str:
    words = WORDS[taken.outcome]
    said = " ".join(filter(None, words))
    stay = taken.stay
    if stay is None:
        return said
    days = f"{stay.first_day} to {stay.last_day}"
    return f"{stay.name}, {days}, programme {stay.programme_id}: {stay.answer.value}. {said}"
