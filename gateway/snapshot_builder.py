"""From a supergraph's SDL to a snapshot that serves it."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from typing import Any

from graphql import GraphQLDeferDirective, GraphQLSchema

from gateway.compiled import CompilerOptions
from gateway.executor.deduplication import DeduplicatingTransport
from gateway.executor.event_source import EventSource
from gateway.executor.resilience import CircuitBreaker, RetryBudget
from gateway.executor.signing import SigningTransport
from gateway.executor.subgraph_client import SubgraphClient, SubgraphEndpoint
from gateway.executor.tracing import TracingTransport
from gateway.executor.transport import Transport
from gateway.operation.limits import OperationLimits
from gateway.operation.validate import ValidationOptions
from gateway.read_settings import subgraph_urls
from gateway.settings import GatewaySettings, SubgraphSettings, TrafficSettings
from gateway.snapshot import Snapshot, SnapshotOptions
from gateway.subgraph_events import EventEndpoint, EventProtocol, SubgraphEvents
from gateway.supergraph.contracts import ContractFilter, EmptyContract, contract
from gateway.supergraph.errors import InvalidSupergraph, SupergraphErrorCode
from gateway.supergraph.load import load_supergraph, parse_supergraph
from gateway.supergraph.model import Supergraph


def build_snapshot(
    sdl: str,
    settings: GatewaySettings,
    environment: Mapping[str, str],
    wire: Transport,
    *,
    compiling: Executor | None = None,
    events: EventSource | None = None,
) -> Snapshot:
    """Load, hide what the contract hides, and connect. Raises ``InvalidSupergraph``.

    ``wire`` outlives the snapshot. ``compiling`` makes compiled plans beside the requests; without it they are made
    in place. ``events`` replaces the event protocols of the subgraphs.
    """
    supergraph = _load(sdl, settings)
    urls = subgraph_urls({each.name: each.url for each in supergraph.subgraphs.values()}, settings, environment)
    return Snapshot(
        supergraph=supergraph,
        schema=_client_schema(supergraph, settings),
        sender=SubgraphClient(_transport(wire, urls, settings), _endpoints(supergraph, urls, settings)),
        events=events or _events(urls, settings),
        options=_options(settings, CompilerOptions(executor=compiling)),
    )


def _load(sdl: str, settings: GatewaySettings) -> Supergraph:
    """The supergraph, with what the contract leaves out marked inaccessible."""
    given = settings.contract
    if not given.include_tags and not given.exclude_tags:
        return load_supergraph(sdl)
    tags = frozenset(given.include_tags), frozenset(given.exclude_tags)
    try:
        return load_supergraph(contract(parse_supergraph(sdl), ContractFilter(*tags, given.hide_unreachable_types)))
    except EmptyContract as error:
        raise InvalidSupergraph(SupergraphErrorCode.INVALID_SUPERGRAPH, str(error)) from error


def _client_schema(supergraph: Supergraph, settings: GatewaySettings) -> GraphQLSchema:
    """What clients see, with ``@defer`` where it is served."""
    schema = supergraph.api_schema
    if not settings.incremental.defer:
        return schema
    own = [directive for directive in schema.directives if directive.name != GraphQLDeferDirective.name]
    members: dict[str, Any] = {
        **schema.to_kwargs(),
        "directives": (*own, GraphQLDeferDirective),
        "assume_valid": True,
    }
    return GraphQLSchema(**members)


def _transport(wire: Transport, urls: Mapping[str, str], settings: GatewaySettings) -> Transport:
    """De-duplication stands above whatever makes requests unique."""
    secret = settings.authentication.signing_secret
    transport: Transport = TracingTransport(wire)
    if secret is not None:
        transport = SigningTransport(transport, secret.get_secret_value(), {url: name for name, url in urls.items()})
    return DeduplicatingTransport(transport) if settings.traffic.deduplicate else transport


def _endpoints(
    supergraph: Supergraph, urls: Mapping[str, str], settings: GatewaySettings
) -> dict[str, SubgraphEndpoint]:
    traffic = settings.traffic
    endpoints = {}
    for name in supergraph.subgraphs:
        own = settings.subgraphs.get(name)
        endpoints[name] = SubgraphEndpoint(
            name=name,
            url=urls[name],
            timeout_ms=own.timeout_ms if own is not None and own.timeout_ms is not None else traffic.timeout_ms,
            retries=traffic.retries,
            budget=RetryBudget(traffic.retry_budget_percent),
            breaker=CircuitBreaker(traffic.breaker_failures, traffic.breaker_open_ms / 1000),
        )
    return endpoints


def _events(urls: Mapping[str, str], settings: GatewaySettings) -> SubgraphEvents:
    secret = settings.authentication.signing_secret
    endpoints = {
        name: _event_endpoint(name, url, settings.subgraphs.get(name, SubgraphSettings()), settings.traffic)
        for name, url in urls.items()
    }
    return SubgraphEvents(endpoints, secret.get_secret_value() if secret is not None else None)


def _event_endpoint(name: str, url: str, own: SubgraphSettings, traffic: TrafficSettings) -> EventEndpoint:
    protocol = EventProtocol(own.events)
    address = own.events_url or url
    if protocol is EventProtocol.WEBSOCKET and address.startswith("http"):
        address = f"ws{address.removeprefix('http')}"
    return EventEndpoint(name, protocol, address, own.timeout_ms or traffic.timeout_ms)


def _options(settings: GatewaySettings, compiler: CompilerOptions) -> SnapshotOptions:
    limits = settings.limits
    return SnapshotOptions(
        limits=OperationLimits(
            max_document_bytes=limits.max_document_bytes,
            max_tokens=limits.max_tokens,
            max_definitions=limits.max_definitions,
            max_depth=limits.max_depth,
            max_fields=limits.max_fields,
            max_root_fields=limits.max_root_fields,
            max_aliases=limits.max_aliases,
            max_directives=limits.max_directives,
            max_variables=limits.max_variables,
        ),
        validation=ValidationOptions(
            introspection=settings.schema_exposure.introspection, suggestions=settings.schema_exposure.suggestions
        ),
        kept_documents=settings.caches.documents,
        kept_plans=settings.caches.plans,
        compiler=compiler,
        max_response_errors=limits.max_response_errors,
    )
