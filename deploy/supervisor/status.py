"""What runs in a data folder: health, ports and memory of each part, for ``make status``."""

from __future__ import annotations

from dataclasses import dataclass

import psutil

from deploy.data_folder import DataFolder, port_is_free
from deploy.engines.probes import probe_http
from deploy.errors import NotRunning
from deploy.program import NotReady
from deploy.supervisor.records import ProcessRecord, Records


@dataclass(frozen=True, slots=True)
class PartStatus:
    """One program now. ``memory_mb`` is the proportional set size (PSS) of all its processes, in 10^6 bytes."""

    name: str
    health: str
    ports: tuple[int, ...]
    pid: int | None
    restarts: int
    memory_mb: float


def read_status(folder: DataFolder) -> tuple[PartStatus, ...]:
    """The supervisor and each program of the stack that holds the folder. Raises `NotRunning`."""
    holder = folder.holder()
    if holder is None:
        raise NotRunning(f"no stack holds {folder.root}; `make up` starts one")
    supervisor = PartStatus("supervisor", "healthy", (), holder, 0, _memory_mb([psutil.Process(holder)]))
    return (supervisor, *(_part(record) for record in Records(folder).read().values()))


def table(parts: tuple[PartStatus, ...]) -> str:
    """The parts as aligned lines, with the sum of the memory last."""
    header = f"{'part':<18} {'health':<12} {'pid':>7} {'restarts':>8} {'memory MB':>10}  ports"
    lines = [
        f"{part.name:<18} {part.health:<12} {part.pid or '-':>7} {part.restarts:>8} {part.memory_mb:>10.1f}  "
        + " ".join(map(str, part.ports))
        for part in parts
    ]
    total = sum(part.memory_mb for part in parts)
    return "\n".join((header, *lines, f"{'whole stack':<18} {'':<12} {'':>7} {'':>8} {total:>10.1f}  (PSS)")).replace(
        " \n", "\n"
    )


def _part(record: ProcessRecord) -> PartStatus:
    process = record.process()
    if process is None:
        return PartStatus(record.name, "down", record.ports, None, record.restarts, 0.0)
    family = [process, *process.children(recursive=True)]
    return PartStatus(record.name, _health(record), record.ports, process.pid, record.restarts, _memory_mb(family))


def _health(record: ProcessRecord) -> str:
    if record.state != "healthy":
        return record.state
    if any(port_is_free(port) for port in record.ports):
        return "unreachable"
    if record.health_url is not None:
        try:
            probe_http(record.health_url)
        except NotReady:
            return "unhealthy"
    return "healthy"


def _memory_mb(family: list[psutil.Process]) -> float:
    total = 0
    for process in family:
        try:
            memory = process.memory_full_info()
        except psutil.Error:
            continue
        total += getattr(memory, "pss", memory.rss)
    return total / 1e6
