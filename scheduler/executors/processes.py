"""Worker processes beside this one; one that dies costs its call and is replaced.

They are started anew, never forked, and know nothing of the program that started them: scripts
need no guard, and threads and locks of this process stay here. (``ProcessPoolExecutor`` gives
up every call in flight when one process dies, and cannot end what runs.)
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple, ParamSpec, TypeVar

from scheduler.executors.died import WorkerDied
from scheduler.executors.worker import Answer

P = ParamSpec("P")
ResultT = TypeVar("ResultT")


class _Call(NamedTuple):
    future: Future[Any]
    fn: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


class ProcessPool(Executor):
    """Some worker processes that start at once and end with this process, however it ends."""

    def __init__(self, workers: int, preload: Sequence[str] = ()) -> None:
        """Start the processes; each imports the modules named before its first call."""
        self.workers = workers
        self._calls: SimpleQueue[_Call | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._is_closed = False
        self._seats = [_Seat(self._calls, preload) for _ in range(workers)]

    @property
    def pids(self) -> list[int]:
        """Ids of the processes as they are now."""
        return [seat.pid for seat in self._seats]

    def submit(
        self, fn: Callable[P, ResultT], /, *args: P.args, **kwargs: P.kwargs
    ) -> Future[ResultT]:
        """Return what a call of a function that can be imported will come to."""
        future: Future[ResultT] = Future()
        with self._lock:
            if self._is_closed:
                raise RuntimeError("the pool has been shut down")
            self._calls.put(_Call(future, fn, args, kwargs))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes when all calls are done, or at once where futures are cancelled."""
        with self._lock:
            self._is_closed = True
        if cancel_futures:
            self._cancel_all()
        for _ in self._seats:
            self._calls.put(None)
        if cancel_futures:
            for seat in self._seats:
                seat.kill()
        if wait:
            for seat in self._seats:
                seat.join()

    def _cancel_all(self) -> None:
        while True:
            try:
                call = self._calls.get_nowait()
            except Empty:
                return
            if call is not None:
                call.future.cancel()


class _Seat:
    """A thread that sees to one process, and to another one when that dies."""

    def __init__(self, calls: SimpleQueue[_Call | None], preload: Sequence[str]) -> None:
        self._calls = calls
        self._preload = preload
        self._lock = threading.Lock()
        self._is_killed = False
        self._process, self._connection = _start(preload)
        self._thread = threading.Thread(target=self._work, daemon=True, name="worker process")
        self._thread.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def kill(self) -> None:
        """End the process, whatever it does; it is not replaced."""
        with self._lock:
            self._is_killed = True
            self._process.kill()

    def join(self) -> None:
        """Wait until the process has ended."""
        self._thread.join()

    def _work(self) -> None:
        while (call := self._calls.get()) is not None:
            if call.future.set_running_or_notify_cancel():
                self._answer(call)
        self._connection.close()
        self._process.wait()

    def _answer(self, call: _Call) -> None:
        try:
            done, value = self._ask(pickle.dumps((call.fn, call.args, call.kwargs)))
        except (EOFError, OSError):
            self._replace()
            call.future.set_exception(WorkerDied("a worker process died"))
        except Exception as error:  # noqa: BLE001 - whoever asks for the result gets it
            call.future.set_exception(error)
        else:
            if done:
                call.future.set_result(value)
            else:
                call.future.set_exception(value)

    def _ask(self, call: bytes) -> Answer:
        self._connection.send_bytes(call)
        answer: Answer = pickle.loads(self._connection.recv_bytes())  # noqa: S301 - our own process
        return answer

    def _replace(self) -> None:
        with self._lock:
            self._connection.close()
            self._process.kill()
            self._process.wait()
            if not self._is_killed:
                # Where the system has no room for another one now, the next call tries again.
                with suppress(OSError):
                    self._process, self._connection = _start(self._preload)


def _start(preload: Sequence[str]) -> tuple[subprocess.Popen[bytes], Connection[Any, Any]]:
    """Return a worker process and the connection to it.

    It has a group of its own, so that Ctrl-C at the keyboard is heard by this process alone.
    """
    ours, theirs = Pipe()
    with theirs:
        process = subprocess.Popen(  # noqa: S603 - this interpreter and a module of ours
            [sys.executable, "-m", "scheduler.executors.worker", str(theirs.fileno()), *preload],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            process_group=0,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
    return process, ours
