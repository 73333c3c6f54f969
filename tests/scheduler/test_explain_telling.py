"""Sentences told as JSON are heard as they were, and said the same."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scheduler.explain.english import English
from scheduler.explain.sentences import Sentence, Value, say_whole, sentence
from scheduler.explain.telling import hear, say_told, tell
from scheduler.explain.templates import Template
from scheduler.explain.things import Kind, Span, Thing
from tests.builders import day, make_problem

JANUARY = Span(first_day=day("2026-01-05"), last_day=day("2026-01-31"))
KIM = Thing(kind=Kind.HOST, id="kim")
CLOSED = Thing(kind=Kind.CLOSURE, id="seoul", name={"en": "New year", "ko": "설날"})


@pytest.mark.parametrize(
    "value",
    [
        "vision",
        28,
        day("2026-01-05"),
        JANUARY,
        KIM,
        CLOSED,
        Template.MONDAY,
        (KIM, CLOSED),
        (),
        sentence(Template.HOST_BUSY, host=KIM, days=(JANUARY, JANUARY), holders=(CLOSED,)),
        sentence(Template.REPAIR, steps=(sentence(Template.FITS),), worth="none"),
    ],
    ids=str,
)
def test_what_is_told_is_heard_again(value: Value) -> None:
    assert hear(json.loads(json.dumps(tell(value)))) == value


def test_a_document_is_said_wherever_something_is_told_in_it() -> None:
    busy: Sentence = sentence(
        Template.HOST_BUSY, host=KIM, days=(JANUARY,), holders=(Thing(kind=Kind.POOL, id="x"),)
    )
    english = English(make_problem())
    document: dict[str, Any] = {"rule": "H7", "points": 3, "none": None, "host": tell(KIM)}

    said = say_told({**document, "reasons": [{"text": tell(busy)}]}, english)

    assert said == {
        "rule": "H7",
        "points": 3,
        "none": None,
        "host": "kim",
        "reasons": [{"text": say_whole(busy, english)}],
    }


@pytest.mark.parametrize("told", [{"sentence": "FITS"}, {"tune": "x"}, 1.5, None], ids=str)
def test_what_was_never_told_is_refused(told: Any) -> None:
    with pytest.raises(ValueError, match="no value of a sentence"):
        hear(told)
