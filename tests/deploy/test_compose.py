"""compose.yaml is what the Compose specification calls valid, and holds the processes that ``make up`` starts."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from deploy.data_folder import DataFolder
from deploy.engines import Engines
from deploy.settings import DOMAINS, StackSettings
from deploy.stack import describe_stack

CHECKOUT = Path(__file__).parent.parent.parent
COMPOSE = yaml.safe_load((CHECKOUT / "compose.yaml").read_text("utf-8"))


def test_the_file_follows_the_specification() -> None:
    schema = json.loads(
        files("check_jsonschema").joinpath("builtin_schemas/vendor/compose-spec.json").read_text("utf-8")
    )
    jsonschema.validate(COMPOSE, schema)


def test_what_is_depended_on_exists() -> None:
    services = COMPOSE["services"]
    for name, service in services.items():
        for other, condition in service.get("depends_on", {}).items():
            assert other in services, f"{name} depends on {other}"
            if condition["condition"] == "service_healthy":
                assert "healthcheck" in services[other], f"{name} waits for the health of {other}"


def test_every_process_of_the_stack_is_there(tmp_path: Path) -> None:
    engines = Engines("postgresql://x", "redis://x", "http://x", "key", "amqp://x", (), {})
    stack = describe_stack(StackSettings(), DataFolder.open(tmp_path), engines, ())
    modules = {step.argv[1:4] for step in (*stack.programs, *stack.jobs)}
    commands = {tuple(service.get("command", [])[1:4]) for service in COMPOSE["services"].values()}
    assert modules <= commands
    gateways = [service for service in COMPOSE["services"].values() if "gateway" in service.get("command", [])]
    assert len(gateways) == 2
    assert gateways[0] == gateways[1]


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_subgraph_is_given_what_make_up_gives_it(domain: str, tmp_path: Path) -> None:
    engines = Engines("postgresql://x", "redis://x", "http://x", "key", "amqp://x", (), {})
    stack = describe_stack(StackSettings(), DataFolder.open(tmp_path), engines, ())
    [program] = [program for program in stack.programs if program.name == domain]
    ours = {name for name in program.environment if re.match(r"(AGORA|DATABASE|REDIS|TYPESENSE|AMQP|MEDIA)_", name)}
    given = set(COMPOSE["services"][domain]["environment"])
    assert ours - given <= {"AGORA_KEY_PREFIX", "AGORA_STACK", "AGORA_TEST_ENGINES", "AGORA_REQUIRE_ENGINES"}


def test_only_the_proxy_is_published_and_only_on_loopback() -> None:
    published = {name: service["ports"] for name, service in COMPOSE["services"].items() if "ports" in service}
    assert list(published) == ["proxy"]
    assert all(port.startswith("127.0.0.1:") for port in published["proxy"])


def test_images_are_pinned_to_a_version() -> None:
    for service in COMPOSE["services"].values():
        assert re.search(r":[\d.]+$|^agora:local$", service["image"]), service["image"]


def test_secrets_are_made_once(tmp_path: Path) -> None:
    script = tmp_path / "deploy" / "compose" / "make-secrets.sh"
    script.parent.mkdir(parents=True)
    script.write_bytes((CHECKOUT / "deploy" / "compose" / "make-secrets.sh").read_bytes())
    subprocess.run(("sh", str(script)), check=True)
    written = (tmp_path / ".env").read_text()
    needed = set(re.findall(r"\$\{(\w+):\?", (CHECKOUT / "compose.yaml").read_text("utf-8")))
    assert {line.partition("=")[0] for line in written.splitlines()} == needed
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600
    key = (tmp_path / ".secrets" / "jwt-private-key.pem").read_bytes()
    assert b"PRIVATE KEY" in key
    subprocess.run(("sh", str(script)), check=True)
    assert (tmp_path / ".env").read_text() == written
    assert (tmp_path / ".secrets" / "jwt-private-key.pem").read_bytes() == key


def test_the_image_installs_the_versions_that_were_tested() -> None:
    tested, installed = (pins(CHECKOUT / path) for path in ("requirements.lock", "deploy/compose/requirements.lock"))
    assert {name: installed[name] for name in installed} == {name: tested.get(name) for name in installed}
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    runtime = {re.split(r"[\[><=;~! ]", dependency)[0].lower() for dependency in project["dependencies"]}
    assert runtime <= set(installed)


def pins(lock: Path) -> dict[str, Any]:
    """Version and hashes of each distribution of a lock."""
    found: dict[str, Any] = {}
    name = ""
    for line in lock.read_text("utf-8").splitlines():
        if match := re.match(r"([a-z0-9._-]+)==(\S+)", line):
            name = match[1]
            found[name] = (match[2], set())
        elif match := re.search(r"--hash=(\S+)", line):
            found[name][1].add(match[1])
    return found
