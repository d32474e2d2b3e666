"""Real engines for the tests: one set per session, started at the first use, shared by all xdist workers.

``DATABASE_URL``, ``REDIS_URL``, ``TYPESENSE_URL`` with ``TYPESENSE_API_KEY`` and ``AMQP_URL`` win over our own.
A test whose engine is missing is skipped, and the summary counts it; with ``AGORA_REQUIRE_ENGINES=1`` the run
then fails.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from deploy.engines import EngineSession
from deploy.engines.postgres import find_binaries
from deploy.engines.rabbitmq import find_port_mapper, find_script
from deploy.engines.redis import find_binary as find_redis
from deploy.engines.typesense import find_halves
from deploy.errors import EngineMissing

_SESSION_VARIABLE = "AGORA_TEST_ENGINES"
_REQUIRE_VARIABLE = "AGORA_REQUIRE_ENGINES"
_END_TO_END = "tests/e2e/"
_SKIP_PREFIX = "engine missing: "


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        os.environ[_SESSION_VARIABLE] = str(EngineSession.create().folder.root)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        _session().stop()


class OneStackPerRun(LoadScopeScheduling):
    """A file's tests stay on one worker, and all end-to-end tests on one, so that they share a stack."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return _END_TO_END if file.startswith(_END_TO_END) else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneStackPerRun:
    return OneStackPerRun(config, log)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("engine"):
        for name in marker.args:
            require_engine(name)


def require_engine(name: str) -> None:
    """Skip the running test, visibly, if the engine is neither named by a URL nor installed."""
    variable, find = _ENGINES[name]
    if variable is not None and os.environ.get(variable):
        return
    try:
        find()
    except EngineMissing as missing:
        pytest.skip(f"{_SKIP_PREFIX}{name}: {missing}")


def _tool(*names: str) -> Callable[[], object]:
    def find() -> object:
        for name in names:
            if (path := shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")) is not None:
                return path
        raise EngineMissing(f"none of {', '.join(names)} is on PATH")

    return find


_ENGINES: dict[str, tuple[str | None, Callable[[], object]]] = {
    "postgres": ("DATABASE_URL", find_binaries),
    "redis": ("REDIS_URL", find_redis),
    "typesense": ("TYPESENSE_URL", find_halves),
    "rabbitmq": ("AMQP_URL", lambda: (find_script(), find_port_mapper())),
    "nginx": (None, _tool("nginx")),
    "node": (None, _tool("node")),
    "chromium": (None, _tool("chromium", "chromium-browser", "google-chrome")),
}


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and os.environ.get(_REQUIRE_VARIABLE) == "1" and _skipped_for_engines(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = _skipped_for_engines(terminalreporter)
    terminalreporter.write_line(f"skipped for want of an engine: {len(skipped)}")
    for reason in sorted(set(skipped)):
        terminalreporter.write_line(f"  {skipped.count(reason)} × {reason}")


def _skipped_for_engines(reporter: pytest.TerminalReporter) -> list[str]:
    reasons = (report.longrepr[2] for report in reporter.stats.get("skipped", []) if isinstance(report.longrepr, tuple))
    return [reason.partition(_SKIP_PREFIX)[2] for reason in reasons if _SKIP_PREFIX in reason]


def _session() -> EngineSession:
    return EngineSession.join(Path(os.environ[_SESSION_VARIABLE]))


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """A server, as a URL without a database: ``postgresql://user:password@host:port``."""
    require_engine("postgres")
    return os.environ.get("DATABASE_URL") or _session().postgres()


@pytest.fixture(scope="session")
def redis_url() -> str:
    """A Redis database that other tests use too: prefix the keys."""
    require_engine("redis")
    return os.environ.get("REDIS_URL") or _session().redis()


@pytest.fixture(scope="session")
def typesense_url() -> str:
    """A Typesense server that other tests use too: prefix the collections."""
    require_engine("typesense")
    return os.environ.get("TYPESENSE_URL") or _session().typesense()[0]


@pytest.fixture(scope="session")
def typesense_api_key(typesense_url: str) -> str:
    """The key that goes with ``typesense_url``."""
    return os.environ["TYPESENSE_API_KEY"] if os.environ.get("TYPESENSE_URL") else _session().typesense()[1]


@pytest.fixture(scope="session")
def amqp_url() -> str:
    """A RabbitMQ virtual host that other tests use too: prefix exchanges and queues."""
    require_engine("rabbitmq")
    return os.environ.get("AMQP_URL") or _session().rabbitmq()


NODE_FOLDER = Path(__file__).parent / "node"


@pytest.fixture(scope="session")
def node_packages() -> Path:
    """The folder whose scripts can import what its package.json names; installed at the first use."""
    require_engine("node")
    stamp = NODE_FOLDER / "node_modules" / ".installed-lock"
    lock = (NODE_FOLDER / "package-lock.json").read_text()
    with _one_process_at_a_time(NODE_FOLDER / ".install.lock"):
        if not stamp.exists() or stamp.read_text() != lock:
            subprocess.run(["npm", "ci", "--silent"], cwd=NODE_FOLDER, check=True, capture_output=True, text=True)
            stamp.write_text(lock)
    return NODE_FOLDER


@contextmanager
def _one_process_at_a_time(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class NodeScript:
    """A script of ``tests/node`` that answers one line of JSON with another."""

    def __init__(self, folder: Path, script: str) -> None:
        self._process = subprocess.Popen(
            ["node", script], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, question: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture(scope="session")
def node_script(node_packages: Path) -> Callable[[str], NodeScript]:
    """Starts a script of ``tests/node``; who starts it closes it."""
    return lambda script: NodeScript(node_packages, script)


@pytest.fixture(scope="session")
def reference_composers(node_packages: Path) -> Iterator[NodeScript]:
    """``ask({"subgraphs": [...]})`` answers with the verdicts of both."""
    script = NodeScript(node_packages, "compose.mjs")
    yield script
    script.close()


@pytest.fixture(scope="session")
def other_routers(node_packages: Path) -> Iterator[NodeScript]:
    """``ask({"router", "supergraph", …})`` answers as the router does; the script says what it takes."""
    script = NodeScript(node_packages, "routers.mjs")
    yield script
    script.close()


@pytest.fixture(scope="session")
def real_clients(node_packages: Path) -> Iterator[NodeScript]:
    """``ask({"client", "url", "query", …})`` answers what the client library gives to its caller."""
    script = NodeScript(node_packages, "clients.mjs")
    yield script
    script.close()


@pytest.fixture(scope="session")
def browser(node_packages: Path) -> Iterator[NodeScript]:
    """``ask({"url", "tabs", …})`` visits the playground; the script says what it takes."""
    require_engine("chromium")
    script = NodeScript(node_packages, "playground.mjs")
    yield script
    script.close()


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The browser's executable."""
    require_engine("chromium")
    return str(_tool("chromium", "chromium-browser", "google-chrome")())
