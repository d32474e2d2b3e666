"""Events over Server-Sent Events, the "distinct connections" mode of GraphQL over SSE.

Spec: https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from typing import Final

from gateway.executor.subgraph_client import SubgraphUnavailable
from gateway.executor.transport import Headers

MAX_EVENT_BYTES: Final = 16 * 1024 * 1024


async def event_stream(
    url: str, headers: Headers, body: bytes, open_timeout_seconds: float
) -> AsyncGenerator[bytes, None]:
    """Events until ``complete``. An answer that is no event stream is one event: the refusal."""
    import httpx  # noqa: PLC0415 - four megabytes of every worker that only these subscriptions need

    sent = [("content-type", "application/json"), ("accept", "text/event-stream, application/json;q=0.5"), *headers]
    timeout = httpx.Timeout(open_timeout_seconds, read=None)
    try:
        async with (
            httpx.AsyncClient(timeout=timeout, trust_env=False) as client,
            client.stream("POST", url, content=body, headers=sent) as response,
        ):
            if not response.headers.get("content-type", "").startswith("text/event-stream"):
                yield await response.aread()
                return
            async for event in _events(response.aiter_lines()):
                yield event
    except httpx.HTTPError as error:
        raise SubgraphUnavailable(f"event stream: {type(error).__name__}: {error}") from error


async def _events(lines: AsyncIterator[str]) -> AsyncIterator[bytes]:
    """Parse the stream (HTML standard, section 9.2.6)."""
    kind, data, size = "", [], 0
    async for line in lines:
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "event":
            kind = value
        elif name == "data":
            size += len(value)
            if size > MAX_EVENT_BYTES:
                raise SubgraphUnavailable("event stream: an event is too large")
            data.append(value)
        elif not line:
            if kind == "complete":
                return
            if kind == "next" and data:
                yield "\n".join(data).encode()
            kind, data, size = "", [], 0
    raise SubgraphUnavailable("event stream: the subgraph closed the stream")
