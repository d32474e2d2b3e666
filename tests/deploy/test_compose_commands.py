"""Each command of compose.yaml, run as it stands there but without containers.

Host names become 127.0.0.1, ports become free ones; everything else is what the file says.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest
import redis
import yaml
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from deploy.data_folder import DataFolder
from deploy.engines import EngineSession
from deploy.engines.owner import choose_owner
from deploy.engines.postgres import find_binaries, prepare_postgres
from deploy.engines.probes import probe_typesense
from deploy.engines.rabbitmq import find_script
from deploy.engines.redis import find_binary as find_redis
from deploy.engines.typesense import find_binary as find_typesense
from deploy.program import NotReady

CHECKOUT = Path(__file__).parent.parent.parent
SERVICES = yaml.safe_load((CHECKOUT / "compose.yaml").read_text("utf-8"))["services"]
DOMAIN_PORTS = {"products": 4001, "inventory": 4002, "orders": 4003, "users": 4004, "reviews": 4005}

RUN_THE_SERVICES = """
    import json, subprocess
    from deploy.program import NotReady

    services = json.loads((here / "services.json").read_text())

    def healthy(command, environment):
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise NotReady(done.stderr.strip())

    programs, jobs = [], []
    for name, service in services.items():
        environment = dict(os.environ) | service["environment"]
        options = {"folder": Path(service["folder"]), "environment": environment, "after": tuple(service["after"])}
        if service["once"]:
            jobs.append(Job(name, tuple(service["command"]), **options))
        else:
            check = partial(healthy, service["check"], environment) if service["check"] else None
            programs.append(Program(name, "subgraph", tuple(service["command"]), probe=check, **options))
    stack = Stack(tuple(programs), tuple(jobs))
