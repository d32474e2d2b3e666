"""Federation's features through the whole gateway: each folder is a small graph, its data, and what must come out.

``NAME.graphql`` are the subgraphs, ``data.yaml`` holds their data by subgraph (see ``DataSubgraph`` for its forms),
``cases.yaml`` the operations with answers (or with ``parts`` of a stream), how often each subgraph may be asked, in
which ``order``, which mutations they have ``executed``, and which are ``down``. Each is run on the general path and on the compiled one.
"""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import yaml

from gateway.compiled import CompilerOptions
from gateway.composition import SubgraphSource, compose
from gateway.engine import Engine, EngineOptions
from gateway.executor.concurrency import ExecutionBound
from gateway.executor.transport import SubgraphResponse, TransportError, TransportErrorKind
from gateway.graphql_request import GraphQLRequest
from gateway.incremental_delivery import IncrementalForm
from gateway.override_labels import OverrideLabels
from gateway.settings import GatewaySettings, TrafficSettings
from gateway.snapshot_builder import build_snapshot
from gateway.testing.data_subgraph import DataSubgraph

FEATURES = sorted(path.parent for path in Path(__file__).parent.glob("*/cases.yaml"))
CASES = [
    pytest.param(folder, case, id=f"{folder.name}: {case['name']}")
    for folder in FEATURES
    for case in yaml.safe_load((folder / "cases.yaml").read_text())
]

SETTINGS = GatewaySettings(traffic=TrafficSettings(retries=0, breaker_failures=0))


class DataTransport:
    """Where the gateway's HTTP client would be."""

    def __init__(self, subgraphs, down=()):
        self.subgraphs = subgraphs
        self.down = down
        self.order = []

    async def send(self, request):
        name = request.url.removeprefix("http://").removesuffix(".test/graphql")
        if name in self.down:
            raise TransportError(TransportErrorKind.CONNECT, "nobody is there")
        self.order.append(name)
        body = await self.subgraphs[name].execute(request.body)
        return SubgraphResponse(200, (("content-type", "application/json"),), body)

    async def events(self, call, _context):
        """One event: the subscription's field as it is now."""
        yield await self.subgraphs[call.subgraph].execute(call.body)

    async def close(self):
        pass


@cache
def graph_in(folder):
    sdls = {file.stem: file.read_text() for file in sorted(folder.glob("*.graphql"))}
    composition = compose([SubgraphSource(name, f"http://{name}.test/graphql", sdl) for name, sdl in sdls.items()])
    assert composition.errors == ()
    return sdls, yaml.safe_load((folder / "data.yaml").read_text()), composition.supergraph.text


@pytest.mark.parametrize("uses_before", [1_000, 0], ids=["general", "compiled"])
@pytest.mark.parametrize(("folder", "case"), CASES)
async def test_feature(folder, case, uses_before):
    sdls, data, supergraph = graph_in(folder)
    subgraphs = {name: DataSubgraph(name, sdl, data.get(name) or {}) for name, sdl in sdls.items()}
    transport = DataTransport(subgraphs, case.get("down", ()))
    snapshot = build_snapshot(supergraph, SETTINGS, {}, transport, events=transport)
    snapshot.options = replace(snapshot.options, compiler=CompilerOptions(uses_before=uses_before))
    options = EngineOptions(override_labels=OverrideLabels(frozenset(case.get("labels", ()))))
    engine = Engine(snapshot, options, ExecutionBound())
    request = GraphQLRequest(case["query"], variables=case.get("variables", {}))
    if "parts" in case:
        parts = [json.loads(part) async for part in engine.stream(request, IncrementalForm.DRAFT_2022)]
        assert parts == case["parts"]
        return
    body = json.loads((await engine.execute(request)).body)
    assert body.get("errors", []) == case.get("errors", []) or _codes(body) == case.get("codes")
    assert json.dumps(body["data"], indent=1) == json.dumps(case["data"], indent=1)
    if "requests" in case:
        assert {name: len(each.requests) for name, each in subgraphs.items() if each.requests} == case["requests"]
    if "executed" in case:
        assert {name: each.executed for name, each in subgraphs.items() if each.executed} == case["executed"]
    if "order" in case:
        assert transport.order == case["order"]


def _codes(body):
    return [
        [".".join(map(str, error.get("path", ["?"]))), error["extensions"]["code"]] for error in body.get("errors", [])
    ]
