"""The real server in a process of its own, for tests that speak HTTP."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

COMMAND = [sys.executable, "-c", "from web.cli import main; main(prog_name='sarangchae')"]
ROOT = Path(__file__).parents[2]
PATIENCE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status, headers by lower-case name, and body of an answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A running server: its process, port, and the sign-in link that it printed."""

    process: subprocess.Popen[str]
    port: int
    sign_in_path: str

    def ask(self, path: str, *, method: str = "GET", **headers: str) -> Answer:
        """Send a request; underscores in header names stand for dashes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in sent.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            names = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(status=answer.status, headers=names, body=answer.read())
        finally:
            connection.close()


def environment(folder: Path, **others: str) -> dict[str, str]:
    """Return an environment with the data in a folder and no settings of the machine's own."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("SARANGCHAE_")}
    return {**kept, "SARANGCHAE_DATA": str(folder), "PYTHONPATH": str(ROOT), **others}


def sarangchae(folder: Path, *arguments: str, **others: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=environment(folder, **others),
        timeout=PATIENCE,
    )


@contextmanager
def serving(folder: Path, *arguments: str, **others: str) -> Iterator[Served]:
    """Give a server at a free port; it says where it is before it can be asked."""
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=folder,
        env=environment(folder, PYTHONUNBUFFERED="1", **others),
    )
    try:
        assert process.stdout is not None
        yield _greeting(process, process.stdout)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)


def _greeting(process: subprocess.Popen[str], output: IO[str]) -> Served:
    said = [output.readline() for _ in range(3)]
    found = re.search(r"http://127\.0\.0\.1:(\d+)(/sign-in/\S+)", "".join(said))
    if found is None:
        rest, _ = process.communicate(timeout=PATIENCE)
        raise AssertionError(f"the server did not start: {''.join(said)}{rest}")
    return Served(process=process, port=int(found[1]), sign_in_path=found[2])
