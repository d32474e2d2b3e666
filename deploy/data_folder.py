"""The one folder that holds all that a stack keeps: engines' data, secrets, ports, logs and its lock.

Only this module knows the layout. Secrets are written once with mode 0600 and never replaced, because the
engines' data depends on them; ports are remembered so that a restart finds the same ones, but may change.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import random
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from deploy.errors import AlreadyRunning, DataFolderCorrupt, DataFolderUnusable

_LOCK_TRIES: Final = 8
"""A process that only asks who holds the folder has the lock for an instant."""
_LOCK_PAUSE_S: Final = 0.1


@dataclass(frozen=True, slots=True)
class DataFolder:
    """An existing, writable data folder; ``root`` is absolute."""

    root: Path

    @classmethod
    def open(cls, root: Path) -> DataFolder:
        """Create the folder if it is missing. Raises `DataFolderUnusable`."""
        folder = cls(root.absolute())
        try:
            for path in (folder.root, folder.logs, folder.secrets):
                path.mkdir(parents=True, exist_ok=True)
            folder.secrets.chmod(0o700)
            (folder.root / "lock").open("ab").close()
        except OSError as error:
            raise DataFolderUnusable(f"{root} cannot be used as data folder: {error.strerror}") from error
        return folder

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def secrets(self) -> Path:
        return self.root / "secrets"

    @property
    def stack_id(self) -> str:
        """Tells this folder's processes from those of other stacks on the machine."""
        return hashlib.sha256(str(self.root.resolve()).encode()).hexdigest()[:12]

    def log_file(self, program: str) -> Path:
        """Where the output of a program goes."""
        return self.logs / f"{program}.log"

    def secret(self, name: str, length: int = 32) -> str:
        """The secret of that name as hexadecimal text, made at the first call."""
        return self.secret_file(name, secrets.token_hex(length).encode()).read_text("ascii")

    def secret_file(self, name: str, content: bytes) -> Path:
        """The file of a secret; ``content`` is written only if there is none yet. Raises `DataFolderCorrupt`."""
        path = self.secrets / name
        if not path.exists():
            write_private(path, content)
        if not path.is_file() or path.stat().st_size == 0:
            raise DataFolderCorrupt(f"{path} is empty or not a file; restore it or remove {self.root}")
        return path

    def port(self, name: str) -> int:
        """A free port on 127.0.0.1 for ``name``: the one of the last start if that is still free."""
        ports = self._remembered_ports()
        remembered = ports.get(name)
        if remembered is not None and port_is_free(remembered):
            return remembered
        ports[name] = _free_port(taken=set(ports.values()))
        self.write_json("ports.json", ports)
        return ports[name]

    def remembered_port(self, name: str) -> int | None:
        """The port that ``name`` was last given, whether or not it is free."""
        return self._remembered_ports().get(name)

    def _remembered_ports(self) -> dict[str, int]:
        return {name: port for name, port in self.read_json("ports.json").items() if isinstance(port, int)}

    def read_json(self, name: str) -> dict[str, Any]:
        """A small record of the stack; empty if there is none. Raises `DataFolderCorrupt`."""
        path = self.root / name
        try:
            content = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise DataFolderCorrupt(f"{path} cannot be read ({error}); restore it or remove {self.root}") from error
        if not isinstance(content, dict):
            raise DataFolderCorrupt(f"{path} is not a JSON object; restore it or remove {self.root}")
        return content

    def write_json(self, name: str, content: dict[str, Any]) -> None:
        """Replace a record as a whole, so that a reader never sees half of it."""
        path = self.root / name
        write_private(path.with_suffix(".new"), json.dumps(content, indent=1).encode())
        path.with_suffix(".new").rename(path)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the folder; the kernel releases it when the holder dies. Raises `AlreadyRunning`."""
        with (self.root / "lock").open("a+b") as file:
            tries_left = _LOCK_TRIES
            while not _acquire(file):
                tries_left -= 1
                if not tries_left:
                    raise AlreadyRunning(f"a stack holds {self.root}: `make status` shows it, `make down` stops it")
                time.sleep(_LOCK_PAUSE_S)
            file.truncate(0)
            file.write(str(os.getpid()).encode())
            file.flush()
            yield

    def holder(self) -> int | None:
        """The process that holds the folder now, None if nobody does."""
        with (self.root / "lock").open("a+b") as file:
            if _acquire(file):
                return None
            file.seek(0)
            return int(file.read() or 0) or None


def _acquire(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, flushed to disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def port_is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen on the port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _free_port(taken: set[int]) -> int:
    """Below the range from which the kernel numbers outgoing connections, so that none takes it meanwhile."""
    while True:
        port = random.randrange(15_000, 32_000)  # noqa: S311  (not a secret)
        if port not in taken and port_is_free(port):
            return port
