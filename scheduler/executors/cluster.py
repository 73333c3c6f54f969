"""A Dask cluster as an executor; this module can be imported with the extra ``cluster`` alone."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, InvalidStateError
from contextlib import contextmanager, suppress
from typing import Any, ParamSpec, TypeVar

from distributed import Client, KilledWorker

from scheduler.executors.died import WorkerDied

P = ParamSpec("P")
ResultT = TypeVar("ResultT")

ANSWER_SECONDS = 5.0
"""How long a cluster may take to answer."""


class NoCluster(Exception):
    """There is no cluster to work on; the message says why and what to do."""


@contextmanager
def open_cluster(address: str) -> Iterator[Executor]:
    """Give an executor on the Dask cluster whose scheduler listens at an address.

    Raises:
        NoCluster: Nobody answers, or nobody works there.
    """
    with _connect(address) as client:
        executor = ClusterExecutor(client)
        if not executor.workers:
            raise NoCluster(
                f"the cluster at {address} has no workers; start some: "
                f"dask worker {address} --nthreads 1 --nworkers -1"
            )
        yield executor


class ClusterExecutor(Executor):
    """Calls on a cluster's workers; the cluster itself tries a call again where a worker dies."""

    def __init__(self, client: Client) -> None:
        """Take a client that is connected."""
        self._client = client
        self._inner: Executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]  # Dask leaves it untyped

    @property
    def workers(self) -> int:
        """Calls that the cluster works on side by side now."""
        return sum(self._client.nthreads().values())  # type: ignore[no-untyped-call]  # Dask leaves it untyped

    def submit(
        self, fn: Callable[P, ResultT], /, *args: P.args, **kwargs: P.kwargs
    ) -> Future[ResultT]:
        """Return what a call will come to; giving it up is told the cluster."""
        try:
            inner = self._inner.submit(fn, *args, **kwargs)
        except (OSError, RuntimeError) as error:
            raise WorkerDied(f"the cluster is gone: {error}") from error
        outer: Future[ResultT] = Future()
        inner.add_done_callback(lambda done: _hand_on(done, outer))
        outer.add_done_callback(lambda done: inner.cancel() if done.cancelled() else None)
        return outer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Give up what was submitted or wait for it; the cluster goes on."""
        self._inner.shutdown(wait=wait and not cancel_futures)


def _hand_on(done: Future[Any], outer: Future[Any]) -> None:
    """Give an outcome to whoever waits; a call that killed worker after worker is lost."""
    with suppress(InvalidStateError):
        if done.cancelled():
            outer.set_exception(WorkerDied("the cluster gave the call up"))
        elif isinstance(done.exception(), KilledWorker):
            outer.set_exception(WorkerDied(str(done.exception())))
        elif (error := done.exception()) is not None:
            outer.set_exception(error)
        else:
            outer.set_result(done.result())


def _connect(address: str) -> Client:
    try:
        return Client(address, timeout=ANSWER_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]  # Dask leaves it untyped
    except (OSError, ValueError, TypeError) as error:
        reason = str(error)
    # A client that failed ends its loop when it is collected. Where that falls into the beginning
    # of the next client's loop, both wait for one lock of Dask's until it gives up.
    gc.collect()
    raise NoCluster(
        f"no Dask cluster answers at {address}: {reason}. Check the address, tcp://host:8786 "
        "say, and that its scheduler runs: dask scheduler"
    )
