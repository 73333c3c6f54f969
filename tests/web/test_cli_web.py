"""The server's commands: what they do, that they may be repeated, and how they refuse."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from models.database import open_database
from models.programme_store import load_programmes
from models.release_store import find_latest_release
from scheduler.problem.scenario_file import save_scenario
from scheduler.problem.types import TrackId, ZoneId
from tests.builders import make_pin, make_problem, make_residency, make_track, make_zone
from tests.web.laboratory import plan_by_hand
from tests.web.served import sarangchae, serving
from web.cli import main

Run = Callable[..., Result]

COMMANDS = {"migrate": ["migrate"], "sign-in": ["sign-in"], "serve": ["serve", "--port", "0"]}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that runs a command with its data in a folder of the test's own."""

    def call(*arguments: str, **environment: str) -> Result:
        names = ("DATABASE_URL", "DOMAIN", "PUBLIC_URL")
        silent: dict[str, str | None] = {f"SARANGCHAE_{name}": None for name in names}
        env = silent | {"SARANGCHAE_DATA": str(tmp_path / "data")} | environment
        return CliRunner().invoke(main, arguments, env=env, prog_name="sarangchae")

    return call


@pytest.fixture
def scenario(tmp_path: Path) -> str:
    """Return the path of the tiny laboratory's scenario file."""
    path = tmp_path / "lab.yaml"
    save_scenario(make_problem(), path)
    return str(path)


def url_of(folder: Path) -> str:
    return f"sqlite:///{folder / 'data' / 'sarangchae.db'}"


def plan_ada(folder: Path) -> None:
    database = open_database(url_of(folder))
    plan_by_hand(database, make_problem(), make_residency("ada"))
    database.close()


def test_help_names_every_command(run: Run) -> None:
    said = run("--help").output
    names = re.findall(r"^  ([a-z-]+)  ", said.partition("Commands:")[2], flags=re.MULTILINE)
    on_files = ["check", "solve", "verify", "explain"]
    on_plans = ["replan", "whatif", "stability", "robustness"]
    others = ["schema", "sample", "calendar"]
    assert names == [
        *on_files,
        *on_plans,
        *others,
        "migrate",
        "seed",
        "plan",
        "publish",
        "reply",
        "serve",
        "sign-in",
    ]


def test_migrating_twice_is_as_good_as_once(run: Run) -> None:
    results = [run("migrate"), run("migrate")]
    assert [(done.exit_code, done.output) for done in results] == [
        (0, "The database is up to date.\n")
    ] * 2


def test_seeding_stores_a_scenario_and_replaces_it(run: Run, scenario: str) -> None:
    run("migrate")
    results = [run("seed", scenario), run("seed", scenario)]
    assert [(done.exit_code, done.output) for done in results] == [
        (0, "Programme lab stored: 1 requests.\n"),
        (0, "Programme lab replaced: 1 requests.\n"),
    ]


def test_seeding_an_empty_database_only_leaves_a_full_one_alone(
    run: Run, scenario: str, tmp_path: Path
) -> None:
    run("migrate")
    run("seed", scenario)
    save_scenario(make_problem(zones=(make_zone(desks=2),)), Path(scenario))
    done = run("seed", scenario, "--if-empty")
    assert (done.exit_code, done.output) == (
        0,
        "The database holds a programme already; it stays as it is.\n",
    )
    with sqlite3.connect(tmp_path / "data" / "sarangchae.db") as connection:
        assert connection.execute("SELECT desks FROM zones").fetchall() == [(8,)]
    connection.close()


def test_a_database_may_be_named_in_the_command(run: Run, scenario: str, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'other.db'}"
    assert run("migrate", "--database", url).exit_code == 0
    assert run("seed", scenario, "--database", url).exit_code == 0
    database = open_database(url)
    with database.reading() as session:
        assert [programme.id for programme in load_programmes(session)] == ["lab"]
    database.close()


def test_publishing_makes_a_release_once(run: Run, scenario: str, tmp_path: Path) -> None:
    run("migrate")
    run("seed", scenario)
    plan_ada(tmp_path)
    results = [run("publish", "--note", "the first"), run("publish")]
    assert [(done.exit_code, done.stdout) for done in results] == [
        (0, "Programme lab published: release 1.\n"),
        (0, "Release 1 says the same as the draft.\n"),
    ]
    assert results[0].stderr == (
        "Warnings taken as read, named on the release's page: 2.\n"
        "Mails that wait on the pages to be read and sent: 1.\n"
    )
    database = open_database(url_of(tmp_path))
    with database.reading() as session:
        release = find_latest_release(session, "lab")
    database.close()
    assert release is not None
    assert release.note == "the first"


