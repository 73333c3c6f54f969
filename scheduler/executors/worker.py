"""What a worker process does: one call after another, until its parent is gone."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from importlib import import_module
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any

Answer = tuple[bool, Any]
"""Whether a call came to an end, with its result, else with the error that it raised."""


def serve(descriptor: int, *preload: str) -> None:
    """Answer the calls that come over a connection; import what they need beforehand.

    The connection closes when the parent ends, however it does; then so does this process, in
    the middle of a call too.
    """
    connection: Connection[bytes, bytes] = Connection(descriptor)
    calls: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(connection, calls), daemon=True).start()
    for module in preload:
        import_module(module)
    while True:
        connection.send_bytes(_answer(calls.get()))


def _listen(connection: Connection[bytes, bytes], calls: SimpleQueue[bytes]) -> None:
    while True:
        try:
            calls.put(connection.recv_bytes())
        except (EOFError, OSError):
            os._exit(0)


def _answer(call: bytes) -> bytes:
    try:
        fn, args, kwargs = pickle.loads(call)  # noqa: S301 - from the parent, which started us
        return pickle.dumps((True, fn(*args, **kwargs)))
    except Exception as error:  # noqa: BLE001 - whoever asks for the result gets it
        return _spell_error(error)


def _spell_error(error: Exception) -> bytes:
    try:
        return pickle.dumps((False, error))
    except Exception:  # noqa: BLE001 - an error that cannot travel is told in words
        return pickle.dumps((False, RuntimeError(repr(error))))


if __name__ == "__main__":
    serve(int(sys.argv[1]), *sys.argv[2:])
