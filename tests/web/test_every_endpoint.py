"""Strange input at every endpoint of the URL map: whatever people or programs send, none breaks.

What an endpoint reads of a query, a form or a JSON document is learned by watching it read.
"""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask, got_request_exception
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from models.answer_store import AnswerKind
from models.database import Database
from models.draft_store import add_draft, main_draft
from models.link_store import load_links
from models.mail_store import load_mails
from models.release_store import Scope, ScopeKind
from models.run_store import add_run
from models.upload_store import add_upload
from scheduler.plan import Plan
from tests.builders import make_residency
from tests.web.laboratory import MAKER, NOW, open_app, publish_ada, signed_in
from tests.web.strange_input import (
    BODIES,
    ENDINGS,
    PREFIXED,
    STRANGE,
    STRANGE_JSON,
    SURROGATE,
    USUAL,
    USUAL_JSON,
    Watched,
    WatchedRequest,
)
from tests.web.visiting_office import answers, asks
from web.pages.data.forms import FORMS
from web.use_cases.links.devices import Owner, Wanted, add_device
from web.use_cases.links.programs import Program
from web.use_cases.requests.export import FileKind

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

LEAVING = {"access.sign_out", "static"}
"""After which nobody would be signed in, and what Flask itself answers."""

FEW = 2
"""So many strange values are tried at one place."""


