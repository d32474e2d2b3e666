"""The graphql-transport-ws protocol, over a real socket."""

from __future__ import annotations

import json

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from gateway.authentication import EveryoneAnonymous
from gateway.http.streaming.websocket import GraphQLWebSocket, WebSocketOptions

SDL = "type Query { hello: String } type Mutation { change: Int } type Subscription { ticks: Int }"


@pytest.fixture
async def url(start_gateway, make_subgraph, event_source, serve):
    one = make_subgraph(SDL, {"Query": {"hello": lambda *_: "hi"}, "Mutation": {"change": lambda *_: 1}})
    event_source.given.events = [{"data": {"ticks": number}} for number in range(3)]
    gateway = await start_gateway(
        {"one": one}, events=event_source, incremental={"max_subscriptions_per_connection": 2}
    )
    return f"ws://{await serve(gateway.application)}/graphql"


def open_socket(url, **options):
    return connect(url, **{"subprotocols": ["graphql-transport-ws"], **options})


async def send(socket, **message):
    await socket.send(json.dumps(message))


async def receive(socket):
    return json.loads(await socket.recv())


async def acknowledged(socket, payload=None):
    await send(socket, type="connection_init", **({"payload": payload} if payload else {}))
    assert await receive(socket) == {"type": "connection_ack"}


async def closed_with(socket):
    try:
        while True:
            await socket.recv()
    except ConnectionClosed as closed:
        return closed.rcvd.code


async def test_a_subscription_from_first_to_last_event(url):
    async with open_socket(url) as socket:
        await acknowledged(socket)
        await send(socket, id="a", type="subscribe", payload={"query": "subscription { ticks }"})

        assert [await receive(socket) for _ in range(4)] == [
            *({"id": "a", "type": "next", "payload": {"data": {"ticks": number}}} for number in range(3)),
            {"id": "a", "type": "complete"},
        ]


@pytest.mark.parametrize(("query", "data"), [("{ hello }", {"hello": "hi"}), ("mutation { change }", {"change": 1})])
async def test_queries_and_mutations_too(url, query, data):
    async with open_socket(url) as socket:
        await acknowledged(socket)
        await send(socket, id="q", type="subscribe", payload={"query": query})

        assert await receive(socket) == {"id": "q", "type": "next", "payload": {"data": data}}
        assert await receive(socket) == {"id": "q", "type": "complete"}


async def test_a_document_that_fails_is_an_error_message(url):
    async with open_socket(url) as socket:
        await acknowledged(socket)
        await send(socket, id="q", type="subscribe", payload={"query": "{ unknown }"})

        message = await receive(socket)
        assert (message["id"], message["type"]) == ("q", "error")
        assert message["payload"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


async def test_a_defect_is_an_error_message_and_the_connection_stays(serve):
    class BrokenEngine:
        def answers_in_parts(self, request):
            raise ZeroDivisionError

    options = WebSocketOptions(frozenset(), (), 1_000, 10, 1.0)
    endpoint = GraphQLWebSocket(BrokenEngine(), EveryoneAnonymous(), options)
    address = await serve(Starlette(routes=[WebSocketRoute("/graphql", endpoint.serve)]))
    async with open_socket(f"ws://{address}/graphql") as socket:
        await acknowledged(socket)
        for _ in range(2):
            await send(socket, id="q", type="subscribe", payload={"query": "{ hello }"})

            message = await receive(socket)
            assert (message["id"], message["type"]) == ("q", "error")
            assert message["payload"][0]["extensions"]["code"] == "INTERNAL"


async def test_the_client_can_end_a_subscription(url, event_source):
    event_source.given.stays_open = True
    async with open_socket(url) as socket:
        await acknowledged(socket)
        await send(socket, id="a", type="subscribe", payload={"query": "subscription { ticks }"})
        for _ in range(3):
            await receive(socket)
        await send(socket, id="a", type="complete")
        await event_source.given.closed.wait()
        await send(socket, type="ping", payload={"n": 1})

        assert await receive(socket) == {"type": "pong", "payload": {"n": 1}}


async def test_leaving_ends_what_is_open(url, event_source):
    event_source.given.stays_open = True
    async with open_socket(url) as socket:
        await acknowledged(socket)
        await send(socket, id="a", type="subscribe", payload={"query": "subscription { ticks }"})
        await receive(socket)

    await event_source.given.closed.wait()


BROKEN = {
    "not JSON": (["{"], 4400),
    "no type": (['{"id": "1"}'], 4400),
    "a list": (["[]"], 4400),
    "binary": ([b"\x00"], 4400),
    "unknown type": (['{"type": "start"}'], 4400),
    "subscribe without id": (['{"type": "subscribe", "payload": {"query": "{ hello }"}}'], 4400),
    "payload of a wrong shape": (['{"type": "subscribe", "id": "1", "payload": {"query": 1}}'], 4400),
    "second init": (['{"type": "connection_init"}'], 4429),
    "deeply nested": (['{"type": "ping", "payload": ' + "[" * 50_000 + "]" * 50_000 + "}"], 4400),
}


@pytest.mark.parametrize(("messages", "code"), BROKEN.values(), ids=BROKEN.keys())
async def test_broken_protocol_closes_with_its_code(url, messages, code):
    async with open_socket(url) as socket:
        await acknowledged(socket)
        for message in messages:
            await socket.send(message)

        assert await closed_with(socket) == code


async def test_an_id_in_use_is_4409_and_too_many_subscriptions_4429(url, event_source):
    event_source.given.stays_open = True
    query = {"query": "subscription { ticks }"}
    async with open_socket(url) as socket:
        await acknowledged(socket)
        for _ in range(2):
            await send(socket, id="a", type="subscribe", payload=query)
        assert await closed_with(socket) == 4409
    async with open_socket(url) as socket:
        await acknowledged(socket)
        for number in range(3):
            await send(socket, id=str(number), type="subscribe", payload=query)
        assert await closed_with(socket) == 4429


async def test_nothing_before_the_connection_is_initialised(url):
    async with open_socket(url) as socket:
        await send(socket, id="a", type="subscribe", payload={"query": "{ hello }"})

        assert await closed_with(socket) == 4401


async def test_another_subprotocol_is_4406(url):
    async with open_socket(url, subprotocols=["graphql-ws"]) as socket:
        assert await closed_with(socket) == 4406


@pytest.mark.parametrize(("origin", "allowed"), [("https://evil.example", False), ("own", True)])
async def test_pages_of_other_origins_cannot_connect(url, origin, allowed):
    origin = url.replace("ws://", "http://").removesuffix("/graphql") if origin == "own" else origin
    if allowed:
        async with open_socket(url, origin=origin) as socket:
            await acknowledged(socket)
        return
    with pytest.raises(InvalidStatus) as caught:
        async with open_socket(url, origin=origin):
            pass
    assert caught.value.response.status_code == 403
