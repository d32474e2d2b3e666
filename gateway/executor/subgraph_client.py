"""All requests to subgraphs pass here: address, headers, signature, timeout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from gateway.executor.request_context import RequestContext
from gateway.executor.transport import SubgraphRequest, Transport, TransportError
from gateway.query_plan import OperationKind


@dataclass(frozen=True, slots=True)
class SubgraphCall:
    """A GraphQL request body for a subgraph; ``kind`` decides what may be repeated or shared."""

    subgraph: str
    kind: OperationKind
    body: bytes


class SubgraphUnavailable(Exception):
    """No answer came. The text is for logs."""


class SubgraphSender(Protocol):
    """What the executor needs of a client."""

    async def send(self, call: SubgraphCall, context: RequestContext) -> bytes:
        """The body of the answer. Raises ``SubgraphUnavailable``."""
        ...


@dataclass(frozen=True, slots=True)
class SubgraphEndpoint:
    """Where a subgraph is, and how long one exchange with it may take."""

    name: str
    url: str
    timeout_ms: float


class SubgraphClient:
    """Sends calls over a transport."""

    def __init__(self, transport: Transport, endpoints: Mapping[str, SubgraphEndpoint]) -> None:
        self._transport = transport
        self._endpoints = endpoints

    async def send(self, call: SubgraphCall, context: RequestContext) -> bytes:
        """The body of the answer. Raises ``SubgraphUnavailable``."""
        endpoint = self._endpoints[call.subgraph]
        headers = (("content-type", "application/json"), *context.headers)
        request = SubgraphRequest(
            endpoint.url, headers, call.body, endpoint.timeout_ms, idempotent=call.kind is OperationKind.QUERY
        )
        try:
            response = await self._transport.send(request)
        except TransportError as error:
            raise SubgraphUnavailable(f"{error.kind.value}: {error}") from error
        return response.body
