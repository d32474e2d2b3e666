"""Headers of subgraphs' responses on their way to the client."""

from __future__ import annotations

import json

import pytest

from gateway.executor.transport import SubgraphResponse
from gateway.settings import GatewaySettings


@pytest.fixture
async def ask(start_gateway, make_subgraph):
    async def send(*rules):
        one = make_subgraph("type Query { a: Int }")
        two = make_subgraph("type Query { b: Int }")
        for subgraph, field in ((one, "a"), (two, "b")):
            subgraph.answer = SubgraphResponse(
                200,
                (("x-region", field), ("set-cookie", f"{field}=1"), ("x-internal", "secret")),
                json.dumps({"data": {field: 1}}).encode(),
            )
        gateway = await start_gateway(
            {"one": one, "two": two}, headers={"respond": rules}, traffic={"deduplicate": False}
        )
        for _ in range(3):
            response = await gateway.http.post("/graphql", json={"query": "{ a b }"})
            assert response.json() == {"data": {"a": 1, "b": 1}}
        return response.headers

    return send


async def test_nothing_passes_by_itself(ask):
    headers = await ask()

    assert not {"x-region", "set-cookie", "x-internal"} & set(headers)


@pytest.mark.parametrize("merge", ["first", "last"])
async def test_one_value(ask, merge):
    headers = await ask({"name": "X-Region", "merge": merge})

    assert headers["x-region"] in {"a", "b"}
    assert "x-internal" not in headers


async def test_all_values(ask):
    headers = await ask({"name": "set-cookie", "merge": "append"})

    assert sorted(headers.get_list("set-cookie")) == ["a=1", "b=1"]


@pytest.mark.parametrize(
    "headers",
    [{"respond": [{"name": "set-cookie"}]}, {"respond": [{"name": "Content-Length"}]}, {"forward": ["Host"]}],
)
def test_what_cannot_be_passed_on(headers):
    with pytest.raises(ValueError, match=r"set-cookie|cannot be passed on"):
        GatewaySettings.model_validate({"headers": headers})
