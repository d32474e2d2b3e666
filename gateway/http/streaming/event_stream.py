"""GraphQL over Server-Sent Events, "distinct connections" mode.

Spec: https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Final

from starlette.responses import StreamingResponse

from gateway.http.streaming.heartbeat import with_heartbeat

_HEADERS: Final = {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache, no-transform",
    "x-accel-buffering": "no",
}


def event_stream_response(parts: AsyncGenerator[bytes, None], heartbeat_seconds: float) -> StreamingResponse:
    """Each part as a ``next`` event, then ``complete``. Heartbeats are comments."""
    return StreamingResponse(_events(parts, heartbeat_seconds), headers=_HEADERS)


async def _events(parts: AsyncGenerator[bytes, None], heartbeat_seconds: float) -> AsyncGenerator[bytes, None]:
    async for part in with_heartbeat(parts, heartbeat_seconds):
        # Encoded JSON holds no line break, so one data line is enough.
        yield b":\n\n" if part is None else b"event: next\ndata: " + part + b"\n\n"
    yield b"event: complete\ndata:\n\n"
