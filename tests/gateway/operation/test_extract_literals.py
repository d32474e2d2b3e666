"""Operations that differ in literals share one plan and one document for each subgraph."""

from __future__ import annotations

import pytest
from graphql import build_schema, parse, print_ast

from gateway.operation.normalize import extract_literals, normalize_operation

SCHEMA = build_schema("""
type Query { f(i: Int, s: String!, l: [ID!], e: Color, in: Plain, odd: Odd, any: Any): Item  item: Item }
type Item { g(n: Int! = 1): Int }
enum Color { RED GREEN }
input Plain { n: Int, c: Color, again: Plain }
input Odd { any: Any }
scalar Any
""")


@pytest.fixture
def extract():
    def run(text):
        document = parse(text)
        operation = normalize_operation(document, None, SCHEMA)
        declared = [each.variable.name.value for each in document.definitions[0].variable_definitions or ()]
        extracted = extract_literals(operation, "Query", SCHEMA, declared)
        types = {each.name: each.type_text for each in extracted.operation.variables}
        return extracted.operation, extracted.literals, types

    return run


@pytest.mark.parametrize(
    ("argument", "type_text", "value"),
    [
        ("i: 7", "Int", 7),
        ("i: null", "Int", None),
        ('s: "a\\"b"', "String!", 'a"b'),
        ('s: """block"""', "String!", "block"),
        ('l: ["a", 1]', "[ID!]", ["a", 1]),
        ("e: RED", "Color", "RED"),
        ("in: {n: 1, c: GREEN, again: {n: 2}}", "Plain", {"n": 1, "c": "GREEN", "again": {"n": 2}}),
    ],
)
def test_a_literal_becomes_a_variable_of_its_type(extract, argument, type_text, value):
    operation, literals, types = extract(f"{{ f({argument}) {{ g }} }}")

    assert literals == {"literal_0": value}
    assert types == {"literal_0": type_text}
    assert operation.selections[0].arguments[0].value == "$literal_0"


def test_what_differs_in_literals_alone_is_the_same_operation(extract):
    one, _, _ = extract('{ f(i: 1, s: "a") { g(n: 5) } }')
    two, _, _ = extract('{ f(i: 2, s: "b") { g(n: 6) } }')

    assert one == two


def test_equal_literals_stay_equal(extract):
    operation, literals, _ = extract("{ item { a: g(n: 1) ... on Item { a: g(n: 1) } b: g(n: 2) } }")

    assert literals == {"literal_0": 1, "literal_1": 2}
    assert len(operation.selections[0].selections) == 2


@pytest.mark.parametrize("argument", ["any: 1", "any: {a: [RED]}", "odd: {any: 1}"])
def test_custom_scalars_stay_literals(extract, argument):
    operation, literals, _ = extract(f"{{ f({argument}) {{ g }} }}")

    assert literals == {}
    assert operation.variables == ()


def test_values_with_variables_stay_and_names_are_free(extract):
    operation, literals, types = extract('query($literal_0: Int) { f(in: {n: $literal_0}, s: "x") { g(n: 3) } }')

    assert literals == {"literal_1": "x", "literal_2": 3}
    assert types == {"literal_0": "Int", "literal_1": "String!", "literal_2": "Int!"}
    assert operation.selections[0].arguments[0].value == "{n: $literal_0}"


def test_a_name_that_the_client_declares_is_not_taken_though_nothing_uses_it_any_more(extract):
    """Introspection is answered from the document as it was written, with all that it declares."""
    _, literals, _ = extract(
        'query($literal_0: Boolean!) { f(s: "x") { g } item @skip(if: true) { g @skip(if: $literal_0) } }'
    )
    assert literals == {"literal_1": "x"}


async def test_subgraphs_get_one_document_for_all_literals(start_gateway, make_subgraph):
    one = make_subgraph(
        "type Query { echo(text: String!, n: Int): String }",
        {"Query": {"echo": lambda _s, _i, text, n=0: f"{text}{n}"}},
    )
    gateway = await start_gateway({"one": one})

    for text, number in (("a", 1), ("b", 2)):
        answer = await gateway.send(
            f'query Q($n: Int) {{ echo(text: "{text}", n: {number}) x: echo(text: "x", n: $n) }}', {"n": 9}
        )
        assert answer == {"data": {"echo": f"{text}{number}", "x": "x9"}}

    assert len({print_ast(parse(query)) for query in gateway.asked("one")}) == 1
    assert one.seen[0].variables == {"n": 9, "literal_0": 1, "literal_1": "a", "literal_2": "x"}


async def test_a_variable_of_what_is_skipped_keeps_its_value(start_gateway, make_subgraph):
    subgraph = make_subgraph("type Query { f(s: String): String }", {"Query": {"f": lambda *_, s: s}})
    gateway = await start_gateway({"a": subgraph})

    skipped = "y: f @skip(if: true) @include(if: $literal_0)"
    query = f'query ($literal_0: Boolean!) {{ f(s: "x") {skipped} __type(name: "Query") {{ name }} }}'
    answer = await gateway.send(query, {"literal_0": True})

    assert answer == {"data": {"f": "x", "__type": {"name": "Query"}}}
