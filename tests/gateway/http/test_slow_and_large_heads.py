"""Heads that never end, in time or in size, and bodies that never come: refused, and the connection closed."""

from __future__ import annotations

import asyncio
import socket

import pytest
import uvicorn

from gateway.http.server_protocol import bounded_protocol

GOOD = b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 19\r\n\r\n"
BODY = b'{"query":"{hello}"}'


@pytest.fixture
async def connect(start_gateway, make_subgraph):
    """Opens connections to a server whose heads may have 4 KB; ``patience`` is in seconds, for heads and bodies."""
    started = []

    async def start(patience=30.0):
        subgraph = make_subgraph(answer={"data": {"hello": "hi"}})
        subgraph.sdl = "type Query { hello: String }"
        gateway = await start_gateway({"hello": subgraph}, limits={"body_timeout_ms": int(patience * 1000)})
        protocol = bounded_protocol(max_head_bytes=4096, head_timeout_seconds=patience)
        listener = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(gateway.application, http=protocol, lifespan="off", log_config=None))
        task = asyncio.create_task(server._serve([listener]))
        started.append((server, task))
        return await asyncio.open_connection(*listener.getsockname())

    yield start
    for server, task in started:
        server.should_exit = True
        await task


async def test_a_request_in_pieces_is_served_and_the_connection_kept(connect):
    reader, writer = await connect()
    for _ in range(2):
        for piece in (GOOD[:10], GOOD[10:50], GOOD[50:] + BODY[:5], BODY[5:]):
            writer.write(piece)
            await writer.drain()
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200")
        assert await reader.readexactly(len(b'{"data":{"hello":"hi"}}')) == b'{"data":{"hello":"hi"}}'
    writer.close()


@pytest.mark.parametrize("sent", [b"", GOOD[:30]], ids=["nothing", "half a head"])
async def test_a_head_that_does_not_come_is_408(connect, sent):
    reader, writer = await connect(patience=0.05)
    writer.write(sent)

    assert (await reader.read()).startswith(b"HTTP/1.1 408")
    writer.close()


async def test_a_head_that_does_not_end_is_431(connect):
    reader, writer = await connect()
    writer.write(GOOD[:-2] + b"".join(b"x-%d: y\r\n" % number for number in range(1_000)))

    assert (await reader.read()).startswith(b"HTTP/1.1 431")
    writer.close()


async def test_a_body_that_does_not_come_is_408(connect):
    reader, writer = await connect(patience=0.05)
    writer.write(GOOD + BODY[:3])

    answer = await reader.read()
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"REQUEST_TIMEOUT" in answer
    writer.close()
