"""Measurements of the feeds: what each kind of answer costs, beside a bare view, over HTTP."""

from __future__ import annotations

import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from models.database import Database, open_database
from models.link_store import Link, load_links
from models.migrate import upgrade
from models.release_store import ScopeKind, add_release
from models.scenario_store import store_scenario
from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.types import RequestId, ResearcherId, ZoneId
from tests.bench.figures import Figure
from tests.builders import (
    make_problem,
    make_request,
    make_researcher,
    make_residency,
    make_zone,
)
from tests.web.laboratory import NOW
from tests.web.served import ROOT, serving
from web.calendars.entries import entries_of
from web.calendars.revision import revise
from web.settings import Settings, read_settings
from web.use_cases.links.making import LinkMaker, create_links
from web.use_cases.releases.entries import stored_entry
from web.use_cases.researchers.feeds import Feeds

ASKED = 400
AT_ONCE = 4
SECONDS = 3.0
TURNS = 5

BARE = """
from flask import Flask
from web.cli.server import Server, listen

app = Flask("bare")
app.add_url_rule("/", view_func=lambda: ("", 304))
listener = listen("127.0.0.1", 0)
print(listener.getsockname()[1], flush=True)
Server(listener, lambda: app, lambda _: None).run()
"""


class Place(NamedTuple):
    """A server's port and the request to send to it, as bytes."""

    port: int
    request: bytes


def feed_figures() -> Iterator[Figure]:
    """Measure feeds of a thousand residencies, the answers of a server, and a release of 600."""
    with _published(600) as (settings, database):
        yield _rebuilt(settings, database)
    with _published(1000) as (settings, database):
        yield from _made(settings, database)
        yield from _served(settings, database)


@contextmanager
def _published(stays: int) -> Iterator[tuple[Settings, Database]]:
    """Give a database with a release of so many stays, a researcher each, in twenty zones."""
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"SARANGCHAE_DATA": folder}, here=Path(folder))
        upgrade(settings.database_url)
        database = open_database(settings.database_url)
        problem, plan = _case(stays)
        maker = _maker(settings)
        with database.writing() as session:
            store_scenario(session, problem)
            fresh = entries_of(problem, plan, domain=settings.domain, stamp=NOW)
            add_release(
                session,
                programme_id=problem.programme.id,
                plan_id=None,
                note="",
                scenario_sha256="",
                status="feasible",
                objective=0,
                bound=0,
                now=NOW,
                entries=map(stored_entry, revise((), fresh, stamp=NOW, today=NOW.date())),
            )
            create_links(session, problem, maker, now=NOW)
        yield settings, database
        database.close()


def _case(stays: int) -> tuple[Problem, Plan]:
    names = [f"guest-{number}" for number in range(stays)]
    zones = [f"zone-{number}" for number in range(20)]
    problem = make_problem(
        zones=tuple(make_zone(zone) for zone in zones),
        researchers=tuple(make_researcher(name) for name in names),
        requests=tuple(make_request(name, researcher=ResearcherId(name)) for name in names),
    )
    host = problem.hosts[0].id
    residencies = (
        make_residency(RequestId(name), host=host, zone=ZoneId(zones[number % 20]))
        for number, name in enumerate(names)
    )
    return problem, Plan(residencies=tuple(residencies))


def _maker(settings: Settings) -> LinkMaker:
    return LinkMaker(public_url=settings.public_url, secret=settings.secret)


def _links(database: Database, kind: ScopeKind | None = None) -> tuple[Link, ...]:
    with database.reading() as session:
        return load_links(session, "lab", kind)


def _rebuilt(settings: Settings, database: Database) -> Figure:
    """Make every feed of a release once, as if all calendars asked at once."""
    maker = _maker(settings)
    feeds = Feeds(maker, domain=settings.domain)
    tokens = [maker.token(link.id) for link in _links(database)]
    began = time.perf_counter()
    for token in tokens:
        feeds.fetch(database, token)
    return Figure(
        name="600 residencies: all feeds after a release",
        value=round(time.perf_counter() - began, 2),
        unit="s",
        target="5 s",
        note=f"{len(tokens)} feeds",
    )


