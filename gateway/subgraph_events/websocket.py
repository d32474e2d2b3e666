"""Events over the graphql-transport-ws protocol.

Spec: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any, Final

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI
from websockets.typing import Subprotocol

from gateway.executor.subgraph_client import SubgraphUnavailable
from gateway.executor.transport import Headers

SUBPROTOCOL: Final = Subprotocol("graphql-transport-ws")
MAX_EVENT_BYTES: Final = 16 * 1024 * 1024
_SUBSCRIPTION_ID: Final = "1"


async def websocket_events(
    url: str, headers: Headers, body: bytes, open_timeout_seconds: float
) -> AsyncGenerator[bytes, None]:
    """One connection per subscription: its end is the subscription's end, on both sides."""
    try:
        async with connect(
            url,
            subprotocols=[SUBPROTOCOL],
            additional_headers=headers,
            max_size=MAX_EVENT_BYTES,
            open_timeout=open_timeout_seconds,
            proxy=None,
        ) as connection:
            await _initialize(connection, open_timeout_seconds)
            await _send(connection, {"id": _SUBSCRIPTION_ID, "type": "subscribe", "payload": msgspec.json.decode(body)})
            async for event in _events(connection):
                yield event
    except (OSError, InvalidHandshake, InvalidURI, ConnectionClosed) as error:
        raise SubgraphUnavailable(f"event stream: {type(error).__name__}: {error}") from error


async def _initialize(connection: ClientConnection, timeout_seconds: float) -> None:
    await _send(connection, {"type": "connection_init"})
    try:
        async with asyncio.timeout(timeout_seconds):
            while (message := _read(await connection.recv()))["type"] != "connection_ack":
                if message["type"] == "ping":
                    await _send(connection, {"type": "pong"})
    except TimeoutError as error:
        raise SubgraphUnavailable("event stream: the subgraph did not acknowledge the connection") from error


async def _events(connection: ClientConnection) -> AsyncIterator[bytes]:
    async for text in connection:
        message = _read(text)
        match message["type"]:
            case "next":
                yield msgspec.json.encode(message.get("payload"))
            case "error":
                yield msgspec.json.encode({"errors": message.get("payload")})
                return
            case "complete":
                return
            case "ping":
                await _send(connection, {"type": "pong"})
    raise SubgraphUnavailable("event stream: the subgraph closed the connection")


async def _send(connection: ClientConnection, message: dict[str, Any]) -> None:
    await connection.send(msgspec.json.encode(message).decode())


def _read(text: str | bytes) -> dict[str, Any]:
    try:
        message = msgspec.json.decode(text)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise SubgraphUnavailable("event stream: a message is not JSON") from error
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        raise SubgraphUnavailable("event stream: a message has no type")
    return message
