"""Stop a stack from another process: the story behind ``make down``."""

from __future__ import annotations

import os
import signal
import time
from typing import Final

from deploy.data_folder import DataFolder
from deploy.supervisor.console import Console
from deploy.supervisor.up import STATE_FILE, stop_leftovers

_PATIENCE_S: Final = 90.0
_POLL_S: Final = 0.1


def take_down(folder: DataFolder, console: Console) -> None:
    """Ask the supervisor to stop and wait for it; then stop whatever is left. Succeeds if nothing runs."""
    holder = folder.holder()
    if holder is None:
        console.note(f"no stack holds {folder.root}")
    else:
        _end(folder, holder, console)
    with folder.lock():
        stop_leftovers(folder, console)
        (folder.root / STATE_FILE).unlink(missing_ok=True)


def _end(folder: DataFolder, holder: int, console: Console) -> None:
    _send(holder, signal.SIGTERM)
    deadline = time.monotonic() + _PATIENCE_S
    while folder.holder() == holder:
        if time.monotonic() > deadline:
            console.note(f"the supervisor (process {holder}) does not stop; killing it")
            _send(holder, signal.SIGKILL)
            deadline = float("inf")
        time.sleep(_POLL_S)
    console.note("stopped")


def _send(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
