"""A calendar is synchronised by HTTP into somebody's own files, and again after a release."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from models.database import Database, open_database
from models.link_store import load_links
from models.migrate import upgrade
from models.problem_loader import load_problem
from models.release_store import ScopeKind
from tests.builders import day, make_residency
from tests.web.calendar_clients import ReadEvent, read_by_icalendar, run_khal
from tests.web.laboratory import later, plan_by_hand, publish, seed
from tests.web.served import serving
from web.settings import read_settings
from web.use_cases.links.making import LinkMaker
from web.use_cases.releases.publish import Publisher


def test_vdirsyncer_fetches_a_feed_and_what_a_release_changed_and_khal_lists_it(
    tmp_path: Path,
) -> None:
    settings = read_settings({"SARANGCHAE_DATA": str(tmp_path / "data")}, here=tmp_path)
    upgrade(settings.database_url)
    database = open_database(settings.database_url)
    maker = LinkMaker(public_url=settings.public_url, secret=settings.secret)
    publisher = Publisher(domain="lab.example.org", maker=maker)
    plan_by_hand(database, seed(database), make_residency("ada"))
    publish(database, publisher=publisher)
    with serving(settings.data) as served:
        path = f"/c/{_token(database, maker)}.ics"
        _configure(tmp_path, f"http://127.0.0.1:{served.port}{path}")
        _run(tmp_path, "discover", "lab")
        _run(tmp_path, "sync")
        first = _stored(tmp_path / "lab")
        assert first == _nameless(read_by_icalendar(served.ask(path).body))
        _move_ada(database, publisher)
        _run(tmp_path, "sync")
        second = _stored(tmp_path / "lab")
        assert second == _nameless(read_by_icalendar(served.ask(path).body))
    database.close()
    assert [event.sequence for event in first] == [0, 0, 0]
    assert [event.sequence for event in second] == [1, 1, 1]
    listed = run_khal(tmp_path, "list", "--day-format", "{date}", "--format", "{title}",
                      "2026-02-02", "2026-02-03")  # fmt: skip
    assert listed.splitlines() == [
        "2026-02-02",
        "Arrival: zone-a, seoul",
        "Residency: ada, zone-a",
        "2026-02-03",
        "Residency: ada, zone-a",
    ]


def _token(database: Database, maker: LinkMaker) -> str:
    with database.reading() as session:
        [link] = load_links(session, "lab", ScopeKind.RESEARCHER)
    return maker.token(link.id)


def _move_ada(database: Database, publisher: Publisher) -> None:
    with database.reading() as session:
        problem = load_problem(session, "lab")
    moved = make_residency("ada", first_day=day("2026-02-02"))
    plan_by_hand(database, problem, moved, now=later(hours=1))
    publish(database, publisher=publisher, now=later(hours=2))


def _configure(home: Path, address: str) -> None:
    (home / "lab").mkdir()
    (home / "vdirsyncer.conf").write_text(
        f'[general]\nstatus_path = "{home / "status"}"\n'
        '[pair lab]\na = "remote"\nb = "files"\ncollections = null\n'
        f'[storage remote]\ntype = "http"\nurl = "{address}"\n'
        f'[storage files]\ntype = "filesystem"\npath = "{home / "lab"}"\nfileext = ".ics"\n',
        encoding="utf-8",
    )


def _run(home: Path, *arguments: str) -> None:
    """Run vdirsyncer, which must succeed."""
    command = Path(sys.executable).parent / "vdirsyncer"
    subprocess.run(
        [command, "-c", str(home / "vdirsyncer.conf"), *arguments],
        check=True,
        capture_output=True,
        timeout=60,
    )


def _stored(folder: Path) -> list[ReadEvent]:
    """Return the events of all files of a folder."""
    return _nameless(
        each for path in folder.glob("*.ics") for each in read_by_icalendar(path.read_bytes())
    )


def _nameless(events: Iterable[ReadEvent]) -> list[ReadEvent]:
    """Return events in order without their ids: vdirsyncer gives those of a web address its own."""
    return sorted(
        (replace(event, uid="") for event in events),
        key=lambda event: (event.first, event.stop, event.summary),
    )
