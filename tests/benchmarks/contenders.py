"""The gateways that are measured: how each is started, and what it is called."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent
CACHE = FOLDER / ".cache"
PEERS = CACHE / "peers"
SUBGRAPH_PORTS = (4301, 4302, 4303, 4304)
SUPERGRAPH = CACHE / "supergraph.graphql"

_GATEWAY_YAML = """\
headers: {forward: [authorization]}
log: {level: WARNING}
"""


@dataclass(frozen=True, slots=True)
class Contender:
    """A gateway: ``command`` serves GraphQL at ``port``, run in ``folder``."""

    name: str
    version: str
    port: int
    command: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}/graphql"


def install_peers() -> None:
    """Install the other gateways into the cache, unless they are there."""
    wanted = (FOLDER / "peers" / "package.json").read_text()
    installed = PEERS / ".installed.json"
    if installed.exists() and installed.read_text() == wanted:
        _copy_sources()
        return
    PEERS.mkdir(parents=True, exist_ok=True)
    _copy_sources()
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=PEERS, check=True)
    installed.write_text(wanted)


def _copy_sources() -> None:
    for source in (FOLDER / "peers").rglob("*"):
        if source.is_file():
            target = PEERS / source.relative_to(FOLDER / "peers")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())


def compose_supergraph() -> None:
    """Compose the benchmark's subgraphs with our own composer; every gateway is given the result."""
    names = ("accounts", "inventory", "products", "reviews")
    subgraphs = {
        name: {
            "routing_url": f"http://127.0.0.1:{port}/graphql",
            "schema": {"file": str(FOLDER / "subgraphs" / f"{name}.graphql")},
        }
        for name, port in zip(names, SUBGRAPH_PORTS, strict=True)
    }
    CACHE.mkdir(exist_ok=True)
    config = CACHE / "supergraph.yaml"
    config.write_text(json.dumps({"federation_version": "=2.3.0", "subgraphs": subgraphs}))
    command = [sys.executable, "-m", "gateway", "compose", "--config", str(config), "--output", str(SUPERGRAPH)]
    subprocess.run(command, check=True)


def contenders() -> tuple[Contender, ...]:
    """Ours first; the others where they are installed."""
    settings = CACHE / "gateway.yaml"
    settings.write_text(_GATEWAY_YAML)
    node = str(PEERS / "node_modules" / "node" / "bin" / "node")
    hive = "node_modules/@graphql-hive/gateway/dist/bin.js"
    ours = Contender(
        "Agora",
        f"Python {sys.version_info.major}.{sys.version_info.minor}",
        4310,
        (
            *(sys.executable, "-m", "gateway", "serve", "--config", str(settings)),
            *("--supergraph", str(SUPERGRAPH), "--port", "4310"),
        ),
        FOLDER.parent.parent,
    )
    others = (
        Contender(
            "Apollo Gateway",
            f"{_version('@apollo/gateway')}, Node {_version('node')}",
            4311,
            (node, "apollo.mjs", str(SUPERGRAPH), "4311"),
            PEERS,
            {"NODE_ENV": "production"},
        ),
        Contender(
            "Hive Gateway",
            f"{_version('@graphql-hive/gateway')} with router-runtime, Node {_version('node')}",
            4312,
            (node, hive, "supergraph", "-c", "gateway.config.mjs"),
            PEERS,
            {"NODE_ENV": "production", "BENCHMARK_SUPERGRAPH": str(SUPERGRAPH), "BENCHMARK_PORT": "4312"},
        ),
    )
    return (ours, *others, *_grafbase())


def _grafbase() -> tuple[Contender, ...]:
    """Its binary comes with the package for this platform, or not at all."""
    for binary in sorted((PEERS / "node_modules" / "@grafbase").glob("cli-*/grafbase")):
        command = (
            *(str(binary), "--home", str(PEERS / ".grafbase"), "start", "--log-level", "error"),
            *("--federated-schema", str(SUPERGRAPH), "--listen-address", "127.0.0.1:4313"),
        )
        return (Contender("Grafbase", _version("grafbase"), 4313, command, PEERS),)
    return ()


def _version(package: str) -> str:
    text = (PEERS / "node_modules" / package / "package.json").read_text()
    return str(json.loads(text)["version"])


def environment_of(contender: Contender) -> dict[str, str]:
    """The process environment to start it in."""
    return {**os.environ, **contender.environment}
