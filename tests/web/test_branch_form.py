"""The small forms: every kind can be put in, and what is wrong stands at its field."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.steps import Document
from scheduler.plan import Plan
from scheduler.problem.adjustments import (
    AddRequest,
    AddResearcher,
    Adjustment,
    adjustments_bytes,
    documents_of,
)
from scheduler.problem.problem import Problem
from tests.adjusting import MORE_DESKS, ONE_OF_EACH, RELEASED_PIN, house
from tests.builders import make_problem
from web.use_cases.what_ifs.choices import FORMS, KINDS, Chooser, build_form
from web.use_cases.what_ifs.compose import (
    AdjustmentsRefusedError,
    FormRefusedError,
    compose,
    read_file,
)
from web.use_cases.what_ifs.words import view_adjustments

WITH_A_FORM = [each for each in ONE_OF_EACH if not isinstance(each, AddRequest | AddResearcher)]

Answers = dict[str, tuple[str, ...]]


def chooser(problem: Problem) -> Chooser:
    """Return what there is to choose in a problem without a plan."""
    return Chooser(problem=problem, plan=Plan(), language="en")


def answers_of(document: Document) -> Answers:
    """Return what is put into the form for an adjustment."""
    values = dict(document.get("pin", document))
    if document["kind"] == "waive_need":
        values["need"] = f"{document['request']} {document['feature']}"
    return {
        name: tuple(value) if isinstance(value, list) else (str(value),)
        for name, value in values.items()
        if value is not None
    }


def composed(kind: str, tried: tuple[Document, ...] = (), **answers: str) -> Document:
    """Return what a form with single answers asks for."""
    problem = house()
    return compose(
        problem, tried, chooser(problem), kind, {name: (text,) for name, text in answers.items()}
    )


def faults_of(kind: str, tried: tuple[Document, ...] = (), **answers: str) -> dict[str, str]:
    """Return what is wrong with a form, by field."""
    with pytest.raises(FormRefusedError) as caught:
        composed(kind, tried, **answers)
    return dict(caught.value.faults)


@pytest.mark.parametrize("adjustment", WITH_A_FORM, ids=lambda each: each.kind)
def test_every_kind_is_put_in_by_its_form(adjustment: Adjustment) -> None:
    [document] = documents_of([adjustment])
    problem = house()
    made = compose(problem, (), chooser(problem), adjustment.kind, answers_of(document))
    assert made == document


def test_every_kind_but_new_people_has_a_form_and_is_offered() -> None:
    offered = {kind for kinds in KINDS.values() for kind in kinds}
    assert offered == set(FORMS) == {each.kind for each in WITH_A_FORM}


@pytest.mark.parametrize(
    ("kind", "answers", "faults"),
    [
        ("add_desks", {}, {"zone": "missing", "desks": "missing"}),
        ("add_desks", {"zone": "zone-a", "desks": "0"}, {"desks": "no_number"}),
        ("add_desks", {"zone": "zone-a", "desks": "many"}, {"desks": "no_number"}),
        ("add_desks", {"zone": "cellar", "desks": "1"}, {"zone": "unknown"}),
        ("move_today", {"today": "soon"}, {"today": "no_day"}),
        (
            "close_zone",
            {"zone": "zone-a", "first_day": "2026-02-08", "last_day": "2026-02-02"},
            {"last_day": "order"},
        ),
        ("widen_window", {"request": "ada"}, {"first_day": "nothing"}),
        ("change_length", {"request": "ada"}, {"min_days": "nothing"}),
        ("raise_quota", {"quota": "quota", "max": "2"}, {"max": "not_raised"}),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    kind: str, answers: dict[str, str], faults: dict[str, str]
) -> None:
    assert faults_of(kind, (), **answers) == faults


def test_a_quota_without_a_new_maximum_has_none() -> None:
    assert composed("raise_quota", quota="quota") == {
        "kind": "raise_quota",
        "quota": "quota",
        "max": None,
    }


def test_what_the_programme_does_not_allow_is_said_of_the_whole() -> None:
    [released] = documents_of([RELEASED_PIN])
    assert faults_of("release_pin", (released,), request="ada") == {
        "": "no pin is on request 'ada'"
    }


def test_a_form_without_anything_to_choose_is_not_possible() -> None:
    form = build_form(chooser(make_problem(quotas=())), "raise_quota", {})
    assert not form.is_possible


def test_who_shares_a_name_is_told_apart() -> None:
    problem = house()
    researchers = tuple(replace(each, name="Ada") for each in problem.researchers)
    chosen = chooser(make_problem(requests=problem.requests, researchers=researchers)).requests()
    assert [choice.name for choice in chosen] == ["Ada (ada)", "Ada (bob)"]


def test_every_kind_is_shown_with_names() -> None:
    views = view_adjustments(house(), documents_of(ONE_OF_EACH), "en")
    assert [view.kind for view in views] == [each.kind for each in ONE_OF_EACH]
    assert views[1].values == {"zone": "zone-a", "count": 2}


def test_what_is_about_nothing_known_any_more_is_shown_by_its_id() -> None:
    kinds = [each for each in ONE_OF_EACH if not isinstance(each, AddRequest | AddResearcher)]
    empty = make_problem(
        hosts=(), pools=(), requests=(), slots=(), zones=(), quotas=(), pins=(), collaborations=()
    )
    views = view_adjustments(empty, documents_of(kinds), "en", {0: "gone"})
    assert (views[0].values["zone"], views[0].fault) == ("zone-a", "gone")
    assert views[5].values == {"quota": "quota", "was": None, "most": 4}


def test_a_file_is_read() -> None:
    assert read_file(adjustments_bytes([MORE_DESKS])) == documents_of([MORE_DESKS])


def test_everything_that_is_wrong_with_a_file_is_said() -> None:
    with pytest.raises(AdjustmentsRefusedError) as caught:
        read_file(
            b"format: sarangchae-adjustments/1\nadjustments: [{kind: add_desks}, {kind: x}]\n"
        )
    assert [finding.place for finding in caught.value.findings] == [
        "adjustments[0].zone",
        "adjustments[0].desks",
        "adjustments[1]",
    ]
