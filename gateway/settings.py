"""What an operator can set, by section. Every setting has a default; names carry their unit.

Unknown keys are refused, so that a misspelt limit never goes unnoticed. Where values come from: ``read_settings.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from gateway.executor.error_policy import DEFAULT_CLIENT_CODES, DEFAULT_EXTENSION_KEYS
from gateway.playground import PlaygroundSettings
from shared.auth.signature import IDENTITY_HEADER, SIGNATURE_HEADER

_OWN_HEADERS = frozenset(
    {
        "accept",
        "accept-encoding",
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "host",
        "te",
        "traceparent",
        "tracestate",
        "transfer-encoding",
        "upgrade",
        IDENTITY_HEADER,
        SIGNATURE_HEADER,
    }
)


def _passable(name: str) -> str:
    lowered = name.lower()
    if lowered in _OWN_HEADERS:
        raise ValueError(f"{lowered} cannot be passed on: the gateway writes it itself")
    return lowered


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ListenSettings(_Section):
    """Where clients connect. ``workers`` are processes that share the port."""

    host: str = "127.0.0.1"
    port: int = Field(default=4000, ge=0, le=65_535)
    workers: int = Field(default=1, ge=1, le=64)
    shutdown_grace_ms: int = Field(default=10_000, ge=0)


class SupergraphSettings(_Section):
    """``source`` is a file or an http(s) URL, looked at every ``poll_interval_ms`` (0: only at start)."""

    source: str | None = None
    poll_interval_ms: int = Field(default=2_000, ge=0)
    last_good_file: Path | None = None
    headers: Mapping[str, SecretStr] = Field(default_factory=dict)


class ContractSettings(_Section):
    """Members with a tag of ``exclude_tags``, and those without one of ``include_tags`` if any, are not served."""

    include_tags: tuple[str, ...] = ()
    exclude_tags: tuple[str, ...] = ()
    hide_unreachable_types: bool = True


class SubgraphSettings(_Section):
    """Overrides for one subgraph. ``events`` is the protocol of its subscriptions, at ``events_url`` or its URL."""

    url: str | None = None
    timeout_ms: int | None = Field(default=None, ge=1)
    events: Literal["websocket", "sse"] = "websocket"
    events_url: str | None = None


class TrafficSettings(_Section):
    """How requests to subgraphs are made. Only queries are repeated or shared, never mutations."""

    timeout_ms: int = Field(default=10_000, ge=1)
    deduplicate: bool = True
    retries: int = Field(default=1, ge=0, le=5)
    retry_budget_percent: int = Field(default=20, ge=0, le=100)
    breaker_failures: int = Field(default=20, ge=0)
    breaker_open_ms: int = Field(default=5_000, ge=1)
    max_response_bytes: int = Field(default=32 * 1024 * 1024, ge=1024)


class IssuerSettings(_Section):
    """One issuer of tokens. Keys come from ``jwks_url`` and are kept for ``cache_ms``."""

    issuer: str
    jwks_url: str
    audience: str | None = None
    algorithms: tuple[str, ...] = ("EdDSA", "ES256", "RS256", "PS256")
    token_types: tuple[str, ...] = ()
    scope_claim: str = "scope"
    roles_claim: str = "roles"
    cache_ms: int = Field(default=300_000, ge=1_000)


class AuthenticationSettings(_Section):
    """Who is believed, and the secret that proves the gateway to its subgraphs (unset: nothing is signed)."""

    issuers: tuple[IssuerSettings, ...] = ()
    signing_secret: SecretStr | None = Field(default=None, min_length=16)
    leeway_seconds: int = Field(default=5, ge=0, le=300)


class ResponseHeaderSettings(_Section):
    """A header of subgraphs' responses. ``merge`` says what becomes of several: first, last, or all of them."""

    name: str
    merge: Literal["first", "last", "append"] = "first"

    @field_validator("name")
    @classmethod
    def _respondable(cls, name: str) -> str:
        return _passable(name)


