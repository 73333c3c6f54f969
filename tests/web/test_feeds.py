"""Feeds as the real server sends them: the same bytes, the right status, nothing of a session."""

from __future__ import annotations

import gzip
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from models.database import Database, open_database
from models.link_store import load_links
from models.migrate import upgrade
from models.release_store import Scope, ScopeKind
from tests.builders import make_problem, make_researcher, make_residency
from tests.web.calendar_clients import read_by_icalendar
from tests.web.laboratory import later, plan_by_hand, publish, seed
from tests.web.served import Served, serving
from web.settings import read_settings
from web.use_cases.links.making import LinkMaker, replace_link
from web.use_cases.releases.publish import Publisher

ADA = Scope(kind=ScopeKind.RESEARCHER, id="ada")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lab:
    """A laboratory with a release, the folder of its server, and the paths of its feeds."""

    folder: Path
    database: Database
    maker: LinkMaker

    def path(self, scope: Scope = ADA) -> str:
        """Return the path of a reader's feed."""
        with self.database.reading() as session:
            links = {link.scope: link.id for link in load_links(session, "lab")}
        return f"/c/{self.maker.token(links[scope])}.ics"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Publish Ada's stay; the researcher Bo has a link and no stay."""
    folder = tmp_path_factory.mktemp("lab")
    settings = read_settings({"SARANGCHAE_DATA": str(folder)}, here=folder)
    upgrade(settings.database_url)
    database = open_database(settings.database_url)
    maker = LinkMaker(public_url=settings.public_url, secret=settings.secret)
    publisher = Publisher(domain="lab.example.org", maker=maker)
    problem = make_problem(researchers=(make_researcher("ada"), make_researcher("bo")))
    seed(database, problem)
    plan_by_hand(database, problem, make_residency("ada"))
    publish(database, publisher=publisher)
    yield Lab(folder=folder, database=database, maker=maker)
    database.close()


@pytest.fixture(scope="module")
def server(lab: Lab) -> Iterator[Served]:
    with serving(lab.folder, SARANGCHAE_DOMAIN="lab.example.org") as served:
        yield served


def test_a_feed_is_a_calendar_shown_in_place(lab: Lab, server: Served) -> None:
    answer = server.ask(lab.path())
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"] == "inline"
    assert answer.body.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"\r\nDTSTART;VALUE=DATE:20260105\r\nDTEND;VALUE=DATE:20260202\r\n" in answer.body


def test_a_feed_neither_sets_nor_reads_a_cookie(lab: Lab, server: Served) -> None:
    answer = server.ask(lab.path(), Cookie="sarangchae=forged; lang=ko")
    assert "set-cookie" not in answer.headers
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.body == server.ask(lab.path()).body


def test_a_feed_keeps_its_address_to_itself(lab: Lab, server: Served) -> None:
    headers = server.ask(lab.path()).headers
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-robots-tag"] == "noindex, nofollow"
    assert headers["cache-control"] == "private, no-cache"


def test_two_requests_get_equal_bytes_and_tags(lab: Lab, server: Served) -> None:
    one, two = server.ask(lab.path()), server.ask(lab.path())
    assert (one.body, one.headers["etag"]) == (two.body, two.headers["etag"])


def test_bytes_and_tag_outlive_the_server(lab: Lab, server: Served, tmp_path: Path) -> None:
    before = server.ask(lab.path())
    port = {"SARANGCHAE_PUBLIC_URL": f"http://127.0.0.1:{server.port}"}
    moved = shutil.copytree(lab.folder, tmp_path / "moved")
    with serving(moved, SARANGCHAE_DOMAIN="lab.example.org", **port) as again:
        after = again.ask(lab.path())
        tagged = again.ask(lab.path(), If_None_Match=before.headers["etag"])
    assert (after.body, after.headers["etag"]) == (before.body, before.headers["etag"])
    assert tagged.status == 304


@pytest.mark.parametrize("spelling", ["{tag}", "W/{tag}", '"other", {tag}', '"a", W/{tag}', "*"])
def test_a_client_that_has_the_bytes_is_told_so(lab: Lab, server: Served, spelling: str) -> None:
    tag = server.ask(lab.path()).headers["etag"]
    answer = server.ask(lab.path(), If_None_Match=spelling.format(tag=tag))
    assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", tag)


