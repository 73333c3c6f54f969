"""What browser tests hold on to: the running server, and a page that notes every complaint."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

ROOT = Path(__file__).parent.parent.parent
NAIRL = ROOT / "fixtures" / "scenarios" / "nairl.yaml"
AXE = ROOT / "web" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE_MS = 90_000


@dataclass(frozen=True, kw_only=True)
class Site:
    """A running server: its address and the command line on its data."""

    address: str
    sign_in_link: str
    environment: dict[str, str]

    def run(self, *arguments: str | Path) -> str:
        """Run a command on the server's data and return what it prints."""
        return run_command(self.environment, *arguments)


def run_command(environment: dict[str, str], *arguments: str | Path) -> str:
    """Run ``sarangchae``; what it complains about stands in the error."""
    command = [str(Path(sys.executable).with_name("sarangchae")), *map(str, arguments)]
    done = subprocess.run(command, env=environment, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[Site]:
    """Serve the data folder of an environment on a free port."""
    command = [str(Path(sys.executable).with_name("sarangchae")), "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        link = _read_until(server.stdout, r"http\S+/sign-in/\S+")
        address = link.partition("/sign-in/")[0]
        yield Site(address=address, sign_in_link=link, environment=environment)
        server.terminate()


def _read_until(lines: Iterator[str], pattern: str) -> str:
    for line in lines:
        if found := re.search(pattern, line):
            return found.group()
    raise AssertionError("the server ended before it said how to sign in")


def open_room(page: Page, name: str) -> None:
    """Open one of a programme's rooms by the navigation."""
    rooms = page.get_by_role("navigation", name="Programme", exact=True)
    rooms.get_by_role("link", name=name, exact=True).click()


class Visit:
    """A page with everything that the browser complained about while it was open."""

    def __init__(self, context: BrowserContext) -> None:
        """Listen from the first moment on."""
        self.complaints: list[str] = []
        context.set_default_timeout(PATIENCE_MS)
        self.page = context.new_page()
        self.page.on("console", lambda message: self._hear(message.type, message.text))
        self.page.on("pageerror", lambda error: self._hear("error", str(error)))

    def _hear(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)


def leave(context: BrowserContext) -> None:
    """Close a browser's windows once their pages are there; Chromium may hang on those to come."""
    for page in context.pages:
        page.wait_for_load_state()
    context.close()
