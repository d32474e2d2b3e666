"""A test without its engine never passes for a green one: it is counted, and a run that must have all fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CONFTEST = Path(__file__).parent.parent / "conftest.py"


def run(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    (folder / "conftest.py").write_bytes(CONFTEST.read_bytes())
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n    engine(name): x\n")
    (folder / "test_it.py").write_text(
        "import pytest\n@pytest.mark.engine('chromium')\ndef test_page(): pass\ndef test_other(): pass\n"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "AGORA"))}
    return subprocess.run(
        (sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--import-mode=importlib", str(folder)),
        env=environment | {"PATH": str(folder)} | variables,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_skip_for_want_of_an_engine_is_counted(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 0, done.stdout
    assert "skipped for want of an engine: 1" in done.stdout
    assert "1 × chromium: " in done.stdout
    assert "1 passed, 1 skipped" in done.stdout.splitlines()[-1]


def test_where_all_engines_are_required_the_run_fails(tmp_path: Path) -> None:
    done = run(tmp_path, AGORA_REQUIRE_ENGINES="1")
    assert done.returncode == 1
    assert "1 passed, 1 skipped" in done.stdout.splitlines()[-1]
