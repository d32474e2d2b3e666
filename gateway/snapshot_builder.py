"""From a supergraph's SDL to a snapshot that serves it."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor

from graphql import GraphQLSchema

from gateway.compiled import CompilerOptions
from gateway.executor.deduplication import DeduplicatingTransport
from gateway.executor.resilience import CircuitBreaker, RetryBudget
from gateway.executor.signing import SigningTransport
from gateway.executor.subgraph_client import SubgraphClient, SubgraphEndpoint
from gateway.executor.tracing import TracingTransport
from gateway.executor.transport import Transport
from gateway.operation.limits import OperationLimits
from gateway.operation.validate import ValidationOptions
from gateway.settings import GatewaySettings, subgraph_urls
from gateway.snapshot import Snapshot, SnapshotOptions
from gateway.supergraph.contracts import Contract, contract_schema
from gateway.supergraph.load import load_supergraph
from gateway.supergraph.model import Supergraph


def build_snapshot(
    sdl: str,
    settings: GatewaySettings,
    environment: Mapping[str, str],
    wire: Transport,
    *,
    compiling: Executor | None = None,
) -> Snapshot:
    """Load, hide what the contract hides, and connect. Raises ``InvalidSupergraph``.

    ``wire`` outlives the snapshot. ``compiling`` makes compiled plans beside the requests; without it they are made
    in place.
    """
    supergraph = load_supergraph(sdl)
    urls = subgraph_urls({each.name: each.url for each in supergraph.subgraphs.values()}, settings, environment)
    return Snapshot(
        supergraph=supergraph,
        schema=_client_schema(supergraph, settings),
        sender=SubgraphClient(_transport(wire, urls, settings), _endpoints(supergraph, urls, settings)),
        options=_options(settings, CompilerOptions(executor=compiling)),
    )


def _client_schema(supergraph: Supergraph, settings: GatewaySettings) -> GraphQLSchema:
    """What clients see: without inaccessible elements, and by the contract if there is one."""
    contract = settings.contract
    if not contract.include_tags and not contract.exclude_tags:
        return supergraph.api_schema
    return contract_schema(
        supergraph.schema,
        Contract(frozenset(contract.include_tags), frozenset(contract.exclude_tags), contract.hide_unreachable_types),
    )


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
    )
