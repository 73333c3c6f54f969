"""Stop something while it runs, from a thread that looks a few times a second."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

POLL_SECONDS = 0.1


@contextmanager
def stopping(when: Callable[[], bool], stop: Callable[[], object]) -> Iterator[None]:
    """Call ``stop``, again and again, while something is so and the block runs."""
    done = threading.Event()

    def poll() -> None:
        while not done.wait(POLL_SECONDS):
            if when():
                stop()

    thread = threading.Thread(target=poll, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
