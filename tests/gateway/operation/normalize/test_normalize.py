"""Operations that mean the same become the same value, in an order that gives the same answer."""

import pytest
from graphql import build_schema, parse

from gateway.operation.normalize import normalize_operation
from gateway.selection_text import compact

SCHEMA = build_schema("""
    type Query { i: I u: U a: A }
    interface I { x: Int y: Int i: I }
    type A implements I { x: Int y: Int i: I a: Int }
    type B implements I { x: Int y: Int i: I }
    union U = A | B
    type Mutation { m: Int }
""")


@pytest.fixture
def normalized():
    def normalize(text: str, name: str | None = None) -> str:
        return compact(normalize_operation(parse(text), name, SCHEMA).selections)

    return normalize


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{ i { ...F } } fragment F on I { x }", "{i{x}}"),
        ("{ a { ... on I { x } ... { y } ... on A { a } } }", "{a{x y a}}"),
        ("{ i { ... on U { ... on A { a } } } }", "{i{...on U{...on A{a}}}}"),
        ("{ a { ... on B { x } y } }", "{a{y}}"),
        ("{ i { x @include(if: true) y @skip(if: true) } }", "{i{x}}"),
        ("{ i { x } i { y x } }", "{i{x y}}"),
        ("{ i { x: x } }", "{i{x}}"),
    ],
)
def test_fragments_and_constants_are_gone(normalized, written, meant):
    assert normalized(written) == meant


def test_a_repeated_field_is_joined_only_where_the_answers_order_stays(normalized):
    # For an A the answer has i with x, a's y, then z: joining the last with the first would give x, x again, y.
    assert normalized("{ i { i { x } ... on A { i { y } } i { i { x } } } }") == "{i{i{x}...on A{i{y}}i{i{x}}}}"
    assert normalized("{ i { i { x } ... on A { a } i { y } } }") == "{i{i{x y}...on A{a}}}"


def test_conditions_that_an_enclosing_one_decides_are_gone(normalized):
    text = "query ($a: Boolean!) { i @include(if: $a) { x @include(if: $a) y @skip(if: $a) } }"
    assert normalized(text) == "{i@include(if:$a){x}}"


def test_a_field_of_which_nothing_is_ever_asked_stays(normalized):
    # Its object is still part of the answer, empty.
    text = "query ($a: Boolean!) { i @include(if: $a) { y @skip(if: $a) } }"
    assert normalized(text) == "{i@include(if:$a){}}"


def test_only_variables_that_matter_are_kept():
    text = "query Q($a: Boolean!, $b: Boolean! = true) { i { x @include(if: $a) y @skip(if: true) @include(if: $b) } }"
    operation = normalize_operation(parse(text), "Q", SCHEMA)
    assert [item.name for item in operation.variables] == ["a"]
    assert operation.name == "Q"


def test_deferred_fragments_stay_with_label_and_variable():
    text = 'query ($d: Boolean!) { i { ... @defer(label: "l", if: $d) { x } ... @defer(if: false) { y } } }'
    operation = normalize_operation(parse(text), None, SCHEMA)
    deferred, undeferred = operation.selections[0].selections
    assert (deferred.defer.label, deferred.defer.variable) == ("l", "d")
    assert undeferred.name == "y"
    assert [item.name for item in operation.variables] == ["d"]


def test_equal_operations_are_equal_values_that_key_a_cache():
    one = normalize_operation(parse("{ i { ...F } } fragment F on I { x }"), None, SCHEMA)
    other = normalize_operation(parse("query {\n  i { x }\n}"), None, SCHEMA)
    assert one == other
    assert hash(one) == hash(other)


@pytest.mark.parametrize(("text", "name"), [("{ a { x } } query Q { a { y } }", None), ("query Q { a { x } }", "R")])
def test_an_operation_has_to_be_found(text, name):
    with pytest.raises(LookupError):
        normalize_operation(parse(text), name, SCHEMA)