@pytest.mark.parametrize("asked", ["identity", "gzip", "gzip;q=1", "gzip, deflate"])
def test_whoever_has_the_bytes_gets_the_same_answer_however_the_tag_is_spelled(
    lab: Lab, server: Served, asked: str
) -> None:
    tag = server.ask(lab.path(), Accept_Encoding=asked).headers["etag"]
    answers = [
        server.ask(lab.path(), Accept_Encoding=asked, If_None_Match=spelled)
        for spelled in (tag, f"W/{tag}")
    ]
    quick, careful = ({**answer.headers, "date": ""} for answer in answers)
    assert [answer.status for answer in answers] == [304, 304]
    assert quick == careful
    assert server.ask(f"{lab.path()}?lang=ko", If_None_Match=tag).status == 200


def test_the_tag_of_packed_bytes_is_not_that_of_plain_ones(lab: Lab, server: Served) -> None:
    packed = server.ask(lab.path(), Accept_Encoding="gzip").headers["etag"]
    assert server.ask(lab.path(), If_None_Match=packed).status == 200
    plain = server.ask(lab.path()).headers["etag"]
    assert server.ask(lab.path(), Accept_Encoding="gzip", If_None_Match=plain).status == 200


def test_a_client_with_other_bytes_gets_these(lab: Lab, server: Served) -> None:
    assert server.ask(lab.path(), If_None_Match='"other"').status == 200


def test_a_tag_that_is_not_quoted_is_no_reason_to_fail(lab: Lab, server: Served) -> None:
    assert server.ask(lab.path(), If_None_Match="other").status == 200


def test_the_tag_wins_over_the_date(lab: Lab, server: Served) -> None:
    moment = server.ask(lab.path()).headers["last-modified"]
    answer = server.ask(lab.path(), If_None_Match='"other"', If_Modified_Since=moment)
    assert answer.status == 200


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("Mon, 05 Jan 2026 00:30:00 GMT", 304),
        ("Tue, 06 Jan 2026 00:00:00 GMT", 304),
        ("Mon, 05 Jan 2026 00:29:59 GMT", 200),
        ("yesterday", 200),
    ],
)
def test_a_date_is_compared_with_that_of_the_release(
    lab: Lab, server: Served, since: str, status: int
) -> None:
    assert server.ask(lab.path(), If_Modified_Since=since).status == status


def test_the_head_of_a_feed_is_the_feed_without_its_body(lab: Lab, server: Served) -> None:
    whole, head = server.ask(lab.path()), server.ask(lab.path(), method="HEAD")
    assert head.body == b""
    ours = ("content-length", "content-type", "etag", "last-modified", "vary")
    assert [head.headers[name] for name in ours] == [whole.headers[name] for name in ours]
    assert int(whole.headers["content-length"]) == len(whole.body)


@pytest.mark.parametrize("asked", ["gzip", "gzip, deflate, br", "br;q=1.0, gzip;q=0.5"])
def test_a_client_that_asks_for_it_gets_packed_bytes(lab: Lab, server: Served, asked: str) -> None:
    plain, packed = server.ask(lab.path()), server.ask(lab.path(), Accept_Encoding=asked)
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["etag"] != plain.headers["etag"]
    assert packed.headers["etag"].startswith('"')
    again = server.ask(lab.path(), Accept_Encoding=asked, If_None_Match=packed.headers["etag"])
    assert again.status == 304


@pytest.mark.parametrize("asked", ["identity", "*", "gzip;q=0", "br"])
def test_a_client_that_does_not_ask_gets_plain_bytes(lab: Lab, server: Served, asked: str) -> None:
    answer = server.ask(lab.path(), Accept_Encoding=asked)
    assert "content-encoding" not in answer.headers
    assert answer.body.startswith(b"BEGIN:VCALENDAR")


def test_a_download_has_a_plain_and_a_full_name(lab: Lab, server: Served) -> None:
    answer = server.ask(f"{lab.path()}?download=1&lang=ko")
    assert answer.headers["content-disposition"] == (
        'attachment; filename="lab-researcher-ada.ics"; '
        "filename*=UTF-8''ada%20%E2%80%93%20Lab%20%EC%B2%B4%EB%A5%98.ics"
    )