def _made(settings: Settings, database: Database) -> Iterator[Figure]:
    """Make feeds that nobody asked for before, and ask for the largest again."""
    maker = _maker(settings)
    own = [maker.token(link.id) for link in _links(database, ScopeKind.RESEARCHER)[:ASKED]]
    [whole] = [maker.token(link.id) for link in _links(database, ScopeKind.PROGRAMME)]
    feeds = Feeds(maker, domain=settings.domain)
    feeds.fetch(database, own[0])
    researchers = [_timed(feeds, database, token) for token in own[1:]]
    fresh = [_timed(Feeds(maker, domain=settings.domain), database, whole) for _ in range(TURNS)]
    feeds.fetch(database, whole)
    again = [_timed(feeds, database, whole) for _ in range(ASKED)]
    yield _milliseconds("a researcher's feed, uncached", researchers, "10 ms")
    yield _milliseconds("a programme's feed of 1,000 residencies, uncached", fresh, "200 ms")
    yield _milliseconds("a programme's feed of 1,000 residencies, cached", again, "5 ms")


def _timed(feeds: Feeds, database: Database, token: str) -> float:
    began = time.perf_counter()
    feeds.fetch(database, token)
    return time.perf_counter() - began


def _served(settings: Settings, database: Database) -> Iterator[Figure]:
    """Ask a server in a process of its own, in turns with a bare view on the same server."""
    token = _maker(settings).token(_links(database, ScopeKind.RESEARCHER)[0].id)
    with serving(settings.data) as ours, _bare() as bare:
        path = f"/c/{token}.ics"
        tag = ours.ask(path).headers["etag"]
        right = Place(ours.port, _request(path))
        wrong = Place(ours.port, _request(f"/c/{'x' * len(token)}.ics"))
        unchanged = Place(ours.port, _request(path, f"If-None-Match: {tag}\r\n"))
        pairs = [(_rate(bare), _rate(unchanged)) for _ in range(TURNS)]
        both = [(_latency(right), _latency(wrong)) for _ in range(ASKED)]
    yield from _rates(pairs)
    yield _milliseconds("a right link, over HTTP", [one for one, _ in both], None)
    yield _milliseconds("a wrong link, over HTTP", [other for _, other in both], None)


def _rates(pairs: list[tuple[float, float]]) -> Iterator[Figure]:
    bare, ours = (statistics.median(rates) for rates in zip(*pairs, strict=True))
    share = statistics.median(mine / plain for plain, mine in pairs)
    yield Figure(name="a bare view, over HTTP", value=round(bare), unit="answers a second")
    yield Figure(name="a feed not modified (304)", value=round(ours), unit="answers a second")
    yield Figure(
        name="a feed not modified beside a bare view",
        value=round(share, 2),
        unit="of the rate",
        target="0.5",
    )


@contextmanager
def _bare() -> Iterator[Place]:
    """Give a server of ours with one view that does nothing."""
    process = subprocess.Popen(
        [sys.executable, "-c", BARE], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    try:
        if process.stdout is None:
            raise RuntimeError("the bare server says nothing")
        yield Place(int(process.stdout.readline()), _request("/"))
    finally:
        process.terminate()
        process.communicate()


def _request(path: str, headers: str = "") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n".encode()


def _rate(place: Place) -> float:
    """Return the answers a second over a few connections that stay open."""
    connections = [_connect(place) for _ in range(AT_ONCE)]
    answered = 0
    began = time.perf_counter()
    while time.perf_counter() - began < SECONDS:
        for connection in connections:
            connection.sendall(place.request)
        for connection in connections:
            _receive(connection)
        answered += len(connections)
    rate = answered / (time.perf_counter() - began)
    for connection in connections:
        connection.close()
    return rate


def _latency(place: Place) -> float:
    with _connect(place) as connection:
        began = time.perf_counter()
        connection.sendall(place.request)
        _receive(connection)
        return time.perf_counter() - began


def _connect(place: Place) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", place.port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _receive(connection: socket.socket) -> None:
    """Read the head of an answer, and what of its body comes along."""
    read = b""
    while b"\r\n\r\n" not in read:
        part = connection.recv(65536)
        if not part:
            raise RuntimeError("the server closed a connection")
        read += part


def _milliseconds(name: str, seconds: list[float], target: str | None) -> Figure:
    worst = sorted(seconds)[int(0.95 * (len(seconds) - 1))]
    return Figure(
        name=name,
        value=round(1000 * statistics.median(seconds), 2),
        unit="ms",
        target=target,
        note=f"{len(seconds)} asked; 95 of 100 within {1000 * worst:.2f} ms",
    )
