"""Settings name the variable that is wrong, in one line."""

from typing import ClassVar

import pytest
from pydantic_settings import SettingsConfigDict

from shared.settings import InvalidSettings, SubgraphSettings, load_settings


class GreetingsSettings(SubgraphSettings):
    model_config = SettingsConfigDict(env_prefix="GREETINGS_", extra="forbid", populate_by_name=True)
    domain: ClassVar[str] = "greetings"


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL", "AMQP_URL", "EVENTS_DATABASE_URL", "GREETINGS_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AGORA_GATEWAY_SECRET", "long-enough-for-a-secret")
    return monkeypatch


def test_each_domain_has_a_database_on_the_server(environment):
    environment.setenv("DATABASE_URL", "postgresql://me:p%40ss@db:6000/whatever")
    settings = load_settings(GreetingsSettings)
    assert settings.database == "postgresql://me:p%40ss@db:6000/agora_greetings"
    assert settings.events_database == "postgresql://me:p%40ss@db:6000/agora_events"
    environment.setenv("GREETINGS_DATABASE_URL", "postgresql://else/mine")
    assert load_settings(GreetingsSettings).database == "postgresql://else/mine"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("GREETINGS_PORT", "high"),
        ("GREETINGS_PORT", "70000"),
        ("AGORA_KEY_PREFIX", "a:b"),
        ("AGORA_GATEWAY_SECRET", "short"),
    ],
)
def test_what_is_wrong_is_named_in_one_line(environment, variable, value):
    environment.setenv(variable, value)
    with pytest.raises(InvalidSettings) as raised:
        load_settings(GreetingsSettings)
    message = str(raised.value)
    assert message.startswith(variable)
    assert "\n" not in message


def test_secrets_do_not_show():
    assert "long-enough" not in repr(load_settings(GreetingsSettings))
