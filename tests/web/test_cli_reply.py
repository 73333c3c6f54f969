"""``sarangchae reply``: answers out of files, and out of a mail that a server hands over."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from models.answer_store import load_answers
from models.database import Database
from tests.web.post_office import publish_guests
from tests.web.replies import make_mail, make_reply
from web.cli import main

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

TAKEN = "ada, 2026-01-05 to 2026-02-01, programme lab: accepted. The answer was taken.\n"


def reply(database: Database, *files: str, data: bytes = b"") -> Result:
    """Run the command on a database, with some data at its standard input."""
    url = database.engine.url.render_as_string(hide_password=False)
    return CliRunner().invoke(main, ["reply", "--database", url, *files], input=data)


def answers(database: Database) -> dict[str, str]:
    with database.reading() as session:
        return {name: each.answer.value for name, each in load_answers(session, "lab").items()}


@pytest.mark.parametrize("files", [(), ("-",)])
def test_a_mail_server_hands_a_mail_over(database: Database, files: tuple[str, ...]) -> None:
    publish_guests(database, ada="en")
    done = reply(database, *files, data=make_mail(make_reply()))
    assert (done.output, done.exit_code) == (f"standard input: {TAKEN}", 0)
    assert answers(database) == {"ada": "accepted"}


def test_each_file_is_taken_or_told_with_a_remedy(database: Database, tmp_path: Path) -> None:
    publish_guests(database, ada="en")
    contents = {
        "a.ics": make_reply(),
        "b.eml": make_mail(make_reply()),
        "c.eml": make_reply(address="eve@example.org", answer="DECLINED"),
        "d.txt": b"Yes, gladly.",
    }
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    done = reply(database, *(str(tmp_path / name) for name in contents))
    assert done.stdout == (
        f"{tmp_path / 'a.ics'}: {TAKEN}"
        f"{tmp_path / 'b.eml'}: ada, 2026-01-05 to 2026-02-01, programme lab: accepted. "
        "This answer was taken before.\n"
    )
    assert done.stderr == (
        f"{tmp_path / 'c.eml'}: The answer comes from an address that is not known as the "
        "researcher's. Ask the researcher to answer on the private page, or mend the address and "
        "try again.\n"
        f"{tmp_path / 'd.txt'}: There is no answer of a calendar in the file. Send the answer that "
        "the mail program made (.ics or .eml), or use the private page.\n"
    )
    assert done.exit_code == 2
    assert answers(database) == {"ada": "accepted"}


def test_a_file_that_is_not_there_is_named(database: Database, tmp_path: Path) -> None:
    publish_guests(database, ada="en")
    missing = str(tmp_path / "no.eml")
    done = reply(database, missing)
    assert (done.exit_code, f"File '{missing}' does not exist." in done.stderr) == (2, True)
