"""What a subgraph hands to the mount, and what the mount hands to each request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from graphql import GraphQLSchema
from starlette.routing import BaseRoute

from shared.auth import Principal


@dataclass(frozen=True, slots=True)
class Market:
    """The market headers that the gateway forwards; None where the client sent none. Explicit arguments win."""

    channel: str | None = None
    country: str | None = None
    currency: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class RequestScope:
    """One proven request: who calls, for which market, in which trace."""

    principal: Principal
    market: Market
    traceparent: str


ContextFactory: TypeAlias = Callable[[RequestScope], Any]
"""Makes the GraphQL context of one request: the domain's own dataclass with session factory, services, loaders."""

EntityResolver: TypeAlias = Callable[[Any, Sequence[Mapping[str, Any]]], Awaitable[Sequence[object | None]]]
"""``(context, representations of one type) -> objects in the same order``, None for what is not there.

Called once per type and request, so that entity resolution is set-based by construction. Representations carry the
key fields and what ``@requires`` asked for.
"""

Probe: TypeAlias = Callable[[], Awaitable[None]]
"""Raises when a dependency is out of reach."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one request; sizes in bytes, times in seconds.

    ``representations`` admits the largest honest page, 100 products with 50 variants each: the gateway sends what a
    page needs in one call, and entities are resolved set by set.
    """

    body_bytes: int = 1_048_576
    representations: int = 5_000
    document_tokens: int = 15_000
    cached_documents: int = 1_000
    request_seconds: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SubgraphDefinition:
    """A subgraph ready to be mounted. ``routes`` are public: they are served without the gateway's signature."""

    name: str
    schema: GraphQLSchema
    sdl: str
    context: ContextFactory
    entities: Mapping[str, EntityResolver]
    probes: Mapping[str, Probe] = field(default_factory=dict)
    routes: Sequence[BaseRoute] = ()
    close: Callable[[], Awaitable[None]] | None = None
    limits: Limits = field(default_factory=Limits)
