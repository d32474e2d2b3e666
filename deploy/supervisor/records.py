"""Which processes belong to a data folder: written down as they start, so that none is lost if the supervisor dies."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

import psutil

from deploy.data_folder import DataFolder
from deploy.supervisor.process import MARKER

_FILE: Final = "processes.json"
_SAME_START_S: Final = 1.0
"""A process number is reused; the start time tells whether it still means the same process."""
_POLL_S: Final = 0.05
_WAIT_AFTER_KILL_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class ProcessRecord:
    """A process of the stack; ``state`` is ``starting``, ``healthy`` or ``restarting``."""

    name: str
    group: str
    pid: int
    created: float
    state: str
    restarts: int = 0
    ports: tuple[int, ...] = ()
    health_url: str | None = None
    stop_signal: int = signal.SIGTERM
    grace_s: float = 15

    def process(self) -> psutil.Process | None:
        """The running process, or None if it is gone."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.created) < _SAME_START_S
            return process if same and _runs(process) else None
        except psutil.NoSuchProcess:
            return None


def creation_time(pid: int) -> float:
    """When a process started, seconds since the epoch; 0 if it is gone already."""
    try:
        return psutil.Process(pid).create_time()
    except psutil.NoSuchProcess:
        return 0.0


class Records:
    """The records of one data folder, in the order in which the programs were first started."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._noted: dict[str, ProcessRecord] = {}

    def read(self) -> dict[str, ProcessRecord]:
        """By name of the program. Raises `DataFolderCorrupt`."""
        return {name: _record(fields) for name, fields in self._folder.read_json(_FILE).items()}

    def note(self, record: ProcessRecord) -> None:
        """Write down a process of ours, or what has become of it."""
        self._noted[record.name] = record
        self._folder.write_json(_FILE, {name: asdict(noted) for name, noted in self._noted.items()})

    def clear(self) -> None:
        """Forget all, after they were stopped."""
        (self._folder.root / _FILE).unlink(missing_ok=True)

    def stop_leftovers(self, *, spare: int) -> int:
        """Stop what an earlier supervisor has left running, last started first; returns how many there were.

        ``spare`` is the process number of the caller.
        """
        leftovers = [
            (record, process) for record in reversed(self.read().values()) if (process := record.process()) is not None
        ]
        stopped = 0
        for record, process in leftovers:
            if process.pid != spare:
                _stop(process, record.stop_signal, record.grace_s)
                stopped += 1
        for process in self._marked(spare):
            _stop(process, signal.SIGTERM, 5)
            stopped += 1
        self.clear()
        return stopped

    def _marked(self, spare: int) -> Iterator[psutil.Process]:
        """Processes that inherited the stack's marker: those started in the moment before a record was written."""
        for process in psutil.process_iter():
            try:
                if process.pid != spare and process.environ().get(MARKER) == self._folder.stack_id:
                    yield process
            except (psutil.Error, OSError):
                continue


def _record(fields: dict[str, Any]) -> ProcessRecord:
    return ProcessRecord(**{**fields, "ports": tuple(fields["ports"])})


def _stop(process: psutil.Process, first: int, grace_s: float) -> None:
    family = [process, *_children(process)]
    _send(process, first)
    for member in _still_there(family, grace_s):
        _send(member, signal.SIGKILL)
    _still_there(family, _WAIT_AFTER_KILL_S)


def _still_there(family: list[psutil.Process], patience_s: float) -> list[psutil.Process]:
    """Those that run when the patience ends. A process that nobody has waited for yet is gone all the same."""
    deadline = time.monotonic() + patience_s
    while (alive := [process for process in family if _runs(process)]) and time.monotonic() < deadline:
        time.sleep(_POLL_S)
    return alive


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _send(process: psutil.Process, number: int) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return
