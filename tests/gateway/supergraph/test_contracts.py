"""Contracts by tag: what is left of the schema, and that plans still use what is hidden."""

from __future__ import annotations

import pytest
from graphql import print_schema, validate_schema

from gateway.supergraph.contracts import ContractFilter, EmptyContract, contract
from gateway.supergraph.load import load_supergraph, parse_supergraph

SHOP = """
type Query { product(id: ID!, secret: Boolean @tag(name: "internal")): Product  audit: Audit  find(f: Filter, k: Kind): Thing  hidden(x: Must!): Int }
type Mutation { reserve: Int @tag(name: "internal") }
interface Thing { id: ID!  cost: Int }
type Product implements Thing @key(fields: "id") { id: ID!  name: String @tag(name: "public")  cost: Int @tag(name: "internal") }
type Audit @tag(name: "internal") { by: String }
type Loose { a: Int }
input Filter { name: String  raw: Raw }
input Raw @tag(name: "internal") { sql: String }
input Must { raw: Raw! }
enum Kind { OPEN  CLOSED @tag(name: "internal") }
union Any = Product | Audit
scalar Never
"""


@pytest.fixture
def api_schema(compose_supergraph):
    supergraph = parse_supergraph(compose_supergraph({"shop": SHOP}))

    def make(**options):
        return load_supergraph(contract(supergraph, ContractFilter(**options))).api_schema

    return make


def test_excluded_tags_and_what_depends_on_them_are_gone(api_schema):
    schema = api_schema(exclude=frozenset({"internal"}))

    assert validate_schema(schema) == []
    assert "Mutation" not in schema.type_map
    assert "internal" not in print_schema(schema)
    assert set(schema.type_map["Product"].fields) == {"id", "name"}
    assert set(schema.type_map["Thing"].fields) == {"id"}
    assert set(schema.query_type.fields) == {"product", "find"}
    assert set(schema.query_type.fields["product"].args) == {"id"}
    assert set(schema.type_map["Filter"].fields) == {"name"}
    assert set(schema.type_map["Kind"].values) == {"OPEN"}
    assert not {"Audit", "Raw", "Must", "Loose", "Never", "Any"} & set(schema.type_map)


def test_unreachable_types_can_stay(api_schema):
    schema = api_schema(exclude=frozenset({"internal"}), hide_unreachable=False)

    assert {"Loose", "Never", "Any"} <= set(schema.type_map)


def test_a_contract_that_leaves_nothing_is_refused(api_schema):
    with pytest.raises(EmptyContract):
        api_schema(include=frozenset({"unknown"}))


async def test_hidden_members_cannot_be_asked_for_but_serve_plans(start_gateway, make_subgraph):
    products = make_subgraph(
        'type Query { product: Product } type Product @key(fields: "sku") { sku: ID! @tag(name: "internal") name: String }',
        {"Query": {"product": lambda *_: {"sku": "1", "name": "Table"}}},
    )
    stock = make_subgraph(
        'type Product @key(fields: "sku") { sku: ID! inStock: Boolean }',
        {"Product": {"__resolveReference": lambda rep: {**rep, "inStock": rep["sku"] == "1"}}},
    )
    gateway = await start_gateway({"products": products, "stock": stock}, contract={"exclude_tags": ("internal",)})

    assert await gateway.send("{ product { inStock } }") == {"data": {"product": {"inStock": True}}}
    refused = await gateway.send("{ product { sku } }")
    assert refused["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    shown = await gateway.send('{ __type(name: "Product") { fields { name } } }')
    assert shown["data"]["__type"]["fields"] == [{"name": "name"}, {"name": "inStock"}]
