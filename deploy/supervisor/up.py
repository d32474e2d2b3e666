"""Bring a stack up and hold it until it is told to stop: the story behind ``make up``."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Final

import psutil

from deploy.data_folder import DataFolder, port_is_free
from deploy.errors import PortBusy
from deploy.stack import PortClaim, Stack
from deploy.supervisor.console import Console
from deploy.supervisor.records import Records
from deploy.supervisor.supervisor import Supervisor

STATE_FILE: Final = "stack.json"
"""``{"state": "starting" | "healthy" | "stopping", "urls": [[label, url]]}`` while a supervisor holds the folder."""

DescribeStack = Callable[[], Stack]
"""Prepares the engines and describes the stack; may take a second, and raises `StackError`."""

WhenHealthy = Callable[[], bool]
"""Called once everything is healthy; whether the stack is to be held."""


async def hold_up(
    folder: DataFolder,
    ports: tuple[PortClaim, ...],
    describe: DescribeStack,
    console: Console,
    when_healthy: WhenHealthy,
) -> None:
    """Start the stack and hold it until a signal, or the callback's answer False, ends it. Raises `StackError`.

    Whatever the outcome, no process of the stack is left when this returns.
    """
    with folder.lock():
        stop_leftovers(folder, console)
        require_free_ports(ports)
        stack = await asyncio.to_thread(describe)
        supervisor = Supervisor(folder, console)
        with _stop_signals(supervisor) as stopped:
            try:
                _note_state(folder, "starting", stack)
                if await _unless(stopped, supervisor.start(stack)) and when_healthy():
                    _note_state(folder, "healthy", stack)
                    console.note("healthy; Ctrl-C or `make down` stops it")
                    console.urls(stack.urls)
                    await stopped.wait()
                console.note("stopping")
            finally:
                _note_state(folder, "stopping", stack)
                await supervisor.stop()
                (folder.root / STATE_FILE).unlink(missing_ok=True)
        console.note("stopped")


def stop_leftovers(folder: DataFolder, console: Console) -> None:
    """End what a supervisor that was killed has left running; the folder must be held."""
    if count := Records(folder).stop_leftovers(spare=os.getpid()):
        console.note(f"stopped {count} processes that an earlier stack had left behind")


def require_free_ports(claims: tuple[PortClaim, ...]) -> None:
    """Raises `PortBusy`, which names the variable that moves the port and, where it can be seen, the occupant."""
    for claim in claims:
        if not port_is_free(claim.port):
            raise PortBusy(
                f"port {claim.port} for {claim.program} is taken{_occupant(claim.port)}: "
                f"free it, or choose another with {claim.variable}"
            )


def _occupant(port: int) -> str:
    try:
        for connection in psutil.net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr[1:] == (port,) and connection.pid:
                return f" by {psutil.Process(connection.pid).name()} (process {connection.pid})"
    except psutil.Error:
        return ""  # only root may see the processes of others
    return ""


async def _unless(stopped: asyncio.Event, work: Coroutine[None, None, None]) -> bool:
    """Whether the work came to its end; it is cancelled when the stop comes first."""
    task, stop = asyncio.create_task(work), asyncio.create_task(stopped.wait())
    await asyncio.wait([task, stop], return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    if task.done():
        await task
        return True
    task.cancel()
    await asyncio.wait([task])
    return False


@contextmanager
def _stop_signals(supervisor: Supervisor) -> Iterator[asyncio.Event]:
    """Set by the first signal; a second one ends the stack at once instead of gracefully."""
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()

    def stop() -> None:
        if stopped.is_set():
            supervisor.kill()
        stopped.set()

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    for number in numbers:
        loop.add_signal_handler(number, stop)
    try:
        yield stopped
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)


def _note_state(folder: DataFolder, state: str, stack: Stack) -> None:
    folder.write_json(STATE_FILE, {"state": state, "urls": [list(url) for url in stack.urls]})
