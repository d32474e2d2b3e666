"""A client that leaves: its query is given up, upstream too; its mutation is finished."""

from __future__ import annotations

import asyncio
import gc
import json
import weakref

import pytest

from gateway.http.disconnect import StopWhenClientLeaves

SDL = "type Query { slow: Int } type Mutation { change: Int }"


@pytest.fixture
def slow(make_subgraph):
    subgraph = make_subgraph(SDL, {"Query": {"slow": lambda *_: 1}, "Mutation": {"change": lambda *_: 1}})
    subgraph.gate = asyncio.Event()
    return subgraph


@pytest.fixture
async def gateway(start_gateway, slow):
    return await start_gateway({"slow": slow})


async def leave_during(gateway, slow, query):
    """Send a query, disconnect when the subgraph was reached; the ASGI messages that the gateway sent afterwards."""
    body = json.dumps({"query": query}).encode()
    incoming = [{"type": "http.request", "body": body, "more_body": False}]
    sent = []

    async def receive():
        if incoming:
            return incoming.pop()
        await slow.reached.wait()
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
    }
    return asyncio.create_task(gateway.application(scope, receive, send)), sent


async def test_a_query_is_given_up(gateway, slow):
    handling, sent = await leave_during(gateway, slow, "{ slow }")

    await handling
    assert sent[0]["status"] == 499
    assert not slow.gate.is_set()
    slow.gate.set()
    assert await gateway.send("{ slow }") == {"data": {"slow": 1}}


async def test_a_mutation_is_finished(gateway, slow):
    handling, sent = await leave_during(gateway, slow, "mutation { change }")

    await slow.reached.wait()
    slow.gate.set()
    await handling
    assert sent[0]["status"] == 200
    assert sent[1]["body"] == b'{"data":{"change":1}}'


async def test_a_watched_request_is_let_go_at_once():
    """Thousands may wait for their turn; none may stay in memory until the collector of cycles comes by."""
    watching = asyncio.Event()

    class Request:
        async def receive(self):
            watching.set()
            await asyncio.Event().wait()

    async def handle(request):
        with StopWhenClientLeaves(request, watch_after_seconds=0):
            await watching.wait()

    request = Request()
    gone = weakref.ref(request)
    gc.disable()
    try:
        await asyncio.create_task(handle(request))
        del request
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert gone() is None
    finally:
        gc.enable()
