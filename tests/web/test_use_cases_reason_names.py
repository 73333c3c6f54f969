"""Names for the ids of reasons: the reader's language, and apart where two are called alike."""

from __future__ import annotations

from dataclasses import replace

from scheduler.problem.problem import Problem
from scheduler.problem.types import RequestId
from scheduler.rules import Rule
from tests.builders import (
    make_building,
    make_collaboration,
    make_floor,
    make_host,
    make_institution,
    make_pool,
    make_problem,
    make_quota,
    make_request,
    make_researcher,
    make_separation,
    make_site,
    make_slot,
    make_zone,
)
from web.use_cases.names import Names
from web.use_cases.reason_names import ReasonNames


def called(problem: Problem, rule: Rule, *, language: str = "en") -> dict[str, str]:
    names = ReasonNames(names=Names(problem=problem, language=language))
    return dict(names.of(rule, problem.request[RequestId("ada")]))


def test_names_are_in_the_readers_language() -> None:
    hall = replace(make_zone("z1"), name={"en": "Robot hall", "ko": "로봇홀"})
    problem = make_problem(zones=(hall,))
    assert called(problem, Rule.ZONE) == {"z1": "Robot hall"}
    assert called(problem, Rule.EXCLUSIVE_ZONE, language="ko") == {"z1": "로봇홀"}


def test_pools_quotas_and_researchers_are_called_by_their_names() -> None:
    problem = make_problem(
        pools=(replace(make_pool("gpus"), name="Cluster"),),
        quotas=(replace(make_quota("q1"), name="Budget 2026"),),
        researchers=(replace(make_researcher("ada"), name="Ada King"),),
    )
    assert called(problem, Rule.COMPUTING) == {"gpus": "Cluster"}
    assert called(problem, Rule.QUOTA) == {"q1": "Budget 2026"}
    assert called(problem, Rule.OWN_CALENDAR) == {"ada": "Ada King"}


def test_zones_of_one_name_are_told_apart_by_site_or_floor() -> None:
    problem = make_problem(
        sites=(make_site("seoul"), make_site("new-york")),
        buildings=(make_building("main"), make_building("annex", site="new-york")),
        floors=(make_floor("f1"), make_floor("f2", level=2), make_floor("g1", building="annex")),
        zones=(
            replace(make_zone("z1", floor="f1"), name="Lab"),
            replace(make_zone("z2", floor="f2"), name="Lab"),
            replace(make_zone("z3", floor="g1"), name="Lab"),
            replace(make_zone("z4", floor="g1"), name="Hall"),
        ),
    )
    assert called(problem, Rule.ZONE) == {
        "z1": "Lab · seoul · main · f1",
        "z2": "Lab · seoul · main · f2",
        "z3": "Lab · new-york",
        "z4": "Hall",
    }


def test_slots_are_told_apart_by_site_and_hosts_by_institution() -> None:
    problem = make_problem(
        sites=(make_site("seoul"), make_site("new-york")),
        slots=(
            replace(make_slot("s1"), name="Winter"),
            replace(make_slot("s2", site="new-york"), name="Winter"),
        ),
        institutions=(make_institution("waterloo"), make_institution("kaist")),
        hosts=(
            replace(make_host("kim"), name="Kim Min"),
            replace(make_host("kim2", institution="kaist"), name="Kim Min"),
        ),
    )
    assert called(problem, Rule.SLOT) == {"s1": "Winter · seoul", "s2": "Winter · new-york"}
    assert called(problem, Rule.HOST) == {"kim": "Kim Min · waterloo", "kim2": "Kim Min · kaist"}


def test_partners_and_rivals_are_the_others_of_the_group() -> None:
    problem = make_problem(
        requests=tuple(make_request(name) for name in ("ada", "bo", "cy")),
        collaborations=(
            make_collaboration("bo", "ada", "cy"),
            make_collaboration("bo", "cy", name="x"),
        ),
        separations=(make_separation("ada", "cy"),),
    )
    assert called(problem, Rule.COLLABORATION) == {"team": "bo · cy"}
    assert called(problem, Rule.SEPARATION) == {"rivals": "cy"}


def test_a_rule_whose_reasons_name_nothing_has_no_names() -> None:
    assert called(make_problem(), Rule.VISA) == {}
