"""The commands of the stack, one function each, as the Makefile calls them."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from typing import Final

from deploy import catalogue
from deploy.data_folder import DataFolder
from deploy.engines import Engines, prepare_engines
from deploy.errors import AlreadyRunning, NotRunning
from deploy.settings import StackSettings
from deploy.stack import Stack, describe_stack, migrations, port_claims, seed_jobs, stack_environment
from deploy.supervisor.console import Console
from deploy.supervisor.down import take_down
from deploy.supervisor.status import read_status, table
from deploy.supervisor.up import STATE_FILE, hold_up

_POLL_S: Final = 0.1


def up(settings: StackSettings) -> None:
    """Bring the stack up and hold it in the foreground. Raises `StackError`."""
    folder, given = DataFolder.open(settings.data_dir), settings.external_engines
    size = catalogue.wanted_size(folder, given, settings.catalog_size)

    def describe() -> Stack:
        engines = _engines(settings, folder)
        environment = stack_environment(settings, folder, engines)
        loaded = catalogue.is_loaded(folder, given)
        return describe_stack(
            settings, folder, engines, () if loaded else seed_jobs(engines, environment, folder, size)
        )

    def when_healthy() -> bool:
        catalogue.note_loaded(folder, given, size)
        return True

    asyncio.run(hold_up(folder, port_claims(settings), describe, Console(), when_healthy))


def reseed(settings: StackSettings) -> None:
    """Replace the demo data, with nothing but the engines running. Raises `StackError`."""
    folder, given = DataFolder.open(settings.data_dir), settings.external_engines
    size = settings.catalog_size or catalogue.wanted_size(folder, given, None)

    def describe() -> Stack:
        catalogue.forget(folder)
        engines = _engines(settings, folder)
        environment = stack_environment(settings, folder, engines)
        seeds = seed_jobs(engines, environment, folder, size, reset=True)
        return Stack(programs=engines.programs, jobs=(*migrations(engines, environment, folder), *seeds))

    def when_healthy() -> bool:
        catalogue.note_loaded(folder, given, size)
        return False

    asyncio.run(hold_up(folder, (), describe, Console(), when_healthy))


def up_detached(settings: StackSettings) -> int:
    """Start a supervisor in the background and return once all is healthy; the exit status of a failed start."""
    folder, console = DataFolder.open(settings.data_dir), Console()
    log_file = folder.log_file("supervisor")
    with log_file.open("wb") as log:
        if folder.holder() is not None:
            raise AlreadyRunning(f"a stack holds {folder.root}: `make status` shows it, `make down` stops it")
        (folder.root / STATE_FILE).unlink(missing_ok=True)  # one that was killed may have left its own
        supervisor = subprocess.Popen(
            (sys.executable, "-m", "deploy", "up"),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    with log_file.open("r", encoding="utf-8", errors="replace") as output:
        while True:
            status = supervisor.poll()
            healthy = folder.read_json(STATE_FILE).get("state") == "healthy"
            sys.stdout.write(output.read())
            sys.stdout.flush()
            if status is not None:
                return status or 1
            if healthy:
                console.note(f"runs in the background; its log is {log_file}")
                return 0
            time.sleep(_POLL_S)


def down(settings: StackSettings) -> None:
    """Stop the stack, and whatever a killed one has left behind."""
    if settings.data_dir.exists():
        take_down(DataFolder.open(settings.data_dir), Console())


def status(settings: StackSettings) -> int:
    """Print each part's health, ports and memory; 1 if a part is not healthy. Raises `NotRunning`."""
    if not settings.data_dir.exists():
        raise NotRunning(f"there is no {settings.data_dir}; `make up` starts a stack")
    parts = read_status(DataFolder.open(settings.data_dir))
    sys.stdout.write(table(parts) + "\n")
    return 0 if all(part.health == "healthy" for part in parts) else 1


def _engines(settings: StackSettings, folder: DataFolder) -> Engines:
    engines = prepare_engines(folder, settings.external_engines)
    engines.require_external()
    return engines
