"""Documents made to hurt: refused with a 4xx and a code, without reaching a subgraph; the next request is fine."""

from __future__ import annotations

import pytest
from graphql import build_client_schema, get_introspection_query

SDL = """
type Query { a(x: Int): String b: Query list(ids: [ID!], f: Filter): Int }
type Mutation { login(user: String): Boolean }
input Filter { ids: [ID!] and: [Filter] }
"""


def fragments(count, body):
    return " ".join(f"fragment f{i} on Query {{ {body(i)} }}" for i in range(count))


HOSTILE = {
    "depth 100": ("{" + "b{" * 100 + "a" + "}" * 100 + "}", "MAX_DEPTH_LIMIT"),
    "depth 10,000": ("{" + "b{" * 10_000 + "a" + "}" * 10_000 + "}", "OPERATION_TOO_LARGE"),
    "lists 10,000 deep": ("{ list(ids: " + "[" * 10_000 + "]" * 10_000 + ") }", "OPERATION_TOO_LARGE"),
    "1,000 aliases": ("{" + " ".join(f"a{i}: b {{ a }}" for i in range(1_000)) + "}", "MAX_ROOT_FIELDS_LIMIT"),
    "1,000 aliases below": ("{ b {" + " ".join(f"a{i}: a" for i in range(1_000)) + "} }", "MAX_ALIASES_LIMIT"),
    "10,000 aliases": ("{" + " ".join(f"a{i}: a" for i in range(10_000)) + "}", "OPERATION_TOO_LARGE"),
    "300 root fields": ("{" + " ".join("a" for _ in range(300)) + "}", "MAX_ROOT_FIELDS_LIMIT"),
    "root fields in a fragment": ("{ ...f0 }" + fragments(1, lambda _i: "a " * 300), "MAX_ROOT_FIELDS_LIMIT"),
    "1,000 directives": ("{ a " + "@skip(if: false) " * 1_000 + "}", "MAX_DIRECTIVES_LIMIT"),
    "directives on the operation": ("query " + "@x " * 1_000 + "{ a }", "MAX_DIRECTIVES_LIMIT"),
    "1,000 variables": ("query(" + " ".join(f"$v{i}: Int" for i in range(1_000)) + ") { a }", "MAX_VARIABLES_LIMIT"),
    "unused fragments": ("{ a } " + fragments(1_000, lambda _i: "a"), "OPERATION_TOO_LARGE"),
    "20,000 tokens": ("{" + "a " * 20_000 + "}", "OPERATION_TOO_LARGE"),
    "300 KB of comment": ("{ a } #" + "x" * 300_000, "OPERATION_TOO_LARGE"),
    "fragment in itself": ("{ ...f0 }" + fragments(1, lambda _i: "...f0"), "GRAPHQL_VALIDATION_FAILED"),
    "circle of two": ("{ ...f0 }" + fragments(2, lambda i: f"...f{(i + 1) % 2}"), "GRAPHQL_VALIDATION_FAILED"),
    "circle of 100": ("{ ...f0 }" + fragments(100, lambda i: f"...f{(i + 1) % 100}"), "GRAPHQL_VALIDATION_FAILED"),
    "circle through fields": ("{ ...f0 }" + fragments(1, lambda _i: "b { ...f0 }"), "GRAPHQL_VALIDATION_FAILED"),
    "2^30 fields": (
        "{ ...f0 }"
        + fragments(30, lambda i: f"x: b {{ ...f{i + 1} }} y: b {{ ...f{i + 1} }}")
        + " fragment f30 on Query { a }",
        "MAX_ALIASES_LIMIT",
    ),
    "2^14 fields without aliases": (
        "{ b { ...f0 } }"
        + fragments(14, lambda i: f"...f{i + 1} ... on Query {{ ...f{i + 1} }}")
        + " fragment f14 on Query { a b { a } }",
        "MAX_HEIGHT_LIMIT",
    ),
    "brute force by alias": (
        "mutation {" + " ".join(f'l{i}: login(user: "{i}")' for i in range(201)) + "}",
        "MAX_ROOT_FIELDS_LIMIT",
    ),
}


