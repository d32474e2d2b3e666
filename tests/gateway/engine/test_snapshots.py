"""A new supergraph is swapped in whole; a request keeps the one that it began with."""

from __future__ import annotations

import asyncio

import pytest

from gateway.engine import Engine, EngineOptions
from gateway.errors import RequestRefused
from gateway.executor.concurrency import ExecutionBound
from gateway.graphql_request import GraphQLRequest
from gateway.settings import GatewaySettings
from gateway.snapshot_builder import build_snapshot
from gateway.supergraph.errors import InvalidSupergraph

OLD = "type Query { old: String both: String }"
NEW = "type Query { new: String both: String }"


@pytest.fixture
def build(make_transport, compose_supergraph, make_subgraph):
    def make(sdl, answer):
        transport = make_transport(one=make_subgraph(answer=answer))
        return build_snapshot(compose_supergraph({"one": sdl}), GatewaySettings(), {}, transport), transport

    return make


def engine_of(snapshot):
    return Engine(snapshot, EngineOptions(), ExecutionBound())


async def test_a_request_under_way_keeps_its_supergraph(build):
    old, transport = build(OLD, {"data": {"old": "o", "both": "b"}})
    new, _ = build(NEW, {"data": {"new": "n", "both": "B"}})
    subgraph = transport.subgraphs["one"]
    subgraph.gate = asyncio.Event()
    engine = engine_of(old)

    under_way = asyncio.create_task(engine.execute(GraphQLRequest("{ old both }")))
    await subgraph.reached.wait()
    engine.swap(new)
    later = await engine.execute(GraphQLRequest("{ new both }"))
    subgraph.gate.set()

    assert (await under_way).body == b'{"data":{"old":"o","both":"b"}}'
    assert later.body == b'{"data":{"new":"n","both":"B"}}'
    with pytest.raises(RequestRefused):
        await engine.execute(GraphQLRequest("{ old }"))


async def test_hot_operations_are_planned_before_the_swap(build):
    old, _ = build(OLD, {"data": {"both": "b", "old": "o"}})
    new, _ = build(NEW, {"data": {"both": "b"}})
    engine = engine_of(old)
    for document in ("{ both }", "{ old }"):
        await engine.execute(GraphQLRequest(document))

    new.warm_from(old, 10)

    assert new.recent_operations(10) == [("{ both }", None)]


@pytest.mark.parametrize("sdl", ["", "type Query {", "type Query { a: Int }"])
def test_what_is_no_supergraph_is_refused(sdl, make_transport):
    with pytest.raises(InvalidSupergraph):
        build_snapshot(sdl, GatewaySettings(), {}, make_transport())