def test_planning_says_what_was_reached_and_publishes(run: Run, scenario: str) -> None:
    run("migrate")
    run("seed", scenario)
    done = run("plan", "--publish", "--quiet")
    planned, published = done.stdout.splitlines()
    assert done.exit_code == 0
    assert re.fullmatch(
        r"Programme lab planned: objective 3,000, bound 3,000, proven optimal, \d+\.\d s\.", planned
    )
    assert published == "Programme lab published: release 1."


def test_the_commands_of_a_first_start_may_be_repeated(run: Run, scenario: str) -> None:
    commands = (["migrate"], ["seed", scenario, "--if-empty"], ["plan", "--if-none", "--publish"])
    for command in commands:
        assert run(*command).exit_code == 0
    again = [run(*command) for command in commands]
    assert [(done.exit_code, done.output) for done in again] == [
        (0, "The database is up to date.\n"),
        (0, "The database holds a programme already; it stays as it is.\n"),
        (0, "Programme lab has a plan already.\nRelease 1 says the same as the draft.\n"),
    ]


def test_pins_that_cannot_hold_end_planning_with_their_names(run: Run, scenario: str) -> None:
    closed = make_zone("zone-b", tracks=(TrackId("robots"),))
    problem = make_problem(
        tracks=(make_track("vision"), make_track("robots")),
        zones=(make_zone(), closed),
        pins=(make_pin("ada", zone=ZoneId("zone-b")),),
    )
    save_scenario(problem, Path(scenario))
    run("migrate")
    run("seed", scenario)
    done = run("plan", "--quiet")
    assert done.exit_code == 2
    assert done.output.startswith("pins cannot hold:\nada: ")


def test_a_sign_in_link_is_printed_once_for_each_call(run: Run) -> None:
    run("migrate")
    said = [run("sign-in", SARANGCHAE_PUBLIC_URL="https://lab.example.org") for _ in range(2)]
    links = [result.output.splitlines()[-1] for result in said]
    assert links[0] != links[1]
    assert all(re.fullmatch(r"https://lab\.example\.org/sign-in/[\w-]{43}", link) for link in links)


@pytest.mark.parametrize(
    "command", [["seed", "SCENARIO"], ["plan"], ["publish"], ["sign-in"], ["serve", "--port", "0"]]
)
def test_a_database_without_tables_asks_for_migrate(
    run: Run, scenario: str, command: list[str]
) -> None:
    done = run(*[scenario if word == "SCENARIO" else word for word in command])
    assert done.exit_code == 2
    assert "sarangchae migrate" in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize("command", ["migrate", "sign-in", "serve"])
def test_a_database_of_a_newer_version_is_refused(run: Run, tmp_path: Path, command: str) -> None:
    run("migrate")
    with sqlite3.connect(tmp_path / "data" / "sarangchae.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    done = run(*COMMANDS[command])
    assert done.exit_code == 2
    assert "written by a newer version" in done.output


@pytest.mark.parametrize("command", ["sign-in", "serve"])
def test_a_locked_database_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    defaults = open_database.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "lock_seconds", 0.1)
    run("migrate")
    connection = sqlite3.connect(tmp_path / "data" / "sarangchae.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    done = run(*COMMANDS[command])
    connection.close()
    assert done.exit_code == 2
    assert "locked by another process" in done.output


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://lab@127.0.0.1:1/lab", "postgresql"),
        ("mysql://lab@db/lab", "mysql is not supported"),
        ("sqlite:////proc/lab.db", "/proc/lab.db"),
        ("no database", "no database address"),
    ],
)
def test_a_database_that_cannot_be_reached_is_named(run: Run, url: str, said: str) -> None:
    done = run("migrate", SARANGCHAE_DATABASE_URL=url)
    assert done.exit_code == 2
    assert said in done.output
    assert "Traceback" not in done.output


def test_a_database_without_a_programme_asks_for_seed(run: Run) -> None:
    run("migrate")
    done = run("publish")
    assert done.exit_code == 2
    assert "store one with `sarangchae seed SCENARIO`" in done.output


def test_of_several_programmes_one_is_named(run: Run, scenario: str, tmp_path: Path) -> None:
    run("migrate")
    run("seed", scenario)
    other = Path(scenario).read_text().replace("id: lab", "id: atelier", 1)
    (tmp_path / "atelier.yaml").write_text(other)
    run("seed", str(tmp_path / "atelier.yaml"))
    done = run("publish")
    assert (done.exit_code, done.output) == (
        2,
        "name one of the programmes with --programme: atelier, lab\n",
    )
    assert "Nobody has a place in programme lab yet." in run("publish", "--programme", "lab").output


