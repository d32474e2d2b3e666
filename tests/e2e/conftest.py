"""A stack of its own, brought up on a fresh data folder as ``make up`` does."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from deploy.data_folder import DataFolder
from deploy.supervisor.records import ProcessRecord, Records
from deploy.supervisor.up import STATE_FILE

OPERATIONS = Path(__file__).parent.parent.parent / "schema" / "operations"
_NAMES = ("GATEWAY", "PRODUCTS", "INVENTORY", "ORDERS", "USERS", "REVIEWS")
_PATIENCE_S = 240


class Stack:
    """A stack under ``python -m deploy``, and a client of its gateway."""

    def __init__(self, root: Path) -> None:
        self.folder = DataFolder.open(root)
        self.ports = {name: self.folder.port(f"e2e-{name}") for name in _NAMES}
        ours = {name: value for name, value in os.environ.items() if not name.endswith(("_URL", "_PORT"))}
        self.environment = (
            ours | {f"{name}_PORT": str(port) for name, port in self.ports.items()} | {"DATA_DIR": str(root)}
        )

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """``python -m deploy`` with the stack's settings."""
        return subprocess.run(
            (sys.executable, "-m", "deploy", *arguments),
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=2 * _PATIENCE_S,
        )

    def up_in_the_foreground(self) -> None:
        """``make up``. A test run that is killed takes the supervisor with it, which stops what it started."""
        with (self.folder.root / "output").open("wb") as output:
            supervisor = subprocess.Popen(
                ("setpriv", "--pdeathsig", "TERM", sys.executable, "-m", "deploy", "up"),
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

        def healthy() -> bool:
            assert supervisor.poll() is None, (self.folder.root / "output").read_text("utf-8")[-4000:]
            return self.folder.read_json(STATE_FILE).get("state") == "healthy"

        self.until(healthy)

    def up_detached(self) -> str:
        """``make up DETACH=1``; what it prints."""
        done = self.run("up", "--detach")
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr
        return done.stdout

    def down(self) -> None:
        assert self.run("down").returncode == 0

    def processes(self) -> list[str]:
        """Command lines of everything that belongs to the data folder."""
        root = str(self.folder.root)
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error, OSError):
                command = " ".join(process.cmdline())
                if root in command or process.environ().get("AGORA_STACK") == self.folder.stack_id:
                    found.append(command)
        return found

    def record(self, name: str) -> ProcessRecord:
        return Records(self.folder).read()[name]

    def kill(self, name: str) -> None:
        """kill -9 a part, and wait until the supervisor has a healthy one again."""
        before = self.record(name)
        os.kill(before.pid, signal.SIGKILL)
        self.until(lambda: self.record(name).pid != before.pid and self.record(name).state == "healthy")

    def until(self, happened: Callable[[], Any]) -> Any:
        deadline = time.monotonic() + _PATIENCE_S
        while not (value := happened()):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        return value

    def answer(self, document: str, variables: Mapping[str, Any] | None = None, *, token: str | None = None) -> Any:
        """The whole answer of the gateway: ``{"data", "errors"}``."""
        return self.post(f"http://127.0.0.1:{self.ports['GATEWAY']}/graphql", document, variables, token=token)[1]

    def data(self, document: str, variables: Mapping[str, Any] | None = None, *, token: str | None = None) -> Any:
        """``data`` of an answer that has no errors."""
        answer = self.answer(document, variables, token=token)
        assert "errors" not in answer, json.dumps(answer["errors"], indent=1)[:4000]
        return answer["data"]

    def tab(self, name: str, *, token: str | None = None, cart: str = "", **changed: Any) -> Any:
        """``data`` of a tab of the playground with its committed variables; ``cart`` is what ``<cart>`` stands for."""
        variables = json.loads((OPERATIONS / f"{name}.variables.json").read_text("utf-8").replace("<cart>", cart))
        return self.data((OPERATIONS / f"{name}.graphql").read_text("utf-8"), variables | changed, token=token)

    @staticmethod
    def post(
        url: str, document: str, variables: Mapping[str, Any] | None = None, *, token: str | None = None
    ) -> tuple[int, Any]:
        headers = {"content-type": "application/json", "accept": "application/json"}
        if token is not None:
            headers["authorization"] = f"Bearer {token}"
        body = json.dumps({"query": document, "variables": dict(variables or {})}).encode()
        try:
            with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def sign_in(self, email: str = "ada@example.com") -> str:
        """An access token of a demo user."""
        payload = self.tab("00_1_sign_in", email=email)["signIn"]
        assert payload["userErrors"] == []
        token: str = payload["tokens"]["accessToken"]
        return token


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    root = Path(tempfile.mkdtemp(prefix="agora-e2e-"))
    root.chmod(0o755)
    stack = Stack(root)
    try:
        stack.up_in_the_foreground()
        yield stack
    finally:
        stack.run("down")
        shutil.rmtree(root, ignore_errors=True)
