"""Runs the application in gunicorn: one worker process with threads, and the job pool beside."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from types import FrameType
from typing import Any

from flask import Flask
from gunicorn.app.base import (  # type: ignore[import-untyped]  # gunicorn has no types
    BaseApplication,
)
from gunicorn.workers.gthread import (  # type: ignore[import-untyped]  # gunicorn has no types
    ThreadWorker,
)

from scheduler.cli import Refusal

THREADS = 8


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; it is bound before anything is printed or started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        raise Refusal(_why(host, port, error)) from None
    return listener


def address_of(listener: socket.socket) -> str:
    """Return the web address of a listening socket, as a browser on this machine opens it."""
    host, port = listener.getsockname()[:2]
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class OrderlyWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """A worker that ends in order at Ctrl-C too.

    Gunicorn's quick way out takes a lock within a signal handler, which hangs where the signal
    comes while a request is being handed to a thread, and ends in a kill after half a minute.
    """

    def handle_quit(self, sig: int, frame: FrameType | None) -> None:
        """Finish what is being answered, as at SIGTERM."""
        self.handle_exit(sig, frame)


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn without its command line; ``build`` is called in the worker process."""

    def __init__(
        self, listener: socket.socket, build: Callable[[], Flask], close: Callable[[Flask], None]
    ) -> None:
        """Take the listening socket over, and remember what to serve and what to do at the end."""
        self._options: dict[str, Any] = {
            "bind": f"fd://{listener.detach()}",
            "workers": 1,
            "worker_class": f"{__name__}.{OrderlyWorker.__name__}",
            "threads": THREADS,
            "control_socket_disable": True,
            "loglevel": "warning",
            "worker_exit": lambda _server, _worker: self._close_app(),
        }
        self._build = build
        self._close = close
        super().__init__()

    def load_config(self) -> None:
        """Set gunicorn's options; those that this release does not know are left out."""
        for name, value in self._options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return the application."""
        return self._build()

    def _close_app(self) -> None:
        if self.callable is not None:
            self._close(self.callable)


def _why(host: str, port: int, error: OSError | OverflowError) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.EADDRINUSE:
        return f"port {port} is in use: stop what uses it, or choose another with --port"
    if number == errno.EACCES:
        return f"port {port} may not be used: choose one above 1023 with --port"
    return f"cannot listen at {host}, port {port}: give an address of this machine with --host"
