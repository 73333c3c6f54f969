"""Logs never hold what opens something: the server's own lines and ours, traces included."""

from __future__ import annotations

import logging

import pytest
from flask import Flask
from sqlalchemy import text

from models.database import Database
from models.link_store import load_links
from tests.web.laboratory import MAKER, publish_ada
from web.discretion import DiscreetRecord, discreet, keep_tokens_out_of_logs

TOKEN = "kXo3-_Zq" * 5 + "abc"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (f"GET /c/{TOKEN}.ics HTTP/1.1", "GET /c/… HTTP/1.1"),
        (f"'GET /r/{TOKEN}/wishes?lang=ko'", "'GET /r/…/wishes?lang=ko'"),
        (f"POST /sign-in/{TOKEN}\n", "POST /sign-in/…\n"),
        (f"https://lab.example.org/c/{TOKEN}.ics?download=1", "https://lab.example.org/c/…?download=1"),
        (f"GET //r//{TOKEN} HTTP/1.1", "GET //r//… HTTP/1.1"),
        (f"cid=webcal%3A%2F%2Flab%2Fc%2F{TOKEN}.ics&x=1", "cid=webcal%3A%2F%2Flab%2Fc%2F…&x=1"),
        ("/c/토큰.ics and /r/%00", "/c/… and /r/…"),
        ("/programmes/lab/requests", "/programmes/lab/requests"),
    ],
)  # fmt: skip
def test_the_secret_of_an_address_is_left_out(said: str, kept: str) -> None:
    assert discreet(said) == kept


def test_a_trace_is_written_without_tokens() -> None:
    error = ValueError(f"no calendar at /c/{TOKEN}.ics")
    trace = (ValueError, error, None)
    record = DiscreetRecord("web", logging.ERROR, __file__, 1, "Exception on %s", ("/r/x",), trace)
    written = logging.Formatter().format(record)
    assert written == "Exception on /r/…\nValueError: no calendar at /c/…"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_feed_that_fails_is_noted_without_its_address(
    app: Flask, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    publish_ada(database)
    with database.writing() as session:
        token = MAKER.token(load_links(session, "lab")[0].id)
        session.execute(text("UPDATE programmes SET first_day = 'never'"))
    answer = app.test_client().get(f"/c/{token}.ics")
    assert answer.status_code == 500
    assert "Exception on /c/… [GET]" in caplog.text
    assert token not in caplog.text


def test_all_logs_are_discreet_once_it_is_asked_for() -> None:
    keep_tokens_out_of_logs()
    assert logging.getLogRecordFactory() is DiscreetRecord