class Attempts:
    """Sends to a rule of the URL map whatever it is told, and keeps what broke."""

    def __init__(self, app: Flask, browser: FlaskClient, known: dict[str, tuple[str, ...]]) -> None:
        """Take the application, somebody who is signed in, and what addresses may name."""
        self.browser = browser
        self.known = known
        self.broken: dict[str, str] = {}
        self._raised: list[Exception] = []
        self._dice = Random(20260105)  # noqa: S311  # the same choices every time
        got_request_exception.connect(self._note, app)

    def try_rule(self, rule: Rule, method: str) -> None:
        """Try a rule with strange addresses, then usual ones with strange content."""
        for address in self._strange_addresses(rule):
            self._send(rule, method, address)
        for address in self._usual_addresses(rule):
            Watched.asked.clear()
            self._send(rule, method, address)
            if method == "GET":
                self._send_queries(rule, address)
            elif self._is_for_programs(rule, address):
                self._send_documents(rule, address)
            else:
                self._send_forms(rule, address)

    def _usual_addresses(self, rule: Rule) -> Iterator[str]:
        """Yield an address of something that there is, and some with something else in it."""
        usual = {name: self.known[name][0] for name in rule.arguments}
        yield _address(rule, usual)
        for name in sorted(rule.arguments):
            others = self.known[name][1:]
            for value in self._dice.sample(others, min(1, len(others))):
                yield _address(rule, usual | {name: value})

    def _strange_addresses(self, rule: Rule) -> Iterator[str]:
        usual = {name: self.known[name][0] for name in rule.arguments}
        for name in sorted(rule.arguments):
            for value in self._dice.sample((*STRANGE, SURROGATE), FEW):
                yield _address(rule, usual | {name: value})

    def _is_for_programs(self, rule: Rule, address: str) -> bool:
        """Tell whether a rule reads JSON, having told it some."""
        Watched.is_json = False
        self._send(rule, "POST", address, json={"request": "ada"})
        return Watched.is_json

    def _send_queries(self, rule: Rule, address: str) -> None:
        for value in self._dice.sample(STRANGE, FEW):
            self._send(rule, "GET", address, query_string=dict.fromkeys(self._names, value))
        for query in self._alone(STRANGE, {}):
            self._send(rule, "GET", address, query_string=query)

    def _send_forms(self, rule: Rule, address: str) -> None:
        for value in self._dice.sample(STRANGE, FEW):
            everything = dict.fromkeys((*self._names, *PREFIXED), value)
            self._send(rule, "POST", address, data=everything)
            file = (io.BytesIO(value.encode()), f"shapes.{self._dice.choice(ENDINGS)}")
            self._send(rule, "POST", address, data={"file": file})
        for form in self._alone(STRANGE, USUAL):
            self._send(rule, "POST", address, data=form)

    def _send_documents(self, rule: Rule, address: str) -> None:
        for body in self._dice.sample(BODIES, FEW):
            self._send(rule, "POST", address, data=body, content_type="application/json")
        for value in self._dice.sample(STRANGE_JSON, FEW):
            self._send(rule, "POST", address, json=dict.fromkeys(self._names, value))
        for document in self._alone(STRANGE_JSON, USUAL_JSON):
            self._send(rule, "POST", address, json=document)

    def _alone(self, values: tuple[Any, ...], usual: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield strange values of one name each, beside usual ones of the others."""
        for name in self._names:
            for value in self._dice.sample(values, 1):
                yield {**{key: usual[key] for key in self._names if key in usual}, name: value}

    @property
    def _names(self) -> tuple[str, ...]:
        return tuple(sorted(Watched.asked - {"csrf_token", "lang"}))

    def _send(self, rule: Rule, method: str, address: str, **sent: Any) -> None:
        self._raised.clear()
        answer = self.browser.open(address, method=method, **sent)
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            why = repr(self._raised[-1:])[:300]
            self.broken.setdefault(
                f"{method} {rule.rule} {why[:60]}", f"{address[:90]} {str(sent)[:300]} {why}"
            )
        answer.close()

    def _note(self, _app: Flask, exception: Exception, **_others: Any) -> None:
        self._raised.append(exception)


def _address(rule: Rule, arguments: dict[str, str]) -> str:
    """Return an address of a rule, whatever its converters would say to it."""
    return re.sub(
        r"<(?:[^:>]+:)?(\w+)>",
        lambda found: quote(arguments[found[1]].encode(errors="surrogatepass"), safe=""),
        rule.rule,
    )


@pytest.fixture
def app(tmp_path: Path, database: Database) -> Iterator[Flask]:
    with open_app(tmp_path, database) as app:
        app.request_class = WatchedRequest
        yield app


@pytest.fixture
def known(database: Database) -> dict[str, tuple[str, ...]]:
    """Fill the laboratory with one of everything, and return what addresses may name."""
    problem = publish_ada(database)
    answers(database, "ada", AnswerKind.DECLINED)
    asks(database, "ada", make_residency("ada", days=21))
    with database.writing() as session:
        main = main_draft(session, "lab", now=NOW)
        branch = add_draft(session, "lab", name="b", now=NOW, base=(main, Plan(residencies=())))
        run = add_run(
            session,
            programme_id="lab",
            draft_id=main.id,
            seconds_limit=1.0,
            workers=None,
            seed=0,
            input_sha256="0" * 64,
            now=NOW,
        )
        upload = add_upload(
            session,
            "lab",
            name="a.csv",
            facts={},
            header=("ID", "Name", "First"),
            rows=[(2, ("ada", "Ada", "x")), (3, ("new", "", "2026-02-01"))],
            columns={"id": 0, "name": 1, "first_day": 2},
            now=NOW,
            by=None,
        )
        (mail, *_) = load_mails(session, "lab", 1)
        ada = Scope(kind=ScopeKind.RESEARCHER, id="ada")
        (own,) = load_links(session, "lab", scope=ada)
        phone = Wanted(label="Phone", program=Program.OTHER, language="en")
        owner = Owner(programme_id="lab", scope=ada, name="ada")
        device = add_device(session, owner, phone, MAKER, now=NOW)
    return {
        "programme_id": ("lab",),
        "request_id": ("ada",),
        "draft_id": (str(branch.id), str(main.id)),
        "number": ("1", "0"),
        "mail_id": (str(mail.id),),
        "run_id": (str(run),),
        "upload_id": (str(upload),),
        "change_id": ("1", "2"),
        "floor_id": (problem.floors[0].id,),
        "name": tuple(FORMS),
        "key": ("ada", "lab"),
        "kind": tuple(ScopeKind),
        "subject": ("ada",),
        "format": tuple(FileKind),
        "link_id": (str(device.id), str(uuid.UUID(int=1))),
        "token": (MAKER.token(own.id), "a" * 43),
        "filename": ("css/office.css",),
    }


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_endpoint_breaks_whatever_is_sent_to_it(
    method: str, app: Flask, database: Database, known: dict[str, tuple[str, ...]]
) -> None:
    attempts = Attempts(app, signed_in(app, database), known)

    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()) and rule.endpoint not in LEAVING:
            attempts.try_rule(rule, method)

    assert attempts.broken == {}
