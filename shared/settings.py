"""Typed settings, read from the environment.

``SubgraphSettings`` holds what every subgraph has; a domain subclasses it, sets ``domain`` and the prefix, and adds
its own fields. Fields with a prefix (``ORDERS_PORT``) belong to one process; fields with an alias (``REDIS_URL``) are
shared by all. An invalid value ends the process with one line (``load_settings``).
"""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.db.urls import database_on_server

SettingsT = TypeVar("SettingsT", bound=BaseSettings)

DEFAULT_SERVER_URL = "postgresql://postgres@127.0.0.1:5432"


class InvalidSettings(Exception):
    """A setting is missing or malformed; the message names it and its environment variable."""


class SubgraphSettings(BaseSettings):
    """Settings of one subgraph's processes; URLs name engines, times are in the unit of the field's name."""

    model_config = SettingsConfigDict(extra="forbid", populate_by_name=True)
    domain: ClassVar[str]

    host: str = "127.0.0.1"
    port: int = Field(default=4001, ge=0, le=65535)
    database_url: str | None = None
    pool_size: int = Field(default=10, ge=1, le=200)
    statement_timeout_ms: int = Field(default=10_000, ge=1)

    server_url: str = Field(default=DEFAULT_SERVER_URL, validation_alias="DATABASE_URL")
    redis_url: str | None = Field(default=None, validation_alias="REDIS_URL")
    amqp_url: str | None = Field(default=None, validation_alias="AMQP_URL")
    events_database_url: str | None = Field(default=None, validation_alias="EVENTS_DATABASE_URL")
    key_prefix: str = Field(default="agora", validation_alias="AGORA_KEY_PREFIX", pattern=r"^[a-z0-9_-]{1,40}$")
    gateway_secret: SecretStr = Field(validation_alias="AGORA_GATEWAY_SECRET", min_length=16)
    log_format: str = Field(default="text", validation_alias="AGORA_LOG_FORMAT", pattern="^(text|json)$")
    log_level: str = Field(default="INFO", validation_alias="AGORA_LOG_LEVEL", pattern="^(DEBUG|INFO|WARNING|ERROR)$")

    @property
    def database(self) -> str:
        """The subgraph's own database: ``<D>_DATABASE_URL``, else ``agora_<domain>`` on ``DATABASE_URL``."""
        return self.database_url or database_on_server(self.server_url, f"agora_{self.domain}")

    @property
    def events_database(self) -> str:
        """Where the Postgres event transport keeps its queues when no broker is set."""
        return self.events_database_url or database_on_server(self.server_url, "agora_events")


def load_settings(settings: type[SettingsT], **overrides: Any) -> SettingsT:
    """Read ``settings`` from the environment. Raises InvalidSettings with one line."""
    try:
        return settings(**overrides)
    except ValidationError as error:
        raise InvalidSettings("; ".join(_problem(settings, detail) for detail in error.errors())) from error


def _problem(settings: type[BaseSettings], detail: Any) -> str:
    name = str(detail["loc"][0]) if detail["loc"] else "settings"
    field = settings.model_fields.get(name)
    prefix = settings.model_config.get("env_prefix") or ""
    variable = f"{prefix}{name}".upper() if field is not None and field.validation_alias is None else name
    return f"{variable}: {detail['msg']}"
