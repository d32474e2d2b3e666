"""Node's side of the cross-checks: the packages of ``tests/node``, installed once, and processes on top of them."""

import fcntl
import json
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

NODE_FOLDER = Path(__file__).parent.parent / "node"


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.engine("node"))


@contextmanager
def locked(path):
    """One process at a time: the workers of a test run share the folder."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def node_packages():
    """The folder whose scripts can import what its package.json names."""
    stamp = NODE_FOLDER / "node_modules" / ".installed-lock"
    lock = (NODE_FOLDER / "package-lock.json").read_text()
    with locked(NODE_FOLDER / ".install.lock"):
        if not stamp.exists() or stamp.read_text() != lock:
            subprocess.run(["npm", "ci", "--silent"], cwd=NODE_FOLDER, check=True, capture_output=True, text=True)
            stamp.write_text(lock)
    return NODE_FOLDER


class LineProcess:
    """A Node script that answers one line of JSON with another."""

    def __init__(self, folder, script):
        self._process = subprocess.Popen(
            ["node", script], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, question):
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self):
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


@pytest.fixture(scope="session")
def reference_composers(node_packages):
    """``ask({"subgraphs": [...]})`` answers with the verdicts of both."""
    process = LineProcess(node_packages, "compose.mjs")
    yield process
    process.close()
