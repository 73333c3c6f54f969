"""Stopping a search from the keyboard: the first Ctrl-C keeps the best plan, a second gives up."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

ResultT = TypeVar("ResultT")


@contextmanager
def stopped_by_signals() -> Iterator[Callable[[], bool]]:
    """Give a function that tells whether somebody has asked to stop."""
    asked = threading.Event()
    earlier = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def ask(number: int, _: FrameType | None) -> None:
        asked.set()
        signal.signal(number, earlier[signal.Signals(number)])

    for number in earlier:
        signal.signal(number, ask)
    try:
        yield asked.is_set
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)


def run_beside(work: Callable[[], ResultT]) -> ResultT:
    """Return the result of work done in another thread, so that this one hears signals."""
    future: Future[ResultT] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits
            future.set_exception(error)

    threading.Thread(target=run, name="search", daemon=True).start()
    return future.result()
