"""Mails wait, are claimed once, and say what became of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from models.database import Database
from models.errors import MailHasChanged, NoSuchMail
from models.mail_queue import (
    claim_mail,
    fail_queued,
    note_failed,
    note_sent,
    queue_mail,
    queue_mails,
    recover_mails,
    unqueue_mails,
)
from models.mail_store import (
    Mail,
    MailKind,
    MailStatus,
    NewMail,
    add_mails,
    count_mails,
    discard_mail,
    discard_mails,
    edit_mail,
    get_mail,
    load_mails,
    note_sent_by_hand,
    restore_mail,
    supersede_mails,
)
from models.release_store import add_release
from tests.models.memory import NOW, later


def new_mail(request: str = "ada", **others: Any) -> NewMail:
    values: dict[str, Any] = {
        "request": request,
        "researcher_id": request,
        "name": request.title(),
        "kind": MailKind.NEW,
        "language": "en",
        "address": f"{request}@example.org",
        "subject": "Your stay",
        "text": "Come. {link}\n",
    }
    return NewMail(**values | others)


def draft(database: Database, *mails: NewMail) -> None:
    """Add a release with mails."""
    with database.writing() as session:
        release = add_release(
            session,
            programme_id="lab",
            plan_id=None,
            note="",
            scenario_sha256="",
            status="feasible",
            objective=0,
            bound=0,
            now=NOW,
            entries=(),
        )
        add_mails(session, "lab", release.number, mails, now=NOW)


def mails_of(database: Database, release: int = 1) -> tuple[Mail, ...]:
    with database.reading() as session:
        return load_mails(session, "lab", release)


def states(database: Database, release: int = 1) -> dict[str, str]:
    return {mail.request: mail.status.value for mail in mails_of(database, release)}


def queue(database: Database, status: MailStatus = MailStatus.DRAFT) -> int:
    with database.writing() as session:
        return queue_mails(session, "lab", 1, now=later(hours=1), status=status)


def claim(database: Database) -> Mail | None:
    with database.writing() as session:
        return claim_mail(session, now=later(hours=2))


def claimed(database: Database) -> Mail:
    mail = claim(database)
    assert mail is not None
    return mail


def test_a_mail_begins_as_a_draft(lab: Database) -> None:
    draft(lab, new_mail("ada"))
    (mail,) = mails_of(lab)
    assert (mail.status, mail.revision, mail.address) == (MailStatus.DRAFT, 0, "ada@example.org")
    assert (mail.created_at, mail.sent_at, mail.trouble) == (NOW, None, None)


def test_a_mail_of_another_release_is_not_found(lab: Database) -> None:
    draft(lab, new_mail())
    draft(lab)
    (mail,) = mails_of(lab)
    with lab.reading() as session, pytest.raises(NoSuchMail, match=r"release 2: has no mail \d"):
        get_mail(session, "lab", 2, mail.id)


def test_a_mail_is_edited_as_it_was_looked_at(lab: Database) -> None:
    draft(lab, new_mail())
    (mail,) = mails_of(lab)
    with lab.writing() as session:
        edit_mail(session, mail, {"subject": "Welcome"}, now=later(hours=1))
    with lab.writing() as session, pytest.raises(MailHasChanged):
        edit_mail(session, mail, {"subject": "Hello"}, now=later(hours=2))
    (kept,) = mails_of(lab)
    assert (kept.subject, kept.revision) == ("Welcome", 1)


def test_mails_without_an_address_stay_drafts(lab: Database) -> None:
    draft(lab, new_mail("ada"), new_mail("bob", address=None))
    assert queue(lab) == 1
    assert states(lab) == {"ada": "queued", "bob": "draft"}


def test_mails_are_claimed_one_after_another_and_then_none(lab: Database) -> None:
    draft(lab, new_mail("ada"), new_mail("bob"))
    queue(lab)
    assert [claimed(lab).request, claimed(lab).request, claim(lab)] == ["ada", "bob", None]
    assert states(lab) == {"ada": "sending", "bob": "sending"}


def test_of_many_who_claim_at_once_each_gets_a_mail_of_its_own(lab: Database) -> None:
    draft(lab, *(new_mail(f"r{number}") for number in range(8)))
    queue(lab)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: claimed(lab).request, range(8)))
    assert sorted(found) == [f"r{number}" for number in range(8)]


def test_what_became_of_a_mail_is_written_down(lab: Database) -> None:
    draft(lab, new_mail("ada"), new_mail("bob"))
    queue(lab)
    ada, bob = claimed(lab), claimed(lab)
    with lab.writing() as session:
        note_sent(session, ada.id, now=later(hours=3))
        note_failed(session, bob.id, "recipient", "550 no such user", now=later(hours=3))
    sent, failed = mails_of(lab)
    assert (sent.status, sent.sent_at, sent.by_hand) == (MailStatus.SENT, later(hours=3), False)
    assert (failed.status, failed.trouble, failed.answer) == (
        MailStatus.FAILED,
        "recipient",
        "550 no such user",
    )


def test_a_mail_that_was_sent_is_neither_edited_nor_queued_again(lab: Database) -> None:
    draft(lab, new_mail())
    queue(lab)
    mail = claimed(lab)
    with lab.writing() as session:
        note_sent(session, mail.id, now=later(hours=3))
    assert queue(lab) == 0
    assert queue(lab, MailStatus.FAILED) == 0
    with lab.writing() as session, pytest.raises(MailHasChanged):
        edit_mail(session, mail, {"subject": "Hello"}, now=later(hours=4))
    with lab.writing() as session, pytest.raises(MailHasChanged):
        queue_mail(session, mail, now=later(hours=4))


def test_mails_that_wait_are_held_back(lab: Database) -> None:
    draft(lab, new_mail("ada"), new_mail("bob"))
    queue(lab)
    claimed(lab)
    with lab.writing() as session:
        assert unqueue_mails(session, "lab", 1, now=later(hours=3)) == 1
    assert states(lab) == {"ada": "sending", "bob": "draft"}


def test_without_a_connection_all_that_wait_fail(lab: Database) -> None:
    draft(lab, new_mail("ada"), new_mail("bob"))
    queue(lab)
    with lab.writing() as session:
        assert fail_queued(session, "login", "535", now=later(hours=3)) == 2
    assert states(lab) == {"ada": "failed", "bob": "failed"}
    assert queue(lab, MailStatus.FAILED) == 2


def test_a_server_that_ended_leaves_drafts_and_mails_to_decide_on(lab: Database) -> None:
    draft(lab, new_mail("ada"), new_mail("bob"))
    queue(lab)
    claimed(lab)
    with lab.writing() as session:
        assert recover_mails(session, before=later(hours=3), now=later(hours=3)) == 2
    ada, bob = mails_of(lab)
    assert (ada.status, ada.trouble) == (MailStatus.FAILED, "interrupted")
    assert bob.status is MailStatus.DRAFT


def test_a_mail_that_may_have_gone_out_is_not_sent_again_with_the_others(lab: Database) -> None:
    draft(lab, new_mail())
    queue(lab)
    claimed(lab)
    with lab.writing() as session:
        recover_mails(session, before=later(hours=3), now=later(hours=3))
    assert queue(lab, MailStatus.FAILED) == 0
    (mail,) = mails_of(lab)
    with lab.writing() as session:
        queue_mail(session, mail, now=later(hours=4))
    assert states(lab) == {"ada": "queued"}


def test_a_mail_in_hand_of_a_server_that_runs_is_left_alone(lab: Database) -> None:
    draft(lab, new_mail())
    queue(lab)
    claimed(lab)
    with lab.writing() as session:
        assert recover_mails(session, before=later(hours=1), now=later(hours=3)) == 0
    assert states(lab) == {"ada": "sending"}


def test_a_discarded_mail_can_be_taken_up_again(lab: Database) -> None:
    draft(lab, new_mail())
    (mail,) = mails_of(lab)
    with lab.writing() as session:
        discard_mail(session, mail, now=later(hours=1))
    assert queue(lab) == 0
    (discarded,) = mails_of(lab)
    with lab.writing() as session:
        restore_mail(session, discarded, now=later(hours=2))
    assert states(lab) == {"ada": "draft"}


def test_all_that_waits_is_discarded_at_once(lab: Database) -> None:
    draft(lab, new_mail("ada"), new_mail("bob"))
    (ada, _) = mails_of(lab)
    with lab.writing() as session:
        note_sent_by_hand(session, ada, now=later(hours=1))
        assert discard_mails(session, "lab", 1, now=later(hours=2)) == 1
    assert states(lab) == {"ada": "sent", "bob": "discarded"}


def test_a_later_release_puts_aside_what_an_earlier_one_would_still_tell(lab: Database) -> None:
    draft(lab, new_mail("ada"), new_mail("bob"), new_mail("cid"))
    (_, _, cid) = mails_of(lab)
    with lab.writing() as session:
        note_sent_by_hand(session, cid, now=later(hours=1))
    draft(lab)
    with lab.writing() as session:
        found = supersede_mails(session, "lab", 2, ["ada", "cid"], now=later(hours=2))
    assert found == {"ada": MailKind.NEW}
    assert states(lab) == {"ada": "discarded", "bob": "draft", "cid": "sent"}
    assert mails_of(lab)[0].trouble == "superseded"


def test_mails_are_counted_by_release_and_state(lab: Database) -> None:
    draft(lab, new_mail("ada"), new_mail("bob", address=None))
    draft(lab, new_mail("ada", kind=MailKind.MOVED))
    queue(lab)
    with lab.reading() as session:
        assert count_mails(session, "lab") == {
            1: {MailStatus.DRAFT: 1, MailStatus.QUEUED: 1},
            2: {MailStatus.DRAFT: 1},
        }
