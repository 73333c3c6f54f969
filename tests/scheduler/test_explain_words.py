"""Sentences apart from their data: how days, lists, numbers and names are said in English."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import scheduler.explain.templates
from scheduler.explain.english import English
from scheduler.explain.facts import FACTS
from scheduler.explain.scarcity import KINDS
from scheduler.explain.sentences import Value, say, say_whole, sentence
from scheduler.explain.steps import repair_sentence
from scheduler.explain.templates import Template
from scheduler.explain.things import Kind, Span, Thing, merged, spans_of
from scheduler.problem.adjustments import Withdraw
from scheduler.problem.types import RequestId
from scheduler.rules import Rule
from tests.builders import day, make_problem, make_request, make_zone

ROOM = Path(scheduler.explain.templates.__file__).parent
NAMED = make_problem(
    zones=(
        replace(make_zone("hall"), name={"ko": "로봇홀", "en": "Robot hall"}),
        replace(make_zone("a"), name="Lab"),
        replace(make_zone("b"), name="Lab"),
    ),
    requests=(make_request("r1", researcher="ada"),),
)


def span(first_day: str, last_day: str) -> Span:
    """Return days, both ends inclusive."""
    return Span(first_day=day(first_day), last_day=day(last_day))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (span("2026-01-05", "2026-01-05"), "5 Jan 2026"),
        (span("2026-01-05", "2026-01-11"), "5 - 11 Jan 2026"),
        (span("2026-01-05", "2026-02-01"), "5 Jan - 1 Feb 2026"),
        (span("2025-12-29", "2026-01-04"), "29 Dec 2025 - 4 Jan 2026"),
        (day("2026-12-31"), "31 Dec 2026"),
        (12000, "12,000"),
        (("quiet",), "quiet"),
        (("quiet", "window"), "quiet and window"),
        (("a", "b", "c", "d", "e"), "a, b, c, d and e"),
        (("a", "b", "c", "d", "e", "f"), "a, b, c, d and 2 more"),
        ((), "nobody"),
        (Template.MONDAY, "Monday"),
        (
            (sentence(Template.PINNED_ZONE, zone="hall"), sentence(Template.MORE, count=2)),
            "zone hall; 2 more",
        ),
        (Thing(kind=Kind.ZONE, id="hall"), "Robot hall"),
        (Thing(kind=Kind.ZONE, id="a"), "Lab (a)"),
        (Thing(kind=Kind.REQUEST, id="r1"), "ada (r1)"),
        (Thing(kind=Kind.CLOSURE, id="hall", name={"en": "moving", "ko": "이사"}), "moving"),
        (Thing(kind=Kind.COLLABORATION, id="team"), "team"),
    ],
    ids=str,
)
def test_values_are_said_as_people_read_them(value: Value, text: str) -> None:
    assert say(value, English(NAMED)) == text


def test_a_whole_sentence_begins_with_a_large_letter() -> None:
    assert say_whole(sentence(Template.UNPLACED, request="ada"), English(NAMED)) == (
        "Ada has no place."
    )


def test_runs_of_days_are_ranges_and_ranges_that_touch_are_one() -> None:
    mask = np.array([True, True, False, True])

    found = spans_of(mask, day("2026-01-05").toordinal())

    assert found == (span("2026-01-05", "2026-01-06"), span("2026-01-08", "2026-01-08"))
    assert merged([span("2026-01-07", "2026-01-09"), *found]) == (span("2026-01-05", "2026-01-09"),)


def test_every_rule_is_explained() -> None:
    assert set(FACTS) == set(Rule)
    assert set(KINDS) >= {Rule.SEPARATION, Rule.QUOTA, Rule.COLLABORATION}


@pytest.mark.parametrize("template", Template)
def test_every_text_is_said_somewhere(template: Template) -> None:
    modules = [path.read_text("utf-8") for path in ROOM.glob("*.py")]

    assert any(re.search(rf"Template\.{template.name}\b", text) for text in modules)


def test_no_two_texts_are_the_same() -> None:
    assert len({template.value for template in Template}) == len(Template.__members__)


def test_an_adjustment_that_no_repair_makes_has_no_words() -> None:
    withdraw = Withdraw(request=RequestId("r1"))

    with pytest.raises(TypeError):
        repair_sentence(NAMED, [withdraw], [], 0)
