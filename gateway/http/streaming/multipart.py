"""Answers as ``multipart/mixed``: incremental delivery, and subscriptions by the protocol of Apollo's clients.

Specs: https://github.com/graphql/graphql-over-http/blob/main/rfcs/IncrementalDelivery.md and
https://www.apollographql.com/docs/graphos/routing/operations/subscriptions/multipart-protocol.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Final

from starlette.responses import StreamingResponse

from gateway.http.streaming.heartbeat import with_heartbeat

_PART: Final = b"\r\n--graphql\r\ncontent-type: application/json; charset=utf-8\r\n\r\n"
_END: Final = b"\r\n--graphql--\r\n"


def incremental_response(parts: AsyncGenerator[bytes, None], protocol: str) -> StreamingResponse:
    """One part of the body for each response; ``protocol`` is repeated from the request (``deferSpec=…``)."""
    parameter = f";{protocol}" if protocol else ""
    return StreamingResponse(
        _increments(parts), headers={"content-type": f'multipart/mixed;boundary="graphql"{parameter}'}
    )


def subscription_response(parts: AsyncGenerator[bytes, None], heartbeat_seconds: float) -> StreamingResponse:
    """One part of the body for each event, wrapped in ``payload``. Heartbeats are empty objects."""
    content_type = 'multipart/mixed;boundary="graphql";subscriptionSpec="1.0"'
    return StreamingResponse(_payloads(parts, heartbeat_seconds), headers={"content-type": content_type})


async def _increments(parts: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    async for part in parts:
        yield _PART + part
    yield _END


async def _payloads(parts: AsyncGenerator[bytes, None], heartbeat_seconds: float) -> AsyncGenerator[bytes, None]:
    async for part in with_heartbeat(parts, heartbeat_seconds):
        yield _PART + (b"{}" if part is None else b'{"payload":' + part + b"}")
    yield _END
