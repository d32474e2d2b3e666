"""Stand-in stacks: tiny programs under the real supervisor, which runs in a process of its own."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Any

import psutil
import pytest

from deploy.data_folder import DataFolder
from deploy.supervisor.records import ProcessRecord, Records
from deploy.supervisor.up import STATE_FILE

_PATIENCE_S = 60

_DIES_WITH_THE_TEST = ("setpriv", "--pdeathsig", "TERM")
"""A test run that is killed takes its supervisors with it, and they stop what they started."""

_DRIVER = """
    import asyncio, os, signal, sys
    from functools import partial
    from pathlib import Path
    from deploy.data_folder import DataFolder
    from deploy.engines.probes import probe_http
    from deploy.errors import StackError
    from deploy.program import Job, Program
    from deploy.stack import PortClaim, Stack
    from deploy.supervisor.console import Console
    from deploy.supervisor.up import hold_up

    here = Path(__file__).parent
    folder = DataFolder.open(here / "data")

    def program(name, code, **options):
        return Program(name, "subgraph", (sys.executable, "-c", code), here, dict(os.environ), **{"settle_s": 0.5} | options)

    def job(name, code, **options):
        return Job(name, (sys.executable, "-c", code), here, dict(os.environ), **options)

    def server(name, **options):
        port = folder.port(name)
        code = (
            "import http.server, sys\\n"
            "class Handler(http.server.BaseHTTPRequestHandler):\\n"
            "    def do_GET(self): self.send_response(200); self.end_headers()\\n"
            f"print('{name} listens', flush=True)\\n"
            f"http.server.ThreadingHTTPServer(('127.0.0.1', {port}), Handler).serve_forever()"
        )
        url = f"http://127.0.0.1:{port}/"
        return program(name, code, probe=partial(probe_http, url), health_url=url, ports=(port,), **options)

    ports = ()
"""

_FOOTER = """
    try:
        asyncio.run(hold_up(folder, ports, lambda: stack, Console(), lambda: True))
    except StackError as problem:
        sys.exit(str(problem))
"""


class StandIn:
    """A supervisor that carries out a stack which a test has written."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = DataFolder.open(root / "data")
        self.output = root / "output"
        self.process: subprocess.Popen[bytes] | None = None
        self.terminal: FileIO | None = None

    def start(self, body: str) -> None:
        """Run a script that assigns ``stack`` with the helpers of the driver."""
        script = self._write(body)
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                (*_DIES_WITH_THE_TEST, sys.executable, str(script)),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def start_on_terminal(self, body: str) -> None:
        """As `start`, with a terminal as standard input and output."""
        script = self._write(body)
        controller, terminal = pty.openpty()
        self.terminal = os.fdopen(controller, "r+b", buffering=0)
        command = (*_DIES_WITH_THE_TEST, "setsid", "--ctty", "--wait", sys.executable, str(script))
        self.process = subprocess.Popen(
            command,
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "120"},
        )
        os.close(terminal)
        threading.Thread(target=self._copy_terminal, daemon=True).start()

    def type(self, keys: str) -> None:
        """Press keys."""
        assert self.terminal is not None
        self.terminal.write(keys.encode())

    def _copy_terminal(self) -> None:
        assert self.terminal is not None
        with self.output.open("ab") as output, suppress(OSError):  # reading fails once the last process has closed it
            while chunk := self.terminal.read(65_536):
                output.write(chunk)
                output.flush()

    def _write(self, body: str) -> Path:
        script = self.root / "driver.py"
        script.write_text(textwrap.dedent(_DRIVER) + textwrap.dedent(body) + textwrap.dedent(_FOOTER))
        (self.root / "data" / STATE_FILE).unlink(missing_ok=True)
        return script

    def until(self, happened: Callable[[], Any]) -> Any:
        """Wait for a condition; its value. Fails with the supervisor's output."""
        deadline = time.monotonic() + _PATIENCE_S
        while not (value := happened()):
            assert time.monotonic() < deadline, self.text
            time.sleep(0.02)
        return value

    def until_healthy(self) -> None:
        self.until(lambda: self.folder.read_json(STATE_FILE).get("state") == "healthy" or self._ended())
        assert not self._ended(), self.text

    def exit_status(self) -> int:
        assert self.process is not None
        return self.process.wait(_PATIENCE_S)

    def signal(self, number: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(number)

    @property
    def text(self) -> str:
        return self.output.read_text("utf-8")

    @property
    def records(self) -> dict[str, ProcessRecord]:
        return Records(self.folder).read()

    def alive(self) -> list[str]:
        """Command lines of the processes that belong to the stack."""
        return [" ".join(process.cmdline()) for process in processes_of(self.folder)]

    def _ended(self) -> bool:
        assert self.process is not None
        return self.process.poll() is not None


def processes_of(folder: DataFolder) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("AGORA_STACK") == folder.stack_id and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (psutil.Error, OSError):
            continue
    return found


@pytest.fixture
def stand_in(tmp_path: Path) -> Iterator[StandIn]:
    stack = StandIn(tmp_path)
    yield stack
    if stack.process is not None and stack.process.poll() is None:
        stack.process.kill()
        stack.process.wait()
    Records(stack.folder).stop_leftovers(spare=os.getpid())


@pytest.fixture
def deploy_command(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs ``python -m deploy`` on a data folder of the test's own, with settings given as keywords."""

    def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        ours = {name: value for name, value in os.environ.items() if not name.endswith(("_URL", "_PORT"))}
        environment = {"DATA_DIR": str(tmp_path / "data"), **ours, **settings}
        return subprocess.run(
            (sys.executable, "-m", "deploy", *arguments),
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE_S,
        )

    return run
