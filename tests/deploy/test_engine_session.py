"""The engines of a test session answer as the real servers that they are."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import asyncpg
import psutil
import pytest
import redis

from deploy.engines.probes import probe_amqp, probe_typesense
from deploy.program import NotReady


@pytest.mark.engine("postgres")
async def test_postgres_wants_the_password(postgres_url: str) -> None:
    connection = await asyncpg.connect(f"{postgres_url}/postgres")
    assert await connection.fetchval("select 1") == 1
    await connection.close()
    host = postgres_url.rpartition("@")[2]
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(f"postgresql://agora:wrong@{host}/postgres")


@pytest.mark.engine("redis")
def test_redis_wants_the_password(redis_url: str) -> None:
    assert redis.Redis.from_url(redis_url).ping()
    with pytest.raises(redis.AuthenticationError):
        redis.Redis.from_url(f"redis://{redis_url.rpartition('@')[2]}").ping()


@pytest.mark.engine("typesense")
def test_typesense_wants_the_key(typesense_url: str, typesense_api_key: str) -> None:
    probe_typesense(typesense_url, typesense_api_key)
    with pytest.raises(NotReady, match="401"):
        probe_typesense(typesense_url, "wrong")


@pytest.mark.engine("rabbitmq")
def test_rabbitmq_has_the_virtual_host_and_wants_the_password(amqp_url: str) -> None:
    probe_amqp(amqp_url)
    with pytest.raises(NotReady):
        probe_amqp(amqp_url.replace("agora:", "agora:wrong"))


@pytest.mark.engine("redis")
def test_what_a_killed_session_leaves_is_swept_by_the_next(tmp_path: Path) -> None:
    code = (
        "import os, sys, tempfile; tempfile.tempdir = sys.argv[1]\n"
        "from deploy.engines import EngineSession\n"
        "session = EngineSession.create(); session.redis(); print(session.folder.root, flush=True)\n"
        "os.kill(os.getpid(), 9)"
    )
    command = (sys.executable, "-c", code, str(tmp_path))
    left = Path(subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip())
    assert left.is_dir()
    assert running_in(left)

    sweep = code.replace("session.redis(); ", "").replace("os.kill(os.getpid(), 9)", "session.stop()")
    subprocess.run((sys.executable, "-c", sweep, str(tmp_path)), capture_output=True, check=True)
    assert not left.exists()
    assert not running_in(left)


def running_in(folder: Path) -> list[int]:
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.status() != psutil.STATUS_ZOMBIE and Path(process.cwd()).is_relative_to(folder):
                found.append(process.pid)
    return found
