"""Operations through the whole gateway: HTTP in, live subgraphs behind, the answer and what each subgraph was asked."""

from __future__ import annotations

import pytest

PRODUCTS = """
type Query { products: [Product!]! product(upc: ID!): Product node: Node }
type Mutation { rename(upc: ID!, name: String!): Product }
interface Node { id: ID! }
type Product implements Node @key(fields: "upc") { id: ID! upc: ID! name: String! price: Int kind: Kind maker: Maker }
type Maker @key(fields: "id") { id: ID! name: String }
enum Kind { CHAIR TABLE HIDDEN @inaccessible }
"""
STOCK = """
type Query { warehouses: [String] }
type Product @key(fields: "upc") {
  upc: ID!
  price: Int @external
  inStock: Boolean
  shipping: Int @requires(fields: "price")
}
"""
ROWS = {
    "1": {
        "id": "n1",
        "upc": "1",
        "name": "Table",
        "price": 100,
        "kind": "TABLE",
        "maker": {"id": "m1", "name": "Ikea"},
    },
    "2": {"id": "n2", "upc": "2", "name": "Chair", "price": 10, "kind": "CHAIR", "maker": None},
}


@pytest.fixture
def subgraphs(make_subgraph):
    products = make_subgraph(
        PRODUCTS,
        {
            "Query": {
                "products": lambda *_: list(ROWS.values()),
                "product": lambda _s, _i, upc: ROWS.get(upc),
                "node": lambda *_: {"__typename": "Product", **ROWS["1"]},
            },
            "Mutation": {"rename": lambda _s, _i, upc, name: {**ROWS[upc], "name": name}},
            "Product": {"__resolveReference": lambda rep: ROWS.get(rep["upc"])},
        },
    )
    stock = make_subgraph(
        STOCK,
        {
            "Product": {
                "__resolveReference": lambda rep: {**rep, "inStock": rep["upc"] == "1"},
                "shipping": lambda source, _info: source["price"] // 10,
            }
        },
    )
    return {"products": products, "stock": stock}


@pytest.fixture
async def gateway(start_gateway, subgraphs):
    return await start_gateway(subgraphs)


async def test_fields_of_two_subgraphs_in_the_order_of_the_operation(gateway):
    answer = await gateway.send("{ products { inStock label: name upc __typename shipping } }")

    assert answer == {
        "data": {
            "products": [
                {"inStock": True, "label": "Table", "upc": "1", "__typename": "Product", "shipping": 10},
                {"inStock": False, "label": "Chair", "upc": "2", "__typename": "Product", "shipping": 1},
            ]
        }
    }
    assert list(answer["data"]["products"][0]) == ["inStock", "label", "upc", "__typename", "shipping"]
    assert len(gateway.asked("products")) == 1
    assert len(gateway.asked("stock")) == 1


async def test_variables_conditions_and_fragments(gateway):
    query = """
      query Find($upc: ID!, $withStock: Boolean = false, $hide: Boolean!) {
        product(upc: $upc) { ...names inStock @include(if: $withStock) price @skip(if: $hide) }
      }
      fragment names on Product { name maker { name } }
    """

    assert await gateway.send(query, {"upc": "1", "hide": True}) == {
        "data": {"product": {"name": "Table", "maker": {"name": "Ikea"}}}
    }
    assert gateway.asked("stock") == []
    assert await gateway.send(query, {"upc": "2", "hide": False, "withStock": True}) == {
        "data": {"product": {"name": "Chair", "maker": None, "inStock": False, "price": 10}}
    }


async def test_mutations_reach_the_subgraph_and_are_completed(gateway):
    answer = await gateway.send('mutation { rename(upc: "1", name: "Desk") { name inStock } }')

    assert answer == {"data": {"rename": {"name": "Desk", "inStock": True}}}


async def test_introspection_is_answered_by_the_gateway(gateway):
    answer = await gateway.send(
        '{ __typename kinds: __type(name: "Kind") { enumValues { name } } __schema { queryType { name } } }'
    )

    assert answer == {
        "data": {
            "__typename": "Query",
            "kinds": {"enumValues": [{"name": "CHAIR"}, {"name": "TABLE"}]},
            "__schema": {"queryType": {"name": "Query"}},
        }
    }
    assert gateway.asked("products") == []


async def test_federation_machinery_is_not_in_the_schema(gateway):
    answer = await gateway.send("{ _service { sdl } _entities(representations: []) { __typename } }")

    assert [error["extensions"]["code"] for error in answer["errors"]] == ["GRAPHQL_VALIDATION_FAILED"] * 2
    assert not any("Did you mean" in error["message"] for error in answer["errors"])


async def test_a_failing_subgraph_leaves_the_rest(gateway, subgraphs):
    subgraphs["stock"].answer = b"<html>down</html>"

    answer = await gateway.send("{ products { name inStock } }")

    assert answer["data"] == {"products": [{"name": "Table", "inStock": None}, {"name": "Chair", "inStock": None}]}
    assert answer["errors"] == [
        {
            "message": "A subgraph could not answer.",
            "path": ["products", index, "inStock"],
            "extensions": {"code": "DOWNSTREAM_UNAVAILABLE", "service": "stock"},
        }
        for index in range(2)
    ]


async def test_a_failing_root_subgraph_nulls_up_to_the_nullable_parent(gateway, subgraphs):
    subgraphs["products"].answer = b""

    answer = await gateway.send("{ products { name } warehouses }")

    assert answer["data"] is None
    assert [(error["path"], error["extensions"]["code"]) for error in answer["errors"]] == [
        (["products"], "DOWNSTREAM_UNAVAILABLE")
    ]


async def test_inaccessible_values_met_at_run_time_become_null(gateway, subgraphs):
    row = {**ROWS["1"], "kind": "HIDDEN"}
    subgraphs["products"].answer = {"data": {"product": {"kind": row["kind"], "name": "x"}}}

    answer = await gateway.send('{ product(upc: "1") { kind name } }')

    assert answer["data"] == {"product": {"kind": None, "name": "x"}}
    assert answer["errors"][0]["path"] == ["product", "kind"]
    assert "HIDDEN" not in answer["errors"][0]["message"]


async def test_hidden_fields_of_the_plan_never_show(gateway, subgraphs):
    answer = await gateway.send("{ products { shipping } }")

    assert answer == {"data": {"products": [{"shipping": 10}, {"shipping": 1}]}}


async def test_equal_operations_share_plans_and_answers(gateway):
    first = await gateway.send("{products{name}}")
    second = await gateway.send("query   { products { ...p } } fragment p on Product { name }")

    assert first == second
    assert gateway.asked("products")[0] == gateway.asked("products")[1]
