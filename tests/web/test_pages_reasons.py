"""Reasons in the reader's language: every sentence of the solver is known to the pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import force_locale

from scheduler.explain.reasons import SENTENCES as OF_THE_SOLVER
from web.pages.languages import add_languages
from web.pages.reasons import SENTENCES, say_reason


@pytest.fixture(autouse=True)
def _request() -> Iterator[None]:
    app = Flask("web")
    add_languages(app)
    with app.test_request_context():
        yield


def test_the_pages_know_every_sentence_of_the_solver() -> None:
    assert SENTENCES == OF_THE_SOLVER


def test_a_reason_is_a_sentence_with_its_names() -> None:
    said = say_reason("H7", "no host is free on the days (kim, lee)")
    assert said == "No host is free on the days (kim, lee)."


def test_a_reason_is_said_in_korean() -> None:
    with force_locale("ko"):
        said = [
            say_reason("H7", "no host is free on the days (kim and 4 more)"),
            say_reason("H10", "a visa cannot be had in time, whoever else is there"),
        ]
    assert said == [
        "해당 기간에 맞이할 수 있는 호스트가 없습니다 (kim 외 4건).",
        "비자를 제때 받을 수 없습니다 (다른 체류와 무관).",
    ]


@pytest.mark.parametrize("rule", ["H7", "H99"])
def test_a_reason_in_other_words_is_said_as_it_stands(rule: str) -> None:
    assert say_reason(rule, "The hosts are ill.") == "The hosts are ill."
