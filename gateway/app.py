"""The composition root: everything is constructed here and handed to what uses it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TypeAlias

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute, Route, WebSocketRoute

from gateway.authentication import Authenticator, EveryoneAnonymous
from gateway.download import download
from gateway.engine import Engine, EngineOptions
from gateway.errors import StartupError
from gateway.executor.concurrency import BoundSettings, ExecutionBound
from gateway.executor.error_policy import ErrorExposure, ErrorPolicy
from gateway.executor.event_source import EventSource
from gateway.executor.response_headers import MergeRule, ResponseHeaderRule
from gateway.executor.transport import Transport
from gateway.http.graphql_endpoint import EndpointOptions, GraphQLEndpoint
from gateway.http.probes import probe_routes
from gateway.http.streaming.websocket import GraphQLWebSocket, WebSocketOptions
from gateway.http_client import ClientLimits, HttpClient
from gateway.override_labels import OverrideLabels
from gateway.playground import PlaygroundPage, playground_page, playground_routes
from gateway.registry_client import FileSource, RegistryClient, SupergraphSource, UrlSource
from gateway.settings import ErrorExposureSettings, GatewaySettings
from gateway.snapshot import Snapshot
from gateway.snapshot_builder import build_snapshot
from gateway.supergraph.errors import InvalidSupergraph
from gateway.telemetry import supergraph_loads_total

_log = logging.getLogger(__name__)

BuildSnapshot: TypeAlias = Callable[[str], Snapshot]

GRAPHQL_PATH = "/graphql"
ANSWERED_METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "PATCH")  # all but the first two by a GraphQL error
WARMED_OPERATIONS = 100


@asynccontextmanager
async def open_gateway(
    settings: GatewaySettings,
    environment: Mapping[str, str],
    transport: Transport | None = None,
    events: EventSource | None = None,
) -> AsyncIterator[Starlette]:
    """The gateway as an ASGI application, serving from here to the end of the block.

    ``transport`` replaces the HTTP client, ``events`` the event protocols. Raises ``StartupError``.
    """
    registry = RegistryClient(
        _source(settings),
        poll_seconds=settings.supergraph.poll_interval_ms / 1000,
        last_good_file=settings.supergraph.last_good_file,
    )
    compiling = ThreadPoolExecutor(max_workers=1, thread_name_prefix="plan-compiler")
    wire = transport or HttpClient(ClientLimits(max_body_bytes=settings.traffic.max_response_bytes))
    try:
        build = partial(
            build_snapshot, settings=settings, environment=environment, wire=wire, compiling=compiling, events=events
        )
        engine = await _start_engine(registry, settings, build)
        following = asyncio.create_task(_follow(registry, engine, build))
        try:
            yield _application(engine, settings)
        finally:
            following.cancel()
    finally:
        await wire.close()
        compiling.shutdown(wait=False, cancel_futures=True)


def _source(settings: GatewaySettings) -> SupergraphSource:
    source = settings.supergraph.source
    if source is None:
        raise StartupError("no supergraph is named: give --supergraph, supergraph.source or GATEWAY_SUPERGRAPH")
    if source.startswith(("http://", "https://")):
        headers = {name: value.get_secret_value() for name, value in settings.supergraph.headers.items()}
        return UrlSource(source, download, headers)
    return FileSource(Path(source))


async def _start_engine(registry: RegistryClient, settings: GatewaySettings, build: BuildSnapshot) -> Engine:
    sdl = await registry.first()
    try:
        snapshot = build(sdl)
    except InvalidSupergraph as error:
        raise StartupError(f"{settings.supergraph.source}: {error.code.value}: {error.message}") from error
    registry.keep(sdl)
    bound = ExecutionBound(BoundSettings(max_waiting=settings.limits.max_waiting))
    return Engine(snapshot, _engine_options(settings), bound)


async def _follow(registry: RegistryClient, engine: Engine, build: BuildSnapshot) -> None:
    """Swap in every new supergraph that can be served, after its hot plans are made."""
    async for sdl in registry.changes():
        try:
            snapshot = await asyncio.to_thread(_build_warm, sdl, engine.snapshot, build)
        except InvalidSupergraph as error:
            supergraph_loads_total.labels("refused").inc()
            _log.error("a new supergraph was refused, the current one stays: %s: %s", error.code.value, error.message)
            continue
        except Exception:  # noqa: BLE001 - whatever a new supergraph does, the current one stays in service
            supergraph_loads_total.labels("failed").inc()
            _log.exception("a new supergraph could not be taken in, the current one stays")
            continue
        engine.swap(snapshot)
        registry.keep(sdl)
        supergraph_loads_total.labels("served").inc()
        _log.info("a new supergraph is in service")


def _build_warm(sdl: str, current: Snapshot, build: BuildSnapshot) -> Snapshot:
    snapshot = build(sdl)
    snapshot.warm_from(current, WARMED_OPERATIONS)
    return snapshot


def _engine_options(settings: GatewaySettings) -> EngineOptions:
    return EngineOptions(
        error_policy=ErrorPolicy(
            default=_exposure(settings.errors),
            subgraphs={name: _exposure(each) for name, each in settings.errors.subgraphs.items()},
        ),
        override_labels=OverrideLabels(settings.override_labels),
        max_response_errors=settings.limits.max_response_errors,
        max_list_size=settings.limits.max_list_size,
    )


def _exposure(settings: ErrorExposureSettings) -> ErrorExposure:
    return ErrorExposure(settings.client_codes, settings.extension_keys, settings.everything)


def _application(engine: Engine, settings: GatewaySettings) -> Starlette:
    authenticator = _authenticator(settings)
    page = _playground(settings)
    routes: list[BaseRoute] = [
        Route(GRAPHQL_PATH, _endpoint(engine, authenticator, page, settings).serve, methods=ANSWERED_METHODS),
        WebSocketRoute(GRAPHQL_PATH, _websocket(engine, authenticator, settings).serve),
        *probe_routes(),
        *(playground_routes(page) if page is not None else ()),
    ]
    return Starlette(routes=routes, middleware=_middleware(settings))


def _websocket(engine: Engine, authenticator: Authenticator, settings: GatewaySettings) -> GraphQLWebSocket:
    options = WebSocketOptions(
        origins=frozenset(settings.cors.origins),
        forwarded_headers=settings.headers.forward,
        max_message_bytes=settings.limits.max_body_bytes,
        max_subscriptions=settings.incremental.max_subscriptions_per_connection,
        init_timeout_seconds=settings.incremental.connection_init_timeout_ms / 1000,
    )
    return GraphQLWebSocket(engine, authenticator, options)


def _endpoint(
    engine: Engine, authenticator: Authenticator, page: PlaygroundPage | None, settings: GatewaySettings
) -> GraphQLEndpoint:
    options = EndpointOptions(
        max_body_bytes=settings.limits.max_body_bytes,
        body_timeout_seconds=settings.limits.body_timeout_ms / 1000,
        max_batch=settings.limits.max_batch,
        forwarded_headers=settings.headers.forward,
        response_headers=tuple(
            ResponseHeaderRule(each.name, MergeRule(each.merge)) for each in settings.headers.respond
        ),
        heartbeat_seconds=settings.incremental.heartbeat_ms / 1000,
    )
    return GraphQLEndpoint(engine, authenticator, options, page)


def _authenticator(settings: GatewaySettings) -> Authenticator:
    if not settings.authentication.issuers:
        return EveryoneAnonymous()
    from gateway.authentication.key_sets import KeySet  # noqa: PLC0415 - nine megabytes of every worker that trusts nobody
    from gateway.authentication.tokens import Issuer, TokenAuthenticator  # noqa: PLC0415 - ditto

    issuers = [
        Issuer(each, KeySet(each.jwks_url, download, cache_seconds=each.cache_ms / 1000))
        for each in settings.authentication.issuers
    ]
    return TokenAuthenticator(issuers, leeway_seconds=settings.authentication.leeway_seconds)


def _playground(settings: GatewaySettings) -> PlaygroundPage | None:
    """The page that browsers are shown, if any."""
    if not settings.playground.enabled:
        return None
    try:
        return playground_page(settings.playground, endpoint=GRAPHQL_PATH)
    except OSError as error:
        raise StartupError(f"cannot read the playground's tabs: {error}") from error


def _middleware(settings: GatewaySettings) -> list[Middleware]:
    if not settings.cors.origins:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=settings.cors.origins,
            allow_credentials=settings.cors.credentials,
            allow_methods=["GET", "POST"],
            allow_headers=["*"],
        )
    ]
