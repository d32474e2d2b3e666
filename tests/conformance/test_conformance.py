"""Federation's features through the whole gateway: each folder is a small graph, its data, and what must come out.

``NAME.graphql`` are the subgraphs, ``data.yaml`` holds their data by subgraph (see ``DataSubgraph`` for its forms),
``cases.yaml`` the operations with answers, and how often each subgraph may be asked.
"""

import json
from functools import cache
from pathlib import Path

import pytest
import yaml

from gateway.composition import SubgraphSource, compose
from gateway.engine import Engine, EngineOptions
from gateway.executor.concurrency import ExecutionBound
from gateway.executor.transport import SubgraphResponse
from gateway.graphql_request import GraphQLRequest
from gateway.override_labels import OverrideLabels
from gateway.settings import GatewaySettings
from gateway.snapshot_builder import build_snapshot
from gateway.testing.data_subgraph import DataSubgraph

FEATURES = sorted(path.parent for path in Path(__file__).parent.glob("*/cases.yaml"))
CASES = [
    pytest.param(folder, case, id=f"{folder.name}: {case['name']}")
    for folder in FEATURES
    for case in yaml.safe_load((folder / "cases.yaml").read_text())
]


class DataTransport:
    """Where the gateway's HTTP client would be."""

    def __init__(self, subgraphs):
        self.subgraphs = subgraphs

    async def send(self, request):
        name = request.url.removeprefix("http://").removesuffix(".test/graphql")
        body = await self.subgraphs[name].execute(request.body)
        return SubgraphResponse(200, (("content-type", "application/json"),), body)

    async def close(self):
        pass


@cache
def graph_in(folder):
    sdls = {file.stem: file.read_text() for file in sorted(folder.glob("*.graphql"))}
    composition = compose([SubgraphSource(name, f"http://{name}.test/graphql", sdl) for name, sdl in sdls.items()])
    assert composition.errors == ()
    return sdls, yaml.safe_load((folder / "data.yaml").read_text()), composition.supergraph.text


@pytest.mark.parametrize(("folder", "case"), CASES)
async def test_feature(folder, case):
    sdls, data, supergraph = graph_in(folder)
    transport = DataTransport({name: DataSubgraph(name, sdl, data.get(name) or {}) for name, sdl in sdls.items()})
    snapshot = build_snapshot(supergraph, GatewaySettings(), {}, transport)
    options = EngineOptions(override_labels=OverrideLabels(frozenset(case.get("labels", ()))))
    engine = Engine(snapshot, options, ExecutionBound())
    answer = await engine.execute(GraphQLRequest(case["query"], variables=case.get("variables", {})))
    body = json.loads(answer.body)
    assert body.get("errors", []) == case.get("errors", []) or _codes(body) == case.get("codes")
    assert json.dumps(body["data"], indent=1) == json.dumps(case["data"], indent=1)
    if "requests" in case:
        asked = {name: len(each.requests) for name, each in transport.subgraphs.items() if each.requests}
        assert asked == case["requests"]


def _codes(body):
    return [[".".join(map(str, error["path"])), error["extensions"]["code"]] for error in body.get("errors", [])]
