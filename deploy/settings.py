"""All that can be set for a stack: one typed object, read from the environment (``make up GATEWAY_PORT=5000``)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from deploy.engines import ExternalEngines
from deploy.errors import SettingsInvalid

DOMAINS: Final = ("products", "inventory", "orders", "users", "reviews")
DEFAULT_CATALOG_SIZE: Final = 1_000


class StackSettings(BaseSettings):
    """The stack's settings; each is the environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True)

    data_dir: Path = Path(".data")
    """Folder of the engines' data, secrets and logs; relative to the working directory."""
    catalog_size: int | None = Field(default=None, ge=1, le=1_000_000)
    """SKUs of the demo catalogue; unset means what the data folder holds, or 1,000 in a fresh one."""

    gateway_port: int = Field(default=4000, ge=1, le=65_535)
    gateway_workers: int = Field(default=1, ge=1, le=64)
    products_port: int = Field(default=4001, ge=1, le=65_535)
    inventory_port: int = Field(default=4002, ge=1, le=65_535)
    orders_port: int = Field(default=4003, ge=1, le=65_535)
    users_port: int = Field(default=4004, ge=1, le=65_535)
    reviews_port: int = Field(default=4005, ge=1, le=65_535)

    database_url: str | None = Field(default=None, repr=False)
    """A PostgreSQL server on which ``agora_<domain>`` databases are created."""
    redis_url: str | None = Field(default=None, repr=False)
    typesense_url: str | None = None
    typesense_api_key: str | None = Field(default=None, repr=False)
    amqp_url: str | None = Field(default=None, repr=False)
    agora_key_prefix: str = Field(default="agora", pattern=r"^[a-z0-9_-]{1,40}$")
    """Keeps stacks apart on shared engines: prefix of Redis keys, search collections, exchanges and queues."""

    @model_validator(mode="after")
    def _typesense_needs_its_key(self) -> StackSettings:
        if self.typesense_url is not None and self.typesense_api_key is None:
            raise ValueError("TYPESENSE_URL needs TYPESENSE_API_KEY")
        return self

    def port_of(self, domain: str) -> int:
        """The HTTP port of a subgraph."""
        port: int = getattr(self, f"{domain}_port")
        return port

    @property
    def external_engines(self) -> ExternalEngines:
        """The engines that URLs name."""
        return ExternalEngines(
            database_url=self.database_url,
            redis_url=self.redis_url,
            typesense_url=self.typesense_url,
            typesense_api_key=self.typesense_api_key,
            amqp_url=self.amqp_url,
        )


def load_settings() -> StackSettings:
    """The settings of this process. Raises `SettingsInvalid` with the variables at fault."""
    try:
        return StackSettings()
    except ValidationError as error:
        raise SettingsInvalid("; ".join(_problem(detail["loc"], detail["msg"]) for detail in error.errors())) from error


def _problem(location: tuple[int | str, ...], message: str) -> str:
    variable = ".".join(map(str, location)).upper()
    return f"{variable} {message.removeprefix('Value error, ')}".strip()