def test_a_scenario_that_is_wrong_changes_nothing(run: Run, scenario: str) -> None:
    run("migrate")
    Path(scenario).write_text("format: sarangchae-scenario/1\nprogramme: 3\n")
    done = run("seed", scenario)
    assert done.exit_code == 2
    assert "programme" in done.output
    assert "holds no programme" in run("publish").output


def test_a_port_in_use_is_named_with_the_remedy(tmp_path: Path) -> None:
    sarangchae(tmp_path, "migrate")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = sarangchae(tmp_path, "serve", "--port", str(port))
    assert (done.returncode, done.stderr) == (
        2,
        f"port {port} is in use: stop what uses it, or choose another with --port\n",
    )


def test_a_server_without_the_browser_libraries_says_how_to_get_them(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.cli.serve.VENDOR", tmp_path / "vendor")
    run("migrate")
    done = run("serve", "--port", "0")
    assert (done.exit_code, done.output) == (
        2,
        (
            f"The browser libraries are missing from {tmp_path / 'vendor'}: bring them in with "
            "`make install`, or with `python -m web.frontend.build`\n"
        ),
    )


def test_a_server_whose_texts_cannot_be_compiled_says_so(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "ko" / "LC_MESSAGES"
    (folder / "messages.mo" / "in-the-way").mkdir(parents=True)
    (folder / "messages.po").write_text("")
    os.utime(folder / "messages.mo", (0, 0))
    monkeypatch.setattr("web.cli.serve.TRANSLATIONS", tmp_path)
    run("migrate")
    done = run("serve", "--port", "0")
    assert (done.exit_code, done.output) == (
        2,
        f"{folder / 'messages.mo'} cannot be written (Is a directory): start once as its owner\n",
    )


@pytest.mark.parametrize("command", ["sign-in", "serve"])
def test_a_data_folder_that_cannot_be_used_is_named(run: Run, tmp_path: Path, command: str) -> None:
    (tmp_path / "data").write_text("a file in the way")
    done = run(*COMMANDS[command])
    assert (done.exit_code, done.output) == (
        2,
        (
            f"The data folder {tmp_path / 'data'} cannot be used (File exists): "
            "set SARANGCHAE_DATA to a folder that may be written\n"
        ),
    )


def test_an_address_that_is_not_this_machines_is_named(run: Run) -> None:
    run("migrate")
    done = run("serve", "--host", "192.0.2.1", "--port", "0")
    assert (done.exit_code, done.output) == (
        2,
        "cannot listen at 192.0.2.1, port 0: give an address of this machine with --host\n",
    )


def test_the_link_that_serve_prints_opens_the_pages(tmp_path: Path) -> None:
    sarangchae(tmp_path, "migrate")
    with serving(tmp_path) as server:
        page = server.ask(server.sign_in_path)
        assert page.status == 200
        token = re.search(rb'name="csrf_token" value="([^"]+)"', page.body)
        assert token is not None
        cookie = page.headers["set-cookie"].partition(";")[0]
        done = server.ask(
            server.sign_in_path, method="POST", Cookie=cookie, X_CSRFToken=token[1].decode()
        )
        assert (done.status, done.headers["location"]) == (303, "/")
        inside = server.ask("/", Cookie=done.headers["set-cookie"].partition(";")[0])
        assert inside.status == 200
        link = sarangchae(tmp_path, "sign-in").stdout.splitlines()[-1]
        assert link.startswith(f"http://127.0.0.1:{server.port}/sign-in/")


def test_a_data_folder_is_served_once_until_its_server_ends_even_by_a_crash(
    tmp_path: Path,
) -> None:
    sarangchae(tmp_path, "migrate")
    with serving(tmp_path) as server:
        address = (tmp_path / "address").read_text()
        second = sarangchae(tmp_path, "serve", "--port", "0")
        assert (second.returncode, second.stderr) == (
            2,
            (
                f"the data folder {tmp_path} is being served already at "
                f"http://127.0.0.1:{server.port}: stop that server first, or set SARANGCHAE_DATA "
                "to another folder\n"
            ),
        )
        assert (tmp_path / "address").read_text() == address
        server.process.kill()
        server.process.wait(timeout=30)
        with serving(tmp_path) as another:
            assert another.ask("/sign-in").status == 403


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_server_ends_without_a_word_when_it_is_told_to(tmp_path: Path, number: int) -> None:
    sarangchae(tmp_path, "migrate")
    with serving(tmp_path) as server:
        assert server.ask("/sign-in").status == 403
        server.process.send_signal(number)
        said, _ = server.process.communicate(timeout=30)
        assert (server.process.returncode, said) == (0, "")
