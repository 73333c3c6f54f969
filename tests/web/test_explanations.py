"""Explanations in the reader's language: every sentence of theirs is in the catalogues."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from babel.dates import format_date, format_interval
from babel.lists import format_list

from scheduler.explain.english import English
from scheduler.explain.explain import explain_request
from scheduler.explain.sentences import say_whole
from scheduler.explain.templates import Template
from scheduler.explain.things import Span
from scheduler.problem.types import RequestId
from tests.builders import (
    day,
    make_plan,
    make_problem,
    make_programme,
    make_request,
    make_residency,
    make_slot,
)
from web.pages.texts import extract_messages, read_catalog


class Korean(English):
    """Says sentences in Korean, by the catalogue of the pages."""

    def translate(self, text: str) -> str:
        """Return a text of the catalogue."""
        message = read_catalog("ko").get(text)
        assert message is not None
        return str(message.string)

    def day(self, day: dt.date) -> str:
        """Say a day."""
        return str(format_date(day, "medium", locale="ko"))

    def span(self, span: Span) -> str:
        """Say days."""
        return str(format_interval(span.first_day, span.last_day, "yMMMd", locale="ko"))

    def join(self, parts: Sequence[str]) -> str:
        """Say a list."""
        return str(format_list(list(parts), locale="ko"))


def test_the_pages_gather_every_sentence_of_the_explanations() -> None:
    gathered = {message.id for message in extract_messages("ko")}

    assert {template.value for template in Template} - gathered == set()


def test_an_explanation_is_said_in_korean() -> None:
    january: dict[str, Any] = {"first_day": day("2026-01-05"), "last_day": day("2026-02-01")}
    problem = make_problem(
        programme=make_programme(last_day=day("2026-02-01")),
        slots=(make_slot(places=1),),
        requests=(
            make_request("ada", min_days=28, **january),
            make_request("bob", min_days=28, **january),
        ),
    )

    explained = explain_request(problem, make_plan(make_residency("bob")), RequestId("ada"))

    korean = Korean(problem)
    assert [say_whole(reason.sentence, korean) for reason in explained.reasons] == [
        "Winter의 모집 정원이 2026년 1월 5일 ~ 2월 1일에 모두 찼습니다: bob."
    ]
    assert [say_whole(repair.sentence, korean) for repair in explained.repairs] == [
        (
            "Winter의 모집 정원 추가: 1명; ada 배정: 2026년 1월 5일 ~ 2월 1일, zone-a, "
            "모집 구분 winter: 계획의 점수가 3,000점 올라갑니다."
        ),
        (
            "Ada 배정: 2026년 1월 5일 ~ 2월 1일, zone-a, 모집 구분 winter; "
            "bob 배정 취소: 2026년 1월 5일 ~ 2월 1일, zone-a, 모집 구분 winter: "
            "계획의 점수는 그대로입니다."
        ),
    ]
