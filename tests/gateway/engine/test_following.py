"""New supergraphs while serving: good ones are swapped in warm, bad ones leave the current one in service."""

from __future__ import annotations

from functools import partial

import pytest

from gateway.app import _follow
from gateway.engine import Engine, EngineOptions
from gateway.executor.concurrency import ExecutionBound
from gateway.graphql_request import GraphQLRequest
from gateway.settings import GatewaySettings
from gateway.snapshot_builder import build_snapshot


class FakeRegistry:
    def __init__(self, *sdls):
        self.sdls = sdls
        self.kept = []

    async def changes(self):
        for sdl in self.sdls:
            yield sdl

    def keep(self, sdl):
        self.kept.append(sdl)


@pytest.fixture
def build(make_transport, make_subgraph):
    transport = make_transport(one=make_subgraph(answer={"data": {"old": 1, "new": 2, "both": 3}}))
    return partial(build_snapshot, settings=GatewaySettings(), environment={}, wire=transport)


async def test_the_last_good_one_is_served(build, compose_supergraph):
    old = compose_supergraph({"one": "type Query { old: Int both: Int }"})
    new = compose_supergraph({"one": "type Query { new: Int both: Int }"})
    engine = Engine(build(old), EngineOptions(), ExecutionBound())
    await engine.execute(GraphQLRequest("{ both }"))
    registry = FakeRegistry("type Query {", new, "type Query { not: Supergraph }")

    await _follow(registry, engine, build)

    assert (await engine.execute(GraphQLRequest("{ new both }"))).body == b'{"data":{"new":2,"both":3}}'
    assert engine.snapshot.recent_operations(9)[-1] == ("{ both }", None)
    assert registry.kept == [new]


async def test_a_defect_in_taking_one_in_leaves_the_current(build, compose_supergraph):
    sdl = compose_supergraph({"one": "type Query { old: Int }"})
    current = build(sdl)
    engine = Engine(current, EngineOptions(), ExecutionBound())

    def fails(_sdl):
        raise RecursionError

    await _follow(FakeRegistry(sdl), engine, fails)

    assert engine.snapshot is current
