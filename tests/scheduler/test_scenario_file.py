"""The scenario file is read strictly, from YAML and JSON, and written back without loss."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.problem.places import Site
from scheduler.problem.scenario_file import (
    ScenarioError,
    document_of,
    json_schema,
    load_scenario,
    parse_document,
    parse_scenario,
    save_scenario,
    scenario_bytes,
    sha256_of,
)
from scheduler.problem.types import SiteId
from tests.builders import make_problem, make_programme, make_site
from tests.documents import findings, findings_of_text, make_document
from tests.seeded import tiny_problem

SCENARIOS = sorted(Path("fixtures/scenarios").rglob("*.yaml"))

SMALLEST = """\
format: sarangchae-scenario/1
programme:
  id: lab
  name: {en: Lab, ko: 연구소}
  timezone: Asia/Seoul
  first_day: 2026-01-05
  last_day: 2026-03-29
  today: 2025-12-01
"""

FIELDS = [
    "format",
    "programme",
    "policy",
    "sites",
    "buildings",
    "floors",
    "zones",
    "tracks",
    "slots",
    "institutions",
    "hosts",
    "pools",
    "reservations",
    "researchers",
    "requests",
    "collaborations",
    "separations",
    "events",
    "quotas",
    "pins",
    "published",
]


def test_a_file_needs_no_more_than_its_format_and_programme() -> None:
    problem = parse_scenario(SMALLEST.encode())

    assert problem.programme == make_programme(name={"en": "Lab", "ko": "연구소"})
    assert problem.policy.stay_step_days == 7
    assert problem.requests == ()


def test_json_says_the_same_as_yaml() -> None:
    as_json = json.dumps(yaml.safe_load(SMALLEST), default=str)

    assert parse_scenario(as_json.encode()) == parse_scenario(SMALLEST.encode())


def test_a_byte_order_mark_is_passed_over() -> None:
    assert parse_scenario(b"\xef\xbb\xbf" + SMALLEST.encode()) == parse_scenario(SMALLEST.encode())


@pytest.mark.parametrize(
    "text",
    ["no", "on", "2025-01-06", "0123", "1:30", "1_000", "0x1F", ".nan", "+5", "<3", "=", "Y"],
)
def test_plain_yaml_means_no_more_than_json_would_mean_by_it(text: str) -> None:
    site = f"sites: [{{id: seoul, name: {text}}}]\n"

    problem = parse_scenario((SMALLEST + site).encode())

    assert problem.sites == (Site(id=SiteId("seoul"), name=text),)


def test_a_norwegian_name_is_kept_under_its_own_language() -> None:
    problem = parse_scenario((SMALLEST + "sites: [{id: seoul, name: {no: Huset}}]\n").encode())

    assert problem.sites == (Site(id=SiteId("seoul"), name={"no": "Huset"}),)


def test_written_documents_have_every_key_in_the_order_of_the_file() -> None:
    document = document_of(make_problem())

    assert list(document) == FIELDS
    assert document["sites"] == [
        {
            "id": "seoul",
            "name": "seoul",
            "timezone": None,
            "holidays": None,
            "closures": [],
            "address": "",
            "lat": None,
            "lon": None,
        }
    ]
    assert document["programme"]["first_day"] == "2026-01-05"


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_scenario_of_ours_is_read_and_written_back_without_loss(path: Path) -> None:
    problem = load_scenario(path)

    assert parse_document(document_of(problem)) == problem
    assert parse_scenario(scenario_bytes(problem)) == problem


@pytest.mark.parametrize("suffix", [".yaml", ".yml", ".json"])
def test_a_saved_scenario_is_the_one_that_was_saved(tmp_path: Path, suffix: str) -> None:
    problem = tiny_problem(7)
    path = tmp_path / f"scenario{suffix}"

    save_scenario(problem, path)

    assert load_scenario(path) == problem
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@settings(deadline=None, max_examples=50)
@given(seed=st.integers(0, 10**6))
def test_any_problem_is_written_and_read_back_without_loss(seed: int) -> None:
    problem = tiny_problem(seed)

    assert parse_document(document_of(problem)) == problem
    assert scenario_bytes(parse_scenario(scenario_bytes(problem))) == scenario_bytes(problem)


NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1
)


@settings(deadline=None)
@given(name=NAMES)
def test_any_name_survives_yaml_and_json(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    problem = make_problem(sites=(make_site(name="seoul", address=name),))
    folder = tmp_path_factory.mktemp("names")

    for suffix in (".yaml", ".json"):
        save_scenario(problem, folder / f"scenario{suffix}")
        assert load_scenario(folder / f"scenario{suffix}") == problem


@settings(deadline=None)
@given(day=st.dates())
def test_any_date_survives_yaml_for_us_and_is_a_date_to_others(
    tmp_path_factory: pytest.TempPathFactory, day: dt.date
) -> None:
    problem = make_problem(programme=make_programme(today=day))
    path = tmp_path_factory.mktemp("dates") / "scenario.yaml"

    save_scenario(problem, path)

    assert load_scenario(path) == problem
    assert yaml.safe_load(path.read_text("utf-8"))["programme"]["today"] == day


def test_the_bytes_of_a_problem_are_always_the_same() -> None:
    first, second = scenario_bytes(tiny_problem(3)), scenario_bytes(tiny_problem(3))

    assert sha256_of(first) == sha256_of(second)


def test_empty_files_are_refused() -> None:
    assert findings_of_text("") == ["the file is empty"]
    assert findings_of_text(" \n\n") == ["the file is empty"]
    assert findings_of_text("# only a comment\n") == [
        "expected a map with the keys format, programme, policy, sites, ..., found null"
    ]


def test_what_is_no_map_is_refused() -> None:
    assert findings_of_text("- 1\n- 2\n") == [
        "expected a map with the keys format, programme, policy, sites, ..., found a list"
    ]
    assert findings_of_text("hello") == [
        "expected a map with the keys format, programme, policy, sites, ..., found 'hello'"
    ]


def test_what_is_not_utf_8_is_refused() -> None:
    assert findings_of_text(SMALLEST.encode("utf-16")) == [
        "byte 1 is not UTF-8; save the file as UTF-8"
    ]
    assert findings_of_text("name: 서울".encode("euc-kr")) == [
        "byte 7 is not UTF-8; save the file as UTF-8"
    ]


def test_what_is_not_yaml_is_refused_with_line_and_column() -> None:
    assert findings_of_text("format: [1, 2\nprogramme: 3\n") == [
        "line 2, column 10: not YAML: did not find expected ',' or ']'"
    ]
    assert findings_of_text("format: a\n\tprogramme: 3\n") == [
        "line 2, column 1: not YAML: found a tab character that violates indentation"
    ]
    assert findings_of_text("a: \x01") == [
        "character 4: not YAML: control characters are not allowed"
    ]


def test_what_begins_with_a_brace_has_to_be_json() -> None:
    assert findings_of_text('{"format": "sarangchae-scenario/1",\n}') == [
        (
            "line 2, column 1: not JSON (which a file that begins with a brace has to be): "
            "Expecting property name enclosed in double quotes"
        )
    ]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (
            "a: &x 1\n",
            "line 1, column 4: &x: anchors and aliases are not read; write the value out",
        ),
        ("a: *x\n", "line 1, column 4: *x: anchors and aliases are not read; write the value out"),
        (
            "a: &x {}\n",
            "line 1, column 4: &x: anchors and aliases are not read; write the value out",
        ),
        (
            "a:\n  <<: {b: 1}\n",
            "line 2, column 3: merge keys (<<) are not read; write the keys out",
        ),
        ("a: 1\nb: 2\na: 3\n", "line 3, column 1: key 'a' stands twice; keep one"),
        (
            "a: !!set {b}\n",
            "line 1, column 4: tag tag:yaml.org,2002:set: tags are not read; remove it",
        ),
        (
            "a: !!python/object:os.system x\n",
            (
                "line 1, column 4: tag tag:yaml.org,2002:python/object:os.system: "
                "tags are not read; remove it"
            ),
        ),
        ("a: !mine x\n", "line 1, column 4: tag !mine: tags are not read; remove it"),
        ("a: 1\n---\nb: 2\n", "line 2, column 1: a second document; a file holds one"),
        ("--- 1\n--- 2\n", "line 2, column 1: a second document; a file holds one"),
        ("[a, b]: 1\n", "line 1, column 1: a list or map as a key; a key is a plain text"),
        ("? {a: 1}\n: 1\n", "line 1, column 3: a list or map as a key; a key is a plain text"),
        ("a: " + "9" * 5000, "line 1, column 4: a number with too many digits"),
    ],
)
def test_yaml_that_json_does_not_know_is_refused(text: str, finding: str) -> None:
    assert findings_of_text(text) == [finding]


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, 30)
    )

    assert findings_of_text(bomb) == [
        "line 1, column 5: &a0: anchors and aliases are not read; write the value out"
    ]


def test_deep_nesting_is_refused() -> None:
    assert findings_of_text("[" * 1_000_000) == [
        "line 1, column 33: nested more than 32 levels deep"
    ]
    assert findings_of_text('{"a": ' * 1_000_000) == ["nested more than 32 levels deep"]
    assert findings_of_text(
        '{"format": "sarangchae-scenario/1", "programme": ' + "[" * 500 + "]" * 500 + "}"
    ) == ["nested too deep"]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ('{"a": NaN}', "NaN is no number; write null or a number"),
        ('{"a": -Infinity}', "-Infinity is no number; write null or a number"),
        ('{"a": 1e999}', "1e999 is too large a number"),
        ('{"a": 1, "b": {}, "a": 2}', "key 'a' stands twice in one map; keep one"),
        ('{"a": ' + "9" * 5000 + "}", "a number with too many digits"),
    ],
)
def test_json_that_is_none_is_refused(text: str, finding: str) -> None:
    assert findings_of_text(text) == [finding]


def test_half_a_character_is_refused() -> None:
    document = make_document(sites=[{"id": "seoul", "name": "\ud83d"}])

    with pytest.raises(ScenarioError, match="half a character"):
        parse_document(document)


def test_the_character_that_databases_refuse_is_refused() -> None:
    assert findings(make_document(sites=[{"id": "seoul", "name": "Se\0ul"}])) == [
        "a text holds the character U+0000; remove it"
    ]
    assert findings(make_document(sites=[{"id": "seoul", "name": r"Se\u0000ul"}])) == []


def test_fifty_megabytes_are_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)

    with pytest.raises(ScenarioError) as raised:
        load_scenario(path)

    assert [str(finding) for finding in raised.value.findings] == [
        "the file has 50.0 MB, and at most 20 MB are read; split the programme into several"
    ]
    assert raised.value.source == str(path)


def test_fifty_megabytes_of_bytes_are_refused_too() -> None:
    assert findings_of_text(b"a" * 50_000_000) == [
        "the file has 50.0 MB, and at most 20 MB are read; split the programme into several"
    ]


def test_another_format_is_named_and_nothing_else() -> None:
    assert findings_of_text("format: sarangchae-plan/1\nscenario: nairl\n") == [
        "format: expected sarangchae-scenario/1, found 'sarangchae-plan/1'"
    ]


def test_a_missing_format_is_one_of_the_findings() -> None:
    document = make_document()
    del document["format"]
    del document["programme"]["timezone"]

    assert findings_of_text(json.dumps(document)) == [
        "format: missing; write 'format: sarangchae-scenario/1'",
        "programme.timezone: missing; it is required",
    ]


def test_the_schema_knows_every_key_its_default_and_its_spelling() -> None:
    schema = json_schema()
    site = schema["$defs"]["Site"]

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert list(schema["properties"]) == FIELDS
    assert schema["required"] == ["format", "programme"]
    assert schema["properties"]["format"] == {"const": "sarangchae-scenario/1"}
    assert schema["additionalProperties"] is False
    assert site["additionalProperties"] is False
    assert site["properties"]["id"]["pattern"] == "^[a-z0-9][a-z0-9._-]{0,63}$"
    assert site["properties"]["address"]["default"] == ""
    assert site["description"].startswith("A place with a time zone")
