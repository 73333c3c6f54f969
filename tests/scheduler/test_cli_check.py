"""``sarangchae check``, ``schema``, ``sample`` and the group itself."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from scheduler.problem.scenario_file import load_scenario, scenario_bytes, sha256_of
from tests.builders import make_problem, make_request
from tests.commands import run, run_process, write_scenario


def test_a_sound_scenario_is_told_in_a_sentence(tmp_path: Path) -> None:
    problem = make_problem(requests=(make_request("ada"), make_request("bob", withdrawn=True)))
    path = write_scenario(problem, tmp_path)

    result = run("check", path)

    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout == (
        f"{path}: sound. Programme lab, 2026-01-05 to 2026-03-29: 1 submitted of 2 requests, "
        "1 slot, 1 zone with 8 desks, 1 host\n"
    )


def test_a_sound_scenario_is_told_to_programs(tmp_path: Path) -> None:
    path = write_scenario(make_problem(), tmp_path)

    result = run("check", path, "--json")

    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "ok": True,
        "scenario_sha256": sha256_of(scenario_bytes(make_problem())),
        "scenario": "lab",
        "first_day": "2026-01-05",
        "last_day": "2026-03-29",
        "requests": 1,
        "submitted": 1,
        "researchers": 1,
        "hosts": 1,
        "sites": 1,
        "zones": 1,
        "desks": 8,
        "slots": 1,
        "pools": 1,
        "published": 0,
        "findings": [],
    }


def test_every_error_is_told_under_the_name_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("format: sarangchae-scenario/1\nprogramme: 3\nhalls: []\n")

    result = run("check", path)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert [line.split(";")[0] for line in result.stderr.splitlines()] == [
        f"{path}: 2 errors",
        "  programme: expected a map, found 3",
        "  halls: unknown key 'halls'",
    ]


def test_every_error_is_told_to_programs(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("format: sarangchae-scenario/1\nprogramme: 3\n")

    result = run("check", path, "--json")

    assert result.exit_code == 2
    assert json.loads(result.stdout) == {
        "ok": False,
        "findings": [{"place": "programme", "message": "expected a map, found 3"}],
    }


def test_a_flood_of_errors_is_cut_on_a_terminal_and_not_for_programs(tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    requests = [{"id": f"r{number}"} for number in range(300)]
    path.write_text(json.dumps({"format": "sarangchae-scenario/1", "requests": requests}))

    shown, told = run("check", path), run("check", path, "--json")

    assert shown.stderr.splitlines()[0] == f"{path}: 1,501 errors"
    assert shown.stderr.splitlines()[-1] == "  and 1,401 more"
    assert len(json.loads(told.stdout)["findings"]) == 1501


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.yaml", b"", "the file is empty"),
        ("image.png", b"\x89PNG\r\n", "byte 1 is not UTF-8; save the file as UTF-8"),
        (
            "bomb.yaml",
            b"a: &a [*a]",
            "line 1, column 4: &a: anchors and aliases are not read; write the value out",
        ),
        (
            "huge.yaml",
            b" " * 50_000_000,
            "the file has 50.0 MB, and at most 20 MB are read; split the programme into several",
        ),
    ],
)
def test_an_unreadable_file_is_one_clear_line(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    result = run("check", path)

    assert (result.exit_code, result.stderr) == (2, f"{path}: {message}\n")


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    missing, folder = run("check", tmp_path / "none.yaml"), run("check", tmp_path)

    assert (missing.exit_code, missing.stderr) == (
        2,
        f"{tmp_path / 'none.yaml'}: No such file or directory; check how it is spelt\n",
    )
    assert (folder.exit_code, folder.stderr) == (
        2,
        f"{tmp_path}: Is a directory; name a file in it\n",
    )


def test_check_as_a_process_pays_for_no_solver(tmp_path: Path) -> None:
    path = write_scenario(make_problem(), tmp_path)
    script = (
        "import sys, runpy\n"
        f"sys.argv = ['sarangchae', 'check', {str(path)!r}]\n"
        "try:\n    runpy.run_module('scheduler.cli', run_name='__main__')\n"
        "except SystemExit as end:\n    print(end.code, 'ortools' in sys.modules)\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert ended.stdout.splitlines()[-1] == "0 False"


def test_errors_of_a_process_have_no_traceback(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("- 1\n")

    ended = run_process("check", path)

    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr == (
        f"{path}: expected a map with the keys format, programme, policy, sites, ..., "
        "found a list\n"
    )


def test_schema_is_json() -> None:
    result = run("schema")

    assert result.exit_code == 0
    assert json.loads(result.stdout)["title"] == "Sarangchae scenario"


def test_a_sample_is_a_sound_scenario_and_the_same_for_the_same_seed(tmp_path: Path) -> None:
    for name in ("one.yaml", "two.json"):
        assert run("sample", "tiny", "--seed", "3", "-o", tmp_path / name).exit_code == 0

    assert load_scenario(tmp_path / "one.yaml") == load_scenario(tmp_path / "two.json")
    assert len(load_scenario(tmp_path / "one.yaml").requests) == 4


def test_a_sample_is_not_made_where_it_could_not_be_written(tmp_path: Path) -> None:
    result = run("sample", "tiny", "-o", tmp_path / "nowhere" / "x.yaml")

    assert (result.exit_code, result.stderr) == (
        2,
        f"{tmp_path / 'nowhere'}: no such folder; check how it is spelt\n",
    )


def test_a_family_that_is_none_is_refused_with_those_that_are(tmp_path: Path) -> None:
    result = run("sample", "gigantic", "-o", tmp_path / "x.yaml")

    assert result.exit_code == 2
    assert "'tiny', 'small', 'medium', 'hub', 'large', 'federation'" in result.stderr


def test_help_lists_the_commands_in_the_order_of_work() -> None:
    result = run("--help")

    assert result.exit_code == 0
    assert re.findall(r"^  (\w+)  ", result.stdout, flags=re.MULTILINE) == [
        "check",
        "solve",
        "verify",
        "explain",
        "replan",
        "whatif",
        "stability",
        "robustness",
        "schema",
        "sample",
    ]


def test_an_unknown_command_is_refused() -> None:
    result = run("plot")

    assert result.exit_code == 2
    assert "No such command 'plot'" in result.stderr


def test_the_version_is_that_of_the_package() -> None:
    assert run("--version").stdout == f"sarangchae, version {version('sarangchae')}\n"