"""


@pytest.fixture
def engines() -> Iterator[EngineSession]:
    session = EngineSession.create()
    yield session
    session.stop()


@pytest.mark.engine("postgres")
@pytest.mark.engine("redis")
@pytest.mark.engine("typesense")
@pytest.mark.engine("rabbitmq")
@pytest.mark.engine("nginx")
def test_the_services_serve_the_catalogue_through_the_proxy(
    stand_in: Any, engines: EngineSession, tmp_path: Path
) -> None:
    local = LocalCompose(engines, stand_in.folder, tmp_path)
    (tmp_path / "services.json").write_text(json.dumps(local.services()))
    stand_in.start(RUN_THE_SERVICES)
    try:
        stand_in.until_healthy()
        address = f"http://127.0.0.1:{stand_in.folder.remembered_port('proxy')}"
        answer = _post(f"{address}/graphql", {"query": "{ products(first: 1) { nodes { id name } } }"})
        assert answer.get("errors") is None, answer
        assert answer["data"]["products"]["nodes"]
    finally:
        # nginx writes its title over its environment, by which what a killed supervisor leaves is found.
        stand_in.process.terminate()
        stand_in.process.wait()


class LocalCompose:
    """The services of compose.yaml with host names, ports, variables and secrets of this machine."""

    def __init__(self, engines: EngineSession, folder: DataFolder, root: Path) -> None:
        for start in (engines.postgres, engines.redis, engines.typesense, engines.rabbitmq):
            start()
        self.root = root
        self.ports = {name: folder.port(name) for name in (*DOMAIN_PORTS, "gateway-1", "gateway-2", "proxy")}
        self.jwt_key = root / "jwt-private-key.pem"
        self.jwt_key.write_bytes(
            Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        )
        self.variables = {
            "POSTGRES_PASSWORD": engines.folder.secret("postgres-password"),
            "REDIS_PASSWORD": engines.folder.secret("redis-password"),
            "TYPESENSE_API_KEY": engines.folder.secret("typesense-key"),
            "RABBITMQ_PASSWORD": engines.folder.secret("rabbitmq-password"),
            "AGORA_GATEWAY_SECRET": "a-secret-of-this-test-alone",
            "CATALOG_SIZE": "24",
        }
        engine_ports = {"postgres": 5432, "redis": 6379, "typesense": 8108, "rabbitmq": 5672}
        self.addresses = {f"{name}:{port}": engines.folder.remembered_port(name) for name, port in engine_ports.items()}
        self.addresses |= {f"{domain}:{port}": self.ports[domain] for domain, port in DOMAIN_PORTS.items()}
        self.addresses |= {f"{name}:4000": self.ports[name] for name in ("gateway-1", "gateway-2")}

    def services(self) -> dict[str, Any]:
        own = {
            name: self._own(name, service) for name, service in SERVICES.items() if service["image"] == "agora:local"
        }
        return own | {"proxy": self._proxy(SERVICES["proxy"])}

    def _text(self, text: str) -> str:
        text = re.sub(r"\$\{(\w+)(?::[?-]([^}]*))?\}", lambda found: self.variables.get(found[1], found[2]), text)
        for address, port in self.addresses.items():
            text = text.replace(address, f"127.0.0.1:{port}")
        return text.replace("/run/secrets/jwt_private_key", str(self.jwt_key)).replace("0.0.0.0", "127.0.0.1")

    def _own(self, name: str, service: dict[str, Any]) -> dict[str, Any]:
        environment = {variable: self._text(value) for variable, value in service["environment"].items()}
        environment |= {f"{domain.upper()}_PORT": str(self.ports[domain]) for domain in DOMAIN_PORTS}
        command = [sys.executable, *map(self._text, service["command"][1:])]
        if "--port" in command:
            command[command.index("--port") + 1] = str(self.ports[name])
        check = service.get("healthcheck", {}).get("test", [])[2:]
        return {
            "command": command,
            "check": [sys.executable, *(re.sub(r":40\d\d", f":{self.ports[name]}", part) for part in check)]
            if check
            else None,
            "environment": environment,
            "folder": str(CHECKOUT),
            "after": [other for other in service["depends_on"] if SERVICES[other]["image"] == "agora:local"],
            "once": service["restart"].startswith("on-failure"),
        }

    def _proxy(self, service: dict[str, Any]) -> dict[str, Any]:
        """The image fills the template in and runs ``nginx -g 'daemon off;'``; so do we."""
        values = {name: self._text(value) for name, value in service["environment"].items()}
        values["LISTEN"] = f"127.0.0.1:{self.ports['proxy']}"
        template = (CHECKOUT / "deploy" / "compose" / "nginx.conf.template").read_text("utf-8")
        site = re.sub(r"\$\{(\w+)\}", lambda found: values[found[1]], template)
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        folders = "".join(f"{kind}_temp_path {self.root}/nginx-{kind};" for kind in kinds)
        configuration = self.root / "nginx.conf"
        configuration.write_text(
            f"daemon off; pid {self.root}/nginx.pid; error_log stderr; events {{}} http {{ access_log off; {folders} {site} }}"
        )
        return {
            "command": [
                shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"),
                "-p",
                str(self.root),
                "-c",
                str(configuration),
            ],
            "check": [sys.executable, "-m", "deploy.healthcheck", f"http://127.0.0.1:{self.ports['proxy']}/readyz"],
            "environment": {},
            "folder": str(CHECKOUT),
            "after": list(service["depends_on"]),
            "once": False,
        }


def _post(url: str, body: dict[str, Any]) -> Any:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


@pytest.mark.engine("postgres")
def test_postgres_accepts_its_command(tmp_path: Path) -> None:
    folder = DataFolder.open(tmp_path)
    prepare_postgres(folder)
    owner = choose_owner(folder.root / "postgres", find_binaries())
    command = [*owner.launcher, str(find_binaries() / "postgres"), *SERVICES["postgres"]["command"][1:]]
    done = subprocess.run(
        [*command, "-D", str(folder.root / "postgres"), "-C", "max_connections"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "300"


@pytest.mark.engine("redis")
def test_redis_accepts_its_command_and_health_check(tmp_path: Path) -> None:
    port, binaries = DataFolder.open(tmp_path).port("redis"), find_redis().parent
    command = [re.sub(r"\$\{.*\}", "hush", part) for part in SERVICES["redis"]["command"]]
    local = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(tmp_path)]
    with subprocess.Popen([str(binaries / command[0]), *command[1:], *local], stdout=subprocess.DEVNULL) as server:
        try:
            client = redis.Redis(port=port, password="hush", decode_responses=True)
            _until(client.ping, redis.RedisError)
            assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "volatile-lru"}
            test = SERVICES["redis"]["healthcheck"]["test"]
            check = [str(binaries / test[1]), "-p", str(port), *test[2:]]
            done = subprocess.run(check, env={"REDISCLI_AUTH": "hush"}, capture_output=True, text=True, check=True)
            assert done.stdout.strip() == "PONG"
        finally:
            server.kill()


@pytest.mark.engine("typesense")
def test_typesense_runs_on_its_environment_and_health_check(tmp_path: Path) -> None:
    folder = DataFolder.open(tmp_path / "data")
    port = folder.port("typesense")
    environment = {
        name: re.sub(r"\$\{.*\}", "hush", value) for name, value in SERVICES["typesense"]["environment"].items()
    }
    environment |= {"TYPESENSE_DATA_DIR": str(tmp_path), "TYPESENSE_API_PORT": str(port)}
    environment |= {"TYPESENSE_PEERING_PORT": str(folder.port("peering")), "TYPESENSE_PEERING_ADDRESS": "127.0.0.1"}
    with subprocess.Popen([str(find_typesense(tmp_path))], env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            _until(partial(probe_typesense, f"http://127.0.0.1:{port}", "hush"), NotReady)
            test = [part.replace("8108", str(port)) for part in SERVICES["typesense"]["healthcheck"]["test"]]
            subprocess.run(test[1:], check=True)
        finally:
            server.kill()


@pytest.mark.engine("rabbitmq")
def test_rabbitmqs_health_check_finds_a_node(stand_in: Any) -> None:
    stand_in.start("""
        from deploy.engines.rabbitmq import prepare_rabbitmq
        stack = Stack(prepare_rabbitmq(folder)[0], ())
    """)
    stand_in.until_healthy()
    environment = psutil.Process(stand_in.records["rabbitmq"].pid).environ()
    test = SERVICES["rabbitmq"]["healthcheck"]["test"]
    check = [str(find_script().with_name(test[1])), *test[2:]]
    done = subprocess.run(check, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _until(succeeds: Callable[[], object], problem: type[Exception]) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            succeeds()
        except problem:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        else:
            return
