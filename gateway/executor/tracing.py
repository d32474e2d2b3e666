"""Passes the trace of the client's request on (W3C Trace Context). Below de-duplication: each request has its own."""

from __future__ import annotations

import msgspec

from gateway.executor.transport import SubgraphRequest, SubgraphResponse, Transport
from shared.telemetry import current_traceparent


class TracingTransport:
    """Adds ``traceparent``."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def send(self, request: SubgraphRequest) -> SubgraphResponse:
        """As ``Transport.send``."""
        traceparent = current_traceparent()
        if traceparent is not None:
            headers = (*request.headers, ("traceparent", traceparent))
            request = msgspec.structs.replace(request, headers=headers)
        return await self._transport.send(request)

    async def close(self) -> None:
        """Close the transport below."""
        await self._transport.close()
