"""Event streams from real servers, well-behaved and not."""

from __future__ import annotations

import asyncio
import json

import pytest
from websockets.asyncio.server import serve

from gateway.executor.request_context import RequestContext
from gateway.executor.subgraph_client import SubgraphCall, SubgraphUnavailable
from gateway.query_plan import OperationKind
from gateway.subgraph_events import EventEndpoint, EventProtocol, SubgraphEvents
from shared.auth.principal import Principal
from shared.auth.signature import Verifier

SECRET = "0123456789abcdef0123"
BODY = json.dumps({"query": "subscription { ticks }"}).encode()
CALL = SubgraphCall("clock", OperationKind.SUBSCRIPTION, BODY)
CONTEXT = RequestContext(Principal("usr_1"), (("accept-language", "sv"),))


def events_of(protocol, url):
    endpoint = EventEndpoint("clock", protocol, url, 2_000)
    return SubgraphEvents({"clock": endpoint}, SECRET).events(CALL, CONTEXT)


async def collect(protocol, url):
    return [json.loads(event) async for event in events_of(protocol, url)]


@pytest.fixture
async def websocket_subgraph():
    """Runs ``script(socket)`` for each connection; gives URL and the handshakes seen."""
    servers = []

    async def start(script):
        handshakes = []

        async def handle(socket):
            handshakes.append(socket.request)
            assert json.loads(await socket.recv()) == {"type": "connection_init"}
            await script(socket)

        server = await serve(handle, "127.0.0.1", 0, subprotocols=["graphql-transport-ws"])
        servers.append(server)
        return f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/graphql", handshakes

    yield start
    for server in servers:
        server.close()
        await server.wait_closed()


async def say(socket, **message):
    await socket.send(json.dumps(message))


async def test_websocket_events(websocket_subgraph):
    subscribed = []

    async def script(socket):
        await say(socket, type="ping")
        await say(socket, type="connection_ack")
        while (message := json.loads(await socket.recv()))["type"] != "subscribe":
            assert message == {"type": "pong"}
        subscribed.append(message)
        for number in range(2):
            await say(socket, type="next", id=message["id"], payload={"data": {"ticks": number}})
        await say(socket, type="complete", id=message["id"])

    url, handshakes = await websocket_subgraph(script)

    assert await collect(EventProtocol.WEBSOCKET, url) == [{"data": {"ticks": 0}}, {"data": {"ticks": 1}}]
    assert subscribed[0]["payload"] == {"query": "subscription { ticks }"}
    headers = {name.lower(): value for name, value in handshakes[0].headers.raw_items()}
    assert headers["accept-language"] == "sv"
    assert Verifier(SECRET, "clock").verify(headers, "GET", "/graphql", b"").subject == "usr_1"


async def test_a_websocket_error_is_the_last_answer(websocket_subgraph):
    async def script(socket):
        await say(socket, type="connection_ack")
        await socket.recv()
        await say(socket, type="error", id="1", payload=[{"message": "no"}])

    url, _ = await websocket_subgraph(script)

    assert await collect(EventProtocol.WEBSOCKET, url) == [{"errors": [{"message": "no"}]}]


@pytest.mark.parametrize("message", ["{", "[]", '{"id": "1"}', None], ids=["not JSON", "a list", "no type", "close"])
async def test_a_broken_websocket_is_unavailable(websocket_subgraph, message):
    async def script(socket):
        await say(socket, type="connection_ack")
        await socket.recv()
        if message is not None:
            await socket.send(message)

    url, _ = await websocket_subgraph(script)

    with pytest.raises(SubgraphUnavailable):
        await collect(EventProtocol.WEBSOCKET, url)


async def test_leaving_closes_the_websocket(websocket_subgraph):
    left = asyncio.Event()

    async def script(socket):
        await say(socket, type="connection_ack")
        await socket.recv()
        await say(socket, type="next", id="1", payload={"data": {"ticks": 1}})
        await socket.wait_closed()
        left.set()

    url, _ = await websocket_subgraph(script)
    events = events_of(EventProtocol.WEBSOCKET, url)

    assert json.loads(await anext(events)) == {"data": {"ticks": 1}}
    await events.aclose()
    await left.wait()


@pytest.fixture
async def http_subgraph():
    """Answers every request with the given bytes; gives URL and the requests seen."""
    servers = []

    async def start(answer):
        requests = []

        async def handle(reader, writer):
            head = await reader.readuntil(b"\r\n\r\n")
            requests.append(head + await reader.readexactly(len(BODY)))
            writer.write(answer)
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(handle, "127.0.0.1", 0)
        servers.append(server)
        return f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/graphql", requests

    yield start
    for server in servers:
        server.close()


def stream(*events):
    return b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n" + b"".join(events)


async def test_sse_events(http_subgraph):
    url, requests = await http_subgraph(
        stream(
            b":\n\n",
            b'event: next\ndata: {"data":\ndata: {"ticks": 0}}\n\n',
            b'event:next\ndata:{"data": {"ticks": 1}}\r\n\r\n',
            b"event: complete\ndata:\n\n",
        )
    )

    assert await collect(EventProtocol.SSE, url) == [{"data": {"ticks": 0}}, {"data": {"ticks": 1}}]
    assert b"x-agora-signature: v1," in requests[0]
    assert b"accept: text/event-stream" in requests[0]


async def test_an_sse_stream_that_ends_early_is_unavailable(http_subgraph):
    url, _ = await http_subgraph(stream(b'event: next\ndata: {"data": null}\n\n'))

    with pytest.raises(SubgraphUnavailable):
        await collect(EventProtocol.SSE, url)


async def test_a_refusal_instead_of_a_stream_is_one_answer(http_subgraph):
    body = b'{"errors": [{"message": "no"}]}'
    url, _ = await http_subgraph(
        b"HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: 31\r\n\r\n" + body
    )

    assert await collect(EventProtocol.SSE, url) == [{"errors": [{"message": "no"}]}]


@pytest.mark.parametrize("protocol", EventProtocol)
async def test_nobody_there(protocol):
    scheme = "ws" if protocol is EventProtocol.WEBSOCKET else "http"

    with pytest.raises(SubgraphUnavailable):
        await collect(protocol, f"{scheme}://127.0.0.1:1/graphql")
