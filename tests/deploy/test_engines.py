"""The embedded engines in a stack's data folder: who runs them, what survives, what they listen on."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import psutil
import pytest

from deploy.data_folder import DataFolder
from deploy.engines.owner import choose_owner

ENGINES = """
    from deploy.engines import ExternalEngines, prepare_engines
    engines = prepare_engines(folder, ExternalEngines())
    stack = Stack(programs=engines.programs, jobs=(), urls=(("database", engines.database_url),))
"""


@pytest.mark.engine("postgres")
@pytest.mark.engine("redis")
@pytest.mark.engine("typesense")
@pytest.mark.engine("rabbitmq")
def test_engines_listen_on_loopback_only_and_keep_their_data_over_kill_9(stand_in: Any) -> None:
    stand_in.start(ENGINES)
    stand_in.until_healthy()
    url = stand_in.folder.root
    addresses = {
        connection.laddr[0]
        for record in stand_in.records.values()
        for process in [psutil.Process(record.pid), *psutil.Process(record.pid).children(recursive=True)]
        for connection in process.net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN
    }
    assert all(ip_address(address).is_loopback for address in addresses)
    _sql(stand_in, "create table kept (value text); insert into kept values ('acknowledged')")

    postmaster = stand_in.records["postgres"].pid
    os.kill(postmaster, signal.SIGKILL)
    stand_in.until(lambda: (record := stand_in.records["postgres"]).pid != postmaster and record.state == "healthy")
    assert _sql(stand_in, "select value from kept") == "acknowledged"

    broker = stand_in.records["rabbitmq"].pid
    os.kill(broker, signal.SIGKILL)
    stand_in.until(lambda: (record := stand_in.records["rabbitmq"]).pid != broker and record.state == "healthy")

    stand_in.signal(signal.SIGTERM)
    assert stand_in.exit_status() == 0
    assert stand_in.alive() == []
    assert [process for process in psutil.process_iter(["cmdline"]) if str(url) in str(process.info["cmdline"])] == []

    stand_in.start(ENGINES)
    stand_in.until_healthy()
    assert _sql(stand_in, "select value from kept") == "acknowledged"


def _sql(stand_in: Any, statements: str) -> str:
    folder = stand_in.folder
    port, password = folder.remembered_port("postgres"), folder.secret("postgres-password")
    code = (
        "import asyncio, asyncpg, sys\n"
        "async def run():\n"
        "    connection = await asyncpg.connect(sys.argv[1])\n"
        "    print([await connection.fetchval(part) for part in sys.argv[2].split(';')][-1])\n"
        "asyncio.run(run())"
    )
    url = f"postgresql://agora:{password}@127.0.0.1:{port}/postgres"
    done = subprocess.run((sys.executable, "-c", code, url, statements), capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_secrets_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    folder = DataFolder.open(tmp_path / "data")
    secret = folder.secret("gateway-secret")
    assert DataFolder.open(tmp_path / "data").secret("gateway-secret") == secret
    assert secret != DataFolder.open(tmp_path / "other").secret("gateway-secret")
    assert stat.S_IMODE((folder.secrets / "gateway-secret").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.secrets.stat().st_mode) == 0o700


def test_ports_are_remembered_while_they_are_free(tmp_path: Path) -> None:
    folder = DataFolder.open(tmp_path / "data")
    port = folder.port("postgres")
    assert folder.port("redis") != port
    assert DataFolder.open(tmp_path / "data").port("postgres") == port


@pytest.mark.engine("postgres")
def test_postgres_runs_in_a_folder_that_only_its_owner_may_enter(stand_in: Any) -> None:
    stand_in.root.chmod(0o700)
    stand_in.start("""
        from deploy.engines.postgres import prepare_postgres
        program, url = prepare_postgres(folder)
        stack = Stack(programs=(program,), jobs=())
    """)
    stand_in.until_healthy()
    assert psutil.Process(stand_in.records["postgres"].pid).uids().effective != 0
    assert stat.S_IMODE(stand_in.root.stat().st_mode) == 0o700


@pytest.mark.engine("postgres")
@pytest.mark.engine("rabbitmq")
def test_the_engines_run_as_an_ordinary_user(public_folder: Path) -> None:
    owner = choose_owner(public_folder / "postgres", Path(sys.executable).resolve().parent)
    owner.give(public_folder)
    code = (
        "import os, sys, tempfile; tempfile.tempdir = sys.argv[1]; assert os.geteuid() != 0\n"
        "from deploy.engines import EngineSession\n"
        "session = EngineSession.create()\n"
        "try:\n"
        "    session.postgres(); session.redis(); session.typesense(); session.rabbitmq(); print('all four')\n"
        "finally: session.stop()"
    )
    command = (*owner.launcher, sys.executable, "-c", code, str(public_folder))
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=public_folder)
    assert done.stdout == "all four\n", done.stderr


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that every user can reach, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="agora-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
