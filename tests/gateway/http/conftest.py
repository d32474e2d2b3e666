from __future__ import annotations

import pytest

SDL = """
type Query { hello(name: String, list: [Int], input: Point): String boom: String! echo(n: Int!): Int }
type Mutation { change: String }
input Point { x: Int y: Int }
"""


@pytest.fixture
def hello(make_subgraph):
    def boom(*_):
        raise ValueError("secret detail")

    return make_subgraph(
        SDL,
        {
            "Query": {
                "hello": lambda _s, _i, name="world", **_: f"Hello {name}",
                "boom": boom,
                "echo": lambda _s, _i, n: n,
            },
            "Mutation": {"change": lambda *_: "changed"},
        },
    )


@pytest.fixture
async def gateway(start_gateway, hello):
    return await start_gateway({"hello": hello})
