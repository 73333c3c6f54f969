"""Executors: calls come to what they would here, and who dies costs one call."""

from __future__ import annotations

import math
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait

import pytest

from scheduler.executors.died import WorkerDied
from scheduler.executors.inline import InlineExecutor
from scheduler.executors.processes import ProcessPool

SECONDS = 60
"""How long a test waits for what takes a moment, at most."""


@pytest.fixture
def pool() -> Iterator[ProcessPool]:
    """Give two worker processes."""
    with ProcessPool(2) as opened:
        yield opened


def wait_until_gone(pid: int) -> None:
    """Return when a process has ended."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    ended, _, _ = select.select([descriptor], [], [], SECONDS)
    os.close(descriptor)
    assert ended


def is_given_up(future: Future[None]) -> bool:
    """Tell whether a call was cancelled before it began, or lost while it ran."""
    return future.cancelled() or isinstance(future.exception(SECONDS), WorkerDied)


def test_calls_come_to_what_they_would_here(pool: ProcessPool) -> None:
    futures = [pool.submit(math.factorial, number) for number in range(20)]

    results = [future.result(SECONDS) for future in futures]
    assert results == [math.factorial(number) for number in range(20)]


def test_calls_run_in_other_processes(pool: ProcessPool) -> None:
    assert pool.submit(os.getpid).result(SECONDS) in pool.pids
    assert os.getpid() not in pool.pids


def test_keywords_are_handed_over(pool: ProcessPool) -> None:
    assert pool.submit(int, "ff", base=16).result(SECONDS) == 255


@pytest.mark.parametrize("make", [InlineExecutor, lambda: ProcessPool(1)])
def test_whoever_asks_for_the_result_gets_the_error(make: Callable[[], Executor]) -> None:
    with make() as opened:
        future = opened.submit(math.sqrt, -1)

        with pytest.raises(ValueError, match="math domain error"):
            future.result(SECONDS)


def test_what_cannot_travel_is_an_error_of_the_call(pool: ProcessPool) -> None:
    with pytest.raises(AttributeError, match="local object"):
        pool.submit(lambda: 1).result(SECONDS)

    assert pool.submit(abs, -1).result(SECONDS) == 1


def test_a_result_that_cannot_travel_is_an_error_of_the_call(pool: ProcessPool) -> None:
    with pytest.raises(TypeError, match="pickle"):
        pool.submit(threading.Lock).result(SECONDS)

    assert pool.submit(abs, -1).result(SECONDS) == 1


def test_a_worker_that_is_killed_costs_its_call_and_no_other() -> None:
    pool = ProcessPool(2)
    waiting = {pool.submit(signal.pause), pool.submit(signal.pause)}
    doomed, other = pool.pids

    os.kill(doomed, signal.SIGKILL)

    done, going_on = wait(waiting, SECONDS, FIRST_COMPLETED)
    assert [type(each.exception()) for each in done] == [WorkerDied]
    assert len(going_on) == 1
    assert pool.submit(abs, -1).result(SECONDS) == 1
    assert other in pool.pids
    assert doomed not in pool.pids
    pool.shutdown(cancel_futures=True)


def test_a_worker_that_is_killed_between_calls_is_replaced() -> None:
    with ProcessPool(1) as pool:
        (pid,) = pool.pids
        os.kill(pid, signal.SIGKILL)
        wait_until_gone(pid)

        assert isinstance(pool.submit(abs, -1).exception(SECONDS), WorkerDied)
        assert pool.submit(abs, -1).result(SECONDS) == 1


def test_shutting_down_at_once_ends_what_runs_and_what_waits() -> None:
    pool = ProcessPool(1)
    running, waiting = pool.submit(signal.pause), pool.submit(signal.pause)
    (pid,) = pool.pids

    pool.shutdown(cancel_futures=True)

    wait_until_gone(pid)
    assert is_given_up(running)
    assert is_given_up(waiting)


def test_shutting_down_waits_for_what_was_submitted() -> None:
    pool = ProcessPool(1)
    future = pool.submit(math.factorial, 5)

    pool.shutdown()

    assert future.done()
    assert future.result() == 120


def test_after_shutting_down_nothing_is_taken() -> None:
    pool = ProcessPool(1)
    pool.shutdown()

    with pytest.raises(RuntimeError, match="shut down"):
        pool.submit(abs, -1)


def test_a_call_that_is_given_up_before_it_runs_is_left_out() -> None:
    pool = ProcessPool(1)
    running, waiting = pool.submit(signal.pause), pool.submit(signal.pause)

    assert waiting.cancel()

    pool.shutdown(cancel_futures=True)
    assert is_given_up(running)
    assert waiting.cancelled()


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_vanish_with_the_process_that_started_them(ending: signal.Signals) -> None:
    program = (
        "import signal\n"
        "from scheduler.executors.processes import ProcessPool\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job ignores it\n"
        "pool = ProcessPool(2)\n"
        "pool.submit(abs, 1).result()\n"
        "pool.submit(signal.pause)\n"
        "print(*pool.pids, flush=True)\n"
        "signal.pause()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(pids) == 2

        parent.send_signal(ending)

        for pid in pids:
            wait_until_gone(pid)