@pytest.fixture
def subgraph(make_subgraph):
    return make_subgraph(SDL, {"Query": {"a": lambda *_, **__: "A", "b": lambda *_: {}, "list": lambda *_, **__: 1}})


@pytest.fixture
async def gateway(start_gateway, subgraph):
    return await start_gateway({"one": subgraph})


@pytest.mark.parametrize(("document", "code"), HOSTILE.values(), ids=HOSTILE.keys())
async def test_refused_with_a_code(gateway, subgraph, document, code):
    response = await gateway.http.post("/graphql", json={"query": document})

    assert [error["extensions"]["code"] for error in response.json()["errors"]] == [code]
    assert response.status_code == 400
    assert subgraph.seen == []
    assert await gateway.send("{ a }") == {"data": {"a": "A"}}


async def test_nothing_but_the_types_name_is_called_so(gateway, subgraph):
    answer = await gateway.send("{ __typename b { __typename: a kind: __typename } }")

    assert [error["message"] for error in answer["errors"]] == [
        "The alias '__typename' cannot be given to the field 'a'."
    ]
    assert "data" not in answer
    assert subgraph.seen == []


async def test_one_field_two_thousand_times_is_one_field(gateway, start_gateway, subgraph):
    document = "{ b {" + " ".join(["a", "b { a }", "... on Query { a }"] * 700) + "} }"

    answer = await gateway.send(document)

    assert answer == {"data": {"b": {"a": "A", "b": {"a": "A"}}}}
    assert len(subgraph.queries[0]) < 100


async def test_fields_in_conflict_are_refused_within_a_budget(gateway):
    document = "{ b {" + " ".join(f"a(x: {number})" for number in range(2_000)) + "} }"

    answer = await gateway.send(document)

    assert answer["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize("variables", [{"ids": ["x"] * 10_001}, {"f": {"and": [{"ids": ["x"] * 10_001}]}}])
async def test_long_lists_in_variables(gateway, subgraph, variables):
    query = "query($ids: [ID!], $f: Filter) { list(ids: $ids, f: $f) }"

    answer = await gateway.send(query, variables)

    assert answer["errors"][0]["extensions"]["code"] == "MAX_LIST_SIZE_LIMIT"
    assert subgraph.seen == []


async def test_deep_variables(gateway, subgraph):
    nested = {"ids": ["x"]}
    for _ in range(150):
        nested = {"and": [nested]}

    answer = await gateway.send("query($f: Filter) { list(f: $f) }", {"f": nested})

    assert answer["errors"][0]["extensions"]["code"] == "MAX_DEPTH_LIMIT"
    assert subgraph.seen == []


async def test_many_unknown_variables_are_dropped(gateway):
    answer = await gateway.send("{ a }", {f"v{number}": number for number in range(50_000)})

    assert answer == {"data": {"a": "A"}}


async def test_a_number_of_many_digits(gateway):
    body = '{"query": "query($x: Int) { a(x: $x) }", "variables": {"x": ' + "9" * 100_000 + "}}"

    response = await gateway.http.post("/graphql", content=body, headers={"content-type": "application/json"})

    assert response.status_code == 400


async def test_introspection_can_be_switched_off(start_gateway, subgraph):
    gateway = await start_gateway({"one": subgraph}, schema_exposure={"introspection": False})

    answer = await gateway.send("{ __schema { queryType { name } } a }")

    assert {error["extensions"]["code"] for error in answer["errors"]} == {"INTROSPECTION_DISABLED"}
    assert await gateway.send("{ __typename }") == {"data": {"__typename": "Query"}}


async def test_the_usual_introspection_query_is_served(gateway):
    answer = await gateway.send(get_introspection_query(input_value_deprecation=True, directive_is_repeatable=True))

    assert set(build_client_schema(answer["data"]).type_map) >= {"Query", "Mutation", "Filter"}
