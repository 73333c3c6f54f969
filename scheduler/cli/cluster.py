"""Where the parts of a command's work are done: in processes here, or on a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

import click

from scheduler.cli.refusals import Refusal

cluster_option = click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Dask scheduler on whose workers to run, tcp://host:8786 say; else in processes here.",
)


@contextmanager
def working_on(cluster: str | None) -> Iterator[Executor | None]:
    """Give the executor of a cluster's address, None where no cluster is named.

    Raises:
        Refusal: The extra is not installed, nobody answers, or nobody works there.
    """
    if cluster is None:
        yield None
        return
    try:
        from scheduler.executors.cluster import NoCluster, open_cluster
    except ModuleNotFoundError:
        raise Refusal(
            "--cluster needs the extra 'cluster', which is not installed; "
            "in Sarangchae's folder: pip install '.[cluster]'"
        ) from None
    try:
        with open_cluster(cluster) as executor:
            yield executor
    except NoCluster as error:
        raise Refusal(f"--cluster: {error}") from None
