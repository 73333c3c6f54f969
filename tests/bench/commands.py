"""Our own commands and modules as processes of their own, with the seconds that they take."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple


class Answer(NamedTuple):
    """What a command printed, and the seconds of its whole process."""

    text: bytes
    seconds: float

    @property
    def document(self) -> Any:
        """The JSON that it printed."""
        return json.loads(self.text)


def sarangchae(*arguments: str | Path) -> Answer:
    """Run a command of ours."""
    return _run([str(Path(sys.executable).with_name("sarangchae")), *map(str, arguments)])


def module(name: str, *arguments: str | Path) -> Answer:
    """Run a module of ours."""
    return _run([sys.executable, "-m", name, *map(str, arguments)])


def _run(command: list[str]) -> Answer:
    began = time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True)
    seconds = time.perf_counter() - began
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.decode('utf-8', 'replace')}")
    return Answer(done.stdout, seconds)