class HeaderSettings(_Section):
    """``forward`` names headers of the client that subgraphs are sent too, ``respond`` those that go the other way.

    The trace is passed on without being named here. Identity headers are refused: only the gateway writes them.
    """

    forward: tuple[str, ...] = ("accept-language",)
    respond: tuple[ResponseHeaderSettings, ...] = ()

    @field_validator("forward")
    @classmethod
    def _forwardable(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_passable(name) for name in names)


class IncrementalSettings(_Section):
    """Answers in several parts: subscriptions and ``@defer``. Heartbeats keep proxies from closing quiet streams."""

    defer: bool = True
    heartbeat_ms: int = Field(default=12_000, ge=100)
    max_subscriptions_per_connection: int = Field(default=100, ge=1)
    connection_init_timeout_ms: int = Field(default=3_000, ge=1)


class LimitSettings(_Section):
    """The largest and slowest request that is served."""

    max_head_bytes: int = Field(default=64 * 1024, ge=1024)
    head_timeout_ms: int = Field(default=10_000, ge=1)
    max_body_bytes: int = Field(default=2 * 1024 * 1024, ge=1024)
    body_timeout_ms: int = Field(default=30_000, ge=1)
    max_document_bytes: int = Field(default=256 * 1024, ge=1)
    max_tokens: int = Field(default=15_000, ge=1)
    max_definitions: int = Field(default=500, ge=1)
    max_depth: int = Field(default=60, ge=1)
    max_fields: int = Field(default=20_000, ge=1)
    max_root_fields: int = Field(default=200, ge=1)
    max_aliases: int = Field(default=500, ge=0)
    max_directives: int = Field(default=500, ge=0)
    max_variables: int = Field(default=500, ge=0)
    max_list_size: int = Field(default=10_000, ge=1)
    max_response_errors: int = Field(default=100, ge=1)
    max_batch: int = Field(default=0, ge=0)
    max_waiting: int = Field(default=10_000, ge=1)


class CacheSettings(_Section):
    """Entries kept per worker."""

    documents: int = Field(default=1_000, ge=1)
    plans: int = Field(default=1_000, ge=1)


class ErrorExposureSettings(_Section):
    """What clients see of errors that subgraphs report. ``everything`` is for development."""

    client_codes: frozenset[str] = DEFAULT_CLIENT_CODES
    extension_keys: frozenset[str] = DEFAULT_EXTENSION_KEYS
    everything: bool = False


class ErrorSettings(ErrorExposureSettings):
    """The default and, by name, what differs for a subgraph."""

    subgraphs: Mapping[str, ErrorExposureSettings] = Field(default_factory=dict)


class SchemaExposureSettings(_Section):
    """What clients can learn about the schema. ``suggestions`` are the "Did you mean" of error messages."""

    introspection: bool = True
    suggestions: bool = False


class CorsSettings(_Section):
    """Browsers' cross-origin requests; none are allowed unless ``origins`` names them."""

    origins: tuple[str, ...] = ()
    credentials: bool = False


class LogSettings(_Section):
    """Logs go to standard error."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    format: Literal["text", "json"] = "text"


class GatewaySettings(_Section):
    """Everything; every section has defaults."""

    listen: ListenSettings = ListenSettings()
    supergraph: SupergraphSettings = SupergraphSettings()
    contract: ContractSettings = ContractSettings()
    subgraphs: Mapping[str, SubgraphSettings] = Field(default_factory=dict)
    traffic: TrafficSettings = TrafficSettings()
    authentication: AuthenticationSettings = AuthenticationSettings()
    headers: HeaderSettings = HeaderSettings()
    limits: LimitSettings = LimitSettings()
    caches: CacheSettings = CacheSettings()
    errors: ErrorSettings = ErrorSettings()
    incremental: IncrementalSettings = IncrementalSettings()
    schema_exposure: SchemaExposureSettings = SchemaExposureSettings()
    override_labels: frozenset[str] = frozenset()
    playground: PlaygroundSettings = PlaygroundSettings()
    cors: CorsSettings = CorsSettings()
    log: LogSettings = LogSettings()

    @model_validator(mode="after")
    def _cookies_are_not_shared(self) -> Self:
        if self.traffic.deduplicate and any(rule.name == "set-cookie" for rule in self.headers.respond):
            raise ValueError("headers.respond names set-cookie, which needs traffic.deduplicate: false")
        return self
