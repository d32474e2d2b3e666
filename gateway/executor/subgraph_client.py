"""All requests to subgraphs pass here: address, headers, timeout, retries, circuit breaker."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from gateway.executor.request_context import RequestContext
from gateway.executor.resilience import CircuitBreaker, RetryBudget
from gateway.executor.transport import (
    SubgraphRequest,
    SubgraphResponse,
    Transport,
    TransportError,
    TransportErrorKind,
)
from gateway.query_plan import OperationKind
from gateway.telemetry import SubgraphMeter
from shared.auth.principal import encode_identity
from shared.auth.signature import IDENTITY_HEADER

_FIXED_HEADERS: Final = (
    ("content-type", "application/json"),
    ("accept", "application/graphql-response+json, application/json;q=0.9"),
)
_OVERLOAD_STATUSES: Final = frozenset({429, 502, 503, 504})
_RETRIED_ERRORS: Final = frozenset({TransportErrorKind.CONNECT, TransportErrorKind.CLOSED})
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"  # no part of JSON, but some servers begin with it (RFC 8259, section 8.1)
_FIRST_PAUSE_SECONDS: Final = 0.02


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
    """Where a subgraph is, and how it is treated. ``timeout_ms`` covers all tries together."""

    name: str
    url: str
    timeout_ms: float
    retries: int
    budget: RetryBudget
    breaker: CircuitBreaker


class SubgraphClient:
    """Sends calls over a transport, by the policy of each endpoint."""

    def __init__(self, transport: Transport, endpoints: Mapping[str, SubgraphEndpoint]) -> None:
        self._transport = transport
        self._endpoints = endpoints
        self._meters = {name: SubgraphMeter(name) for name in endpoints}

    async def send(self, call: SubgraphCall, context: RequestContext) -> bytes:
        """The body of the answer, whatever its status. Raises ``SubgraphUnavailable``."""
        endpoint = self._endpoints[call.subgraph]
        if not endpoint.breaker.admits(time.monotonic()):
            raise SubgraphUnavailable("circuit breaker is open")
        try:
            response = await self._send_with_retries(call, context, endpoint)
        except TransportError as error:
            endpoint.breaker.failed(time.monotonic())
            self._meters[call.subgraph].failed()
            raise SubgraphUnavailable(f"{error.kind.value}: {error}") from error
        except BaseException:
            endpoint.breaker.abandoned()
            raise
        if response.status in _OVERLOAD_STATUSES:
            endpoint.breaker.failed(time.monotonic())
        else:
            endpoint.breaker.succeeded()
        self._meters[call.subgraph].answered()
        if context.response_headers is not None:
            context.response_headers.collect(response.headers)
        return response.body.removeprefix(_BYTE_ORDER_MARK)

    async def _send_with_retries(
        self, call: SubgraphCall, context: RequestContext, endpoint: SubgraphEndpoint
    ) -> SubgraphResponse:
        deadline = time.monotonic() + endpoint.timeout_ms / 1000
        retries_left = endpoint.retries if call.kind is OperationKind.QUERY else 0
        pause = _FIRST_PAUSE_SECONDS
        endpoint.budget.request_made()
        while True:
            remaining_ms = max(1.0, (deadline - time.monotonic()) * 1000)
            try:
                response = await self._transport.send(_request(call, context, endpoint, remaining_ms))
            except TransportError as error:
                if error.kind not in _RETRIED_ERRORS or retries_left == 0 or not endpoint.budget.take():
                    raise
            else:
                if response.status not in _OVERLOAD_STATUSES or retries_left == 0:
                    return response
                asked = _retry_after_seconds(response)
                if asked is None or time.monotonic() + asked >= deadline or not endpoint.budget.take():
                    return response
                pause = max(pause, asked)
            retries_left -= 1
            await asyncio.sleep(pause)
            pause *= 2


def _request(
    call: SubgraphCall, context: RequestContext, endpoint: SubgraphEndpoint, timeout_ms: float
) -> SubgraphRequest:
    headers = _FIXED_HEADERS + context.headers
    identity = encode_identity(context.principal)
    if identity:
        headers = (*headers, (IDENTITY_HEADER, identity))
    return SubgraphRequest(endpoint.url, headers, call.body, timeout_ms, idempotent=call.kind is OperationKind.QUERY)


def _retry_after_seconds(response: SubgraphResponse) -> float | None:
    """The pause that an overloaded subgraph asks for, 0 without one, None when a retry makes no sense.

    RFC 9110 section 10.2.3; dates are not read: a wait that needs a date is too long.
    """
    if response.status == 429 and not any(name == "retry-after" for name, _ in response.headers):
        return None
    text = next((value for name, value in response.headers if name == "retry-after"), "0").strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None
