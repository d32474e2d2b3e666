"""Starting and stopping what is measured, each on its core, and reading what it has used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from contenders import CACHE, FOLDER, SUBGRAPH_PORTS, Contender, environment_of

CORES = sorted(os.sched_getaffinity(0))
GATEWAY_CORE = CORES[0]
OTHER_CORE = CORES[-1]
START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Running:
    """A gateway that answers."""

    contender: Contender
    process: subprocess.Popen[bytes]

    def cpu_seconds(self) -> float:
        """Processor time of the process and its children so far."""
        times = [each.cpu_times() for each in self._family()]
        return sum(each.user + each.system for each in times)

    def memory_mb(self) -> float:
        """Resident memory of the process and its children."""
        return sum(each.memory_info().rss for each in self._family()) / 2**20

    def _family(self) -> list[psutil.Process]:
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]


@contextmanager
def started(command: list[str], *, core: int, folder: Path, environment: dict[str, str], log: str) -> Iterator[Any]:
    """A process on one core, stopped at the end of the block."""
    with (CACHE / f"{log}.log").open("wb") as output:
        process = subprocess.Popen(
            ["taskset", "-c", str(core), *command], cwd=folder, env=environment, stdout=output, stderr=output
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def stub_subgraphs(latency_ms: float) -> Iterator[None]:
    """The four subgraphs on the other core."""
    ports = [str(port) for port in SUBGRAPH_PORTS]
    command = [sys.executable, "stubs.py", "--latency-ms", str(latency_ms), "--ports", *ports]
    with started(command, core=OTHER_CORE, folder=FOLDER, environment=dict(os.environ), log="stubs"):
        time.sleep(1)
        yield


@contextmanager
def gateway(contender: Contender) -> Iterator[Running]:
    """The gateway on its core, once it answers."""
    command, log = list(contender.command), contender.name.lower().replace(" ", "-")
    with started(
        command, core=GATEWAY_CORE, folder=contender.folder, environment=environment_of(contender), log=log
    ) as process:
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                ask(contender.url, "{ __typename }")
                break
            except OSError as error:
                if time.monotonic() > until or process.poll() is not None:
                    raise SystemExit(f"{contender.name} does not answer: see {CACHE / log}.log") from error
                time.sleep(0.3)
        yield Running(contender, process)


def ask(url: str, query: str) -> bytes:
    """One request; the body of the answer."""
    request = urllib.request.Request(
        url, json.dumps({"query": query}).encode(), {"content-type": "application/json", "authorization": "Bearer one"}
    )
    with urllib.request.urlopen(request, timeout=20) as response:
        return bytes(response.read())


def load(url: str, operation: Path, *, connections: int, seconds: float, shared: bool) -> dict[str, Any]:
    """One run of the load generator, on the other core."""
    command = [
        *("taskset", "-c", str(OTHER_CORE), sys.executable, str(FOLDER / "load.py"), "--url", url),
        *("--operation", str(operation), "--connections", str(connections), "--seconds", str(seconds)),
        *(["--same-authorization"] if shared else []),
    ]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(result.stdout))
