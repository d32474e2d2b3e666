"""Whatever text is given, the answer is errors with places: no traceback, no part of a supergraph."""

import pytest

from gateway.composition import SubgraphSource, compose


def compose_text(sdl):
    return compose([SubgraphSource("a", "http://a", sdl)])


@pytest.mark.parametrize(
    ("sdl", "line"),
    [
        ("type Query { a: Int", 1),
        ("type Query {\n  a: Int }\n}", 3),
        ("type Query {\n  a: $b\n}", 2),
        ('type Query {\n  "unterminated a: Int\n}', 2),
        ("type Query { a: Int }\nquery { a }", 2),
        ("type Query { a: Int }\nfragment F on Query { a }", 2),
        ("type Query { a: Int }\n\x00", 2),
        ("", 1),
    ],
)
def test_syntax(sdl, line):
    outcome = compose_text(sdl)
    assert outcome.supergraph is None
    assert [error.code.name for error in outcome.errors] == ["INVALID_GRAPHQL"]
    assert outcome.errors[0].subgraphs == ("a",)
    assert outcome.errors[0].locations[0].line == line


@pytest.mark.parametrize(
    "sdl",
    [
        f"type Query {{ a: {'[' * 5000}Int{']' * 5000} }}",
        f"type Query {{ a(b: [Int] = {'[' * 5000}1{']' * 5000}): Int }}",
        f'type Query @key(fields: "{"a { " * 5000}") {{ a: Int }}',
    ],
)
def test_nested_beyond_measure(sdl):
    outcome = compose_text(sdl)
    assert outcome.supergraph is None
    assert outcome.errors


@pytest.mark.parametrize(
    "sdl",
    [
        "input A { a: A! }",
        "input A { b: B! } input B { c: C! } input C { a: A! }",
        "interface A implements A { a: Int }",
        "interface A implements B { a: Int } interface B implements A { a: Int }",
        "union A = A",
    ],
)
def test_cycles(sdl):
    outcome = compose_text(f"type Query {{ a: Int }} {sdl}")
    assert {error.code.name for error in outcome.errors} == {"INVALID_GRAPHQL"}


def test_long_chain_of_inputs():
    chain = "".join(f"input I{i} {{ next: I{i + 1}! }} " for i in range(3000))
    outcome = compose_text(f"type Query {{ a(i: I0): Int }} {chain} input I3000 {{ x: Int }}")
    assert outcome.errors == ()


def test_errors_of_all_subgraphs_are_reported_together():
    outcome = compose(
        [
            SubgraphSource("a", "http://a", "type Query { a: Missing }"),
            SubgraphSource("b", "http://b", "type Query {"),
            SubgraphSource(
                "c",
                "http://c",
                'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])\n'
                'type C @key(fields: "missing") { id: ID }',
            ),
        ]
    )
    assert {(error.code.name, error.subgraphs[0]) for error in outcome.errors} == {
        ("INVALID_GRAPHQL", "a"),
        ("INVALID_GRAPHQL", "b"),
        ("KEY_INVALID_FIELDS", "c"),
    }


def test_no_subgraphs():
    assert [error.code.name for error in compose([]).errors] == ["NO_QUERIES"]
