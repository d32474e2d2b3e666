"""Chooses the protocol of each subgraph, and proves who asks."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import assert_never
from urllib.parse import urlsplit

from gateway.executor.request_context import RequestContext
from gateway.executor.subgraph_client import SubgraphCall
from gateway.executor.transport import Headers
from gateway.subgraph_events.event_stream import event_stream
from gateway.subgraph_events.websocket import websocket_events
from shared.auth.signature import signed_headers


class EventProtocol(Enum):
    """How a subgraph sends events; the value is what settings say."""

    WEBSOCKET = "websocket"
    SSE = "sse"


@dataclass(frozen=True, slots=True)
class EventEndpoint:
    """Where and how a subgraph sends events. ``url`` is http(s) for SSE, ws(s) for WebSocket."""

    subgraph: str
    protocol: EventProtocol
    url: str
    open_timeout_ms: float


class SubgraphEvents:
    """An ``EventSource`` over the network. ``secret`` signs what opens a stream, as it signs every request."""

    def __init__(self, endpoints: Mapping[str, EventEndpoint], secret: str | None) -> None:
        self._endpoints = endpoints
        self._secret = secret

    def events(self, call: SubgraphCall, context: RequestContext) -> AsyncGenerator[bytes, None]:
        """As ``EventSource.events``."""
        endpoint = self._endpoints[call.subgraph]
        timeout_seconds = endpoint.open_timeout_ms / 1000
        match endpoint.protocol:
            case EventProtocol.WEBSOCKET:
                headers = self._headers(endpoint, context, "GET", b"")
                return websocket_events(endpoint.url, headers, call.body, timeout_seconds)
            case EventProtocol.SSE:
                headers = self._headers(endpoint, context, "POST", call.body)
                return event_stream(endpoint.url, headers, call.body, timeout_seconds)
            case _:
                assert_never(endpoint.protocol)

    def _headers(self, endpoint: EventEndpoint, context: RequestContext, method: str, body: bytes) -> Headers:
        if self._secret is None:
            return context.headers
        signed = signed_headers(
            self._secret,
            method=method,
            path=urlsplit(endpoint.url).path or "/",
            audience=endpoint.subgraph,
            principal=context.principal,
            body=body,
        )
        return (*context.headers, *signed.items())
