"""Which engines a stack runs itself, and which it only connects to."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from deploy.data_folder import DataFolder
from deploy.engines import ExternalEngines, prepare_engines, without_password
from deploy.settings import DOMAINS, StackSettings
from deploy.stack import describe_stack, stack_environment

GIVEN = ExternalEngines(
    database_url="postgresql://ada:hush@db:5432",
    redis_url="redis://:hush@cache:6379/3",
    typesense_url="http://search:8108",
    typesense_api_key="key",
    amqp_url="amqp://ada:hush@broker/shop",
)


def test_an_engine_that_a_url_names_is_not_started(tmp_path: Path) -> None:
    engines = prepare_engines(DataFolder.open(tmp_path), GIVEN)
    assert engines.programs == ()
    assert set(engines.external) == {"DATABASE_URL", "REDIS_URL", "TYPESENSE_URL", "AMQP_URL"}
    assert not list(tmp_path.glob("postgres*"))


@pytest.mark.engine("redis")
@pytest.mark.engine("typesense")
def test_only_the_missing_engines_are_ours(tmp_path: Path) -> None:
    given = ExternalEngines(database_url=GIVEN.database_url, amqp_url=GIVEN.amqp_url)
    engines = prepare_engines(DataFolder.open(tmp_path), given)
    assert [program.name for program in engines.programs] == ["redis", "typesense"]


def test_without_a_broker_events_travel_through_postgres(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    monkeypatch.setenv("AMQP_URL", "amqp://left@over/")
    folder = DataFolder.open(tmp_path)
    given = ExternalEngines(GIVEN.database_url, GIVEN.redis_url, GIVEN.typesense_url, GIVEN.typesense_api_key)
    engines = prepare_engines(folder, given)
    assert engines.amqp_url is None
    assert "AMQP_URL" not in stack_environment(StackSettings(), folder, engines)


def test_only_the_users_subgraph_can_sign_tokens(tmp_path: Path) -> None:
    folder = DataFolder.open(tmp_path)
    stack = describe_stack(StackSettings(), folder, prepare_engines(folder, GIVEN), ())
    holders = {program.name for program in stack.programs if "AGORA_JWT_PRIVATE_KEY_FILE" in program.environment}
    assert holders == {"users", "users-worker"}


def test_the_gateway_starts_after_every_subgraph(tmp_path: Path) -> None:
    folder = DataFolder.open(tmp_path)
    stack = describe_stack(StackSettings(), folder, prepare_engines(folder, GIVEN), ())
    [gateway] = [program for program in stack.programs if program.name == "gateway"]
    assert set(DOMAINS) <= set(gateway.after)


def test_a_url_is_printed_without_its_password() -> None:
    assert without_password("postgresql://ada:hush@db:5432/x") == "postgresql://ada@db:5432/x"
    assert without_password("redis://:hush@cache:6379/3") == "redis://cache:6379/3"
    assert without_password("http://search:8108") == "http://search:8108"