@pytest.mark.parametrize(
    ("language", "summaries"),
    [
        ("en", ["Arrival: zone-a, seoul", "Residency: ada, zone-a", "Departure: zone-a, seoul"]),
        ("ko", ["도착: zone-a, seoul", "체류: ada, zone-a", "출발: zone-a, seoul"]),
        (
            "fr",
            [
                "Arrivée\xa0: zone-a, seoul",
                "Résidence\xa0: ada, zone-a",
                "Départ\xa0: zone-a, seoul",
            ],
        ),
        ("ar", ["الوصول: zone-a، seoul", "إقامة: ada، zone-a", "المغادرة: zone-a، seoul"]),
    ],
)
def test_a_feed_speaks_the_language_asked_for(
    lab: Lab, server: Served, language: str, summaries: list[str]
) -> None:
    body = server.ask(f"{lab.path()}?lang={language}").body
    assert [event.summary for event in read_by_icalendar(body)] == summaries


def test_a_language_that_calendars_do_not_speak_is_refused(lab: Lab, server: Served) -> None:
    answer = server.ask(f"{lab.path()}?lang=de")
    assert (answer.status, answer.body) == (400, b"lang: one of en, ko, fr, ar\n")


@pytest.mark.parametrize("kind", ["programme lab", "track vision", "zone zone-a"])
def test_everything_that_has_a_calendar_shows_the_stay(lab: Lab, server: Served, kind: str) -> None:
    name, _, subject = kind.partition(" ")
    body = server.ask(lab.path(Scope(kind=ScopeKind(name), id=subject))).body
    assert body.count(b"BEGIN:VEVENT") == 1
    assert b"\r\nUID:lab.ada@lab.example.org\r\n" in body


def test_a_reader_without_a_stay_has_an_empty_calendar_with_a_name(
    lab: Lab, server: Served
) -> None:
    body = server.ask(lab.path(Scope(kind=ScopeKind.RESEARCHER, id="bo"))).body
    assert body.count(b"BEGIN:VEVENT") == 0
    assert body.count(b"BEGIN:VTIMEZONE") == 1
    assert "\r\nNAME:bo \u2013 Lab residency\r\n".encode() in body


def test_an_unknown_link_and_a_revoked_one_are_the_same(lab: Lab, server: Served) -> None:
    scope = Scope(kind=ScopeKind.HOST, id="kim")
    old = lab.path(scope)
    assert server.ask(old).status == 200
    with lab.database.writing() as session:
        replace_link(session, "lab", scope, lab.maker, now=later(hours=1))
    revoked, unknown = server.ask(old), server.ask("/c/unknown.ics")
    assert (revoked.status, revoked.body) == (404, b"No such calendar.\n")
    assert (unknown.status, unknown.body) == (404, b"No such calendar.\n")
    assert revoked.headers.keys() == unknown.headers.keys()
    assert server.ask(lab.path(scope)).status == 200


def test_what_no_link_can_be_is_not_there(server: Served) -> None:
    paths = ["/c/x.ics", "/c/%00.ics", "/c/%ED%B3%BF.ics", "/c/%FF%FE.ics", f"/c/{'x' * 3000}.ics"]
    answers = [server.ask(path) for path in paths]
    assert [(each.status, each.body) for each in answers] == [(404, b"No such calendar.\n")] * 5
    assert server.ask("/c/%ED%86%A0%ED%81%B0.ics").status == 404


def test_the_server_notes_a_broken_request_without_its_address(lab: Lab, server: Served) -> None:
    path = lab.path()
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(f"GET {path}\r\n\r\n".encode())
        connection.recv(4096)
    assert server.process.stdout is not None
    line = next(line for line in server.process.stdout if "Invalid" in line)
    assert line.rstrip().endswith("Invalid HTTP request line: 'GET /c/…'")


def test_no_robots_txt_forbids_feeds(server: Served) -> None:
    assert server.ask("/robots.txt").status == 404


def test_a_feed_cannot_be_written_to(lab: Lab, server: Served) -> None:
    assert server.ask(lab.path(), method="POST").status in {400, 405}
    assert server.ask(lab.path(), method="PUT").status == 405


def test_what_a_feed_needs_loads_no_solver() -> None:
    script = "import sys, web.feeds; print('ortools' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "False\n"
