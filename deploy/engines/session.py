"""One set of engines for a test session, shared by all of its worker processes.

Each engine starts when the first test asks for it, under a file lock, and outlives the worker that started
it; the session's owner stops them all. A session that was killed is swept by the next one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from deploy.data_folder import DataFolder
from deploy.engines.postgres import prepare_postgres
from deploy.engines.rabbitmq import prepare_rabbitmq
from deploy.engines.redis import prepare_redis
from deploy.engines.typesense import prepare_typesense
from deploy.errors import ProgramFailed
from deploy.program import NotReady, Program

_PREFIX = f"agora-test-engines-{os.geteuid()}-"
_POLL_S = 0.05


@dataclass(frozen=True, slots=True)
class EngineSession:
    """Engines in a temporary data folder, started on demand."""

    folder: DataFolder

    @classmethod
    def create(cls) -> EngineSession:
        """A new session, after what killed sessions have left is stopped and removed."""
        for leftover in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            session = cls(DataFolder(leftover))
            if not _owner_lives(leftover):
                session.stop()
        root = Path(tempfile.mkdtemp(prefix=_PREFIX))
        root.chmod(0o755)  # PostgreSQL may have to run as another user
        (root / "owner").write_text(f"{os.getpid()} {psutil.Process().create_time()}", "ascii")
        return cls(DataFolder.open(root))

    @classmethod
    def join(cls, root: Path) -> EngineSession:
        """The session that another process has created in ``root``."""
        return cls(DataFolder.open(root))

    def postgres(self) -> str:
        """URL of the server, without a database."""
        with self._lock():
            if (url := self._known("postgres")) is None:
                program, url = prepare_postgres(self.folder)
                self._start("postgres", (program,), url)
            return url

    def redis(self) -> str:
        """URL of the server's database 0."""
        with self._lock():
            if (url := self._known("redis")) is None:
                program, url = prepare_redis(self.folder)
                self._start("redis", (program,), url)
            return url

    def typesense(self) -> tuple[str, str]:
        """URL and API key."""
        with self._lock():
            if (url := self._known("typesense")) is None:
                program, url, _ = prepare_typesense(self.folder)
                self._start("typesense", (program,), url)
            return url, self.folder.secret("typesense-key")

    def rabbitmq(self) -> str:
        """URL of our own node. Raises `EngineMissing` where none is installed."""
        with self._lock():
            if (url := self._known("rabbitmq")) is None:
                programs, url = prepare_rabbitmq(self.folder)
                self._start("rabbitmq", programs, url)
            return url

    def stop(self) -> None:
        """Stop every engine and remove the data."""
        for record in (self.folder.root / "processes").glob("*"):
            _stop(record.read_text("ascii"))
        shutil.rmtree(self.folder.root, ignore_errors=True)

    def _known(self, engine: str) -> str | None:
        url = self.folder.read_json("engines.json").get(engine)
        return url if isinstance(url, str) else None

    def _start(self, engine: str, programs: tuple[Program, ...], url: str) -> None:
        for program in programs:
            self._run(program)
        self.folder.write_json("engines.json", {**self.folder.read_json("engines.json"), engine: url})

    def _run(self, program: Program) -> None:
        (self.folder.root / "processes").mkdir(exist_ok=True)
        log_file = self.folder.log_file(program.name)
        with log_file.open("ab") as log:
            process = subprocess.Popen(
                program.argv,
                env=dict(program.environment),
                cwd=program.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        record = f"{process.pid} {psutil.Process(process.pid).create_time()}"
        (self.folder.root / "processes" / program.name).write_text(record, "ascii")
        deadline = time.monotonic() + program.ready_within_s
        while True:
            try:
                return program.probe() if program.probe is not None else None
            except NotReady as reason:
                if process.poll() is not None or time.monotonic() > deadline:
                    lines = log_file.read_text("utf-8", "replace").splitlines()
                    raise ProgramFailed(f"{program.name} did not start ({reason}): {lines[-1:]}") from reason
                time.sleep(_POLL_S)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with (self.folder.root / "lock").open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _owner_lives(root: Path) -> bool:
    try:
        return _process((root / "owner").read_text("ascii")) is not None
    except FileNotFoundError:
        return False


def _process(record: str) -> psutil.Process | None:
    """The process that a record names, unless its number belongs to another one by now."""
    try:
        pid, created = record.split()
        process = psutil.Process(int(pid))
        return process if abs(process.create_time() - float(created)) < 1 else None
    except (ValueError, psutil.NoSuchProcess):
        return None


def _stop(record: str) -> None:
    """Data of a test session is thrown away, so its engines are not asked to save it."""
    process = _process(record)
    if process is None:
        return
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    psutil.wait_procs([process], timeout=5)
