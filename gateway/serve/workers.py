"""Several processes on one listening socket, kept at their number until the first signal to stop."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Final

from gateway.errors import StartupError

RESTART_PAUSE_SECONDS: Final = 0.5
BACKLOG: Final = 2048


def listen(host: str, port: int) -> socket.socket:
    """Bind before anything else is started. Raises ``StartupError`` with one line."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise StartupError(f"cannot listen on {host}:{port}: {error.strerror or error}") from error
    listener.set_inheritable(True)
    return listener


def run_workers(count: int, serve: Callable[[], int]) -> int:
    """Fork ``count`` processes that each run ``serve``; replace those that die. Returns an exit status.

    SIGTERM and SIGINT are passed on, and then nobody is replaced.
    """
    pids = {_fork(serve) for _ in range(count)}
    stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    status = 0
    while pids:
        try:
            pid, ended = os.wait()
        except InterruptedError:
            continue
        pids.discard(pid)
        if stopping:
            status = max(status, os.waitstatus_to_exitcode(ended))
            continue
        # A worker that cannot start would otherwise be forked as fast as it dies.
        time.sleep(RESTART_PAUSE_SECONDS)
        if not stopping:
            pids.add(_fork(serve))
    return status


def _fork(serve: Callable[[], int]) -> int:
    pid = os.fork()
    if pid:
        return pid
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    status = 1
    try:
        status = serve()
    finally:
        os._exit(status)
