"""Reasons in the reader's language: every sentence of the solver is known to the pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import force_locale

from scheduler.explain.reasons import SENTENCES as OF_THE_SOLVER
from scheduler.rules import Rule
from web.pages.languages import add_languages
from web.pages.reasons import SENTENCES, say_reason
from web.use_cases.views import ReasonView


@pytest.fixture(autouse=True)
def _request() -> Iterator[None]:
    app = Flask("web")
    add_languages(app)
    with app.test_request_context():
        yield


def test_the_pages_know_every_sentence_of_the_solver() -> None:
    assert SENTENCES == OF_THE_SOLVER


def reason(rule: str, text: str, **names: str) -> ReasonView:
    return ReasonView(rule=rule, text=text, names=names, zones={"z1": "Robot hall"})


def test_a_reason_is_a_sentence_with_names_for_ids() -> None:
    said = say_reason(
        reason("H7", "no host is free on the days (kim, lee)", kim="Kim Ha-neul", lee="Lee Jin")
    )
    assert said == "No host is free on the days (Kim Ha-neul, Lee Jin)."


def test_an_id_without_a_name_is_said_as_it_is() -> None:
    said = say_reason(reason("H7", "no host is free on the days (kim, lee)", lee="Lee Jin"))
    assert said == "No host is free on the days (kim, Lee Jin)."


def test_a_name_that_the_solver_repeats_is_said_once() -> None:
    said = say_reason(reason("H7", "no host is free on the days (kim, kim)", kim="Kim Ha-neul"))
    assert said == "No host is free on the days (Kim Ha-neul)."


def test_a_zone_is_named_with_what_it_lacks() -> None:
    text = "no zone that suits has the floor space on the days (z1 desks, z1 m2)"
    said = say_reason(reason("H5", text, z1="Robot hall"))
    assert said == (
        "No zone that suits has the floor space on the days "
        "(desks in Robot hall, floor space in Robot hall)."
    )


def test_a_pair_kept_apart_is_named_with_its_zone() -> None:
    text = "a request that must be kept apart is there on the days (rivals in z1)"
    said = say_reason(reason("H12", text, rivals="Bo"))
    assert said == ("A request that must be kept apart is there on the days (Bo in Robot hall).")


def test_a_reason_is_said_in_korean() -> None:
    with force_locale("ko"):
        said = [
            say_reason(reason("H7", "no host is free on the days (kim and 4 more)", kim="김하늘")),
            say_reason(reason("H10", "a visa cannot be had in time, whoever else is there")),
            say_reason(reason("H5", f"{SENTENCES[Rule.ZONE]} (z1 desks)", z1="로봇홀")),
        ]
    assert said == [
        "해당 기간에 맞이할 수 있는 호스트가 없습니다 (김하늘 외 4건).",
        "비자를 제때 받을 수 없습니다 (다른 체류와 무관).",
        "해당 기간에 조건에 맞는 구역의 자리가 부족합니다 (로봇홀의 좌석).",
    ]


@pytest.mark.parametrize("rule", ["H7", "H99"])
def test_a_reason_in_other_words_is_said_as_it_stands(rule: str) -> None:
    assert say_reason(reason(rule, "The hosts are ill.")) == "The hosts are ill."
