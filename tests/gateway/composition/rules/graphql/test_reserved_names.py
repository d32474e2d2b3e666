"""Names with two leading underscores are reserved."""

import pytest

IMPORT = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [{name: "@key", as: "@__k"}])'


@pytest.mark.parametrize(
    "sdl",
    [
        "type __A { a: Int } type Query { a: __A }",
        "type Query { __a: Int }",
        "type Query { a(__b: Int): Int }",
        "input I { __a: Int } type Query { a(i: I): Int }",
        "enum E { __A } type Query { e: E }",
        "directive @__d on OBJECT type Query { a: Int }",
        "directive @d(__a: Int) on OBJECT type Query { a: Int }",
        f"{IMPORT} type Query {{ a: Int }}",
    ],
)
@pytest.mark.parametrize("federation", [(2, 9), None])
def test_refused(compose, sdl, federation):
    outcome = compose(federation=federation, a=sdl)
    assert "INVALID_GRAPHQL" in outcome.codes
    assert all(error.locations for error in outcome.composition.errors if error.code.name == "INVALID_GRAPHQL")


@pytest.mark.parametrize(
    "sdl",
    [
        "type Query { _a(_b: Int): Int }",
        "type Query { a: Int } type __Type { a: Int } enum __TypeKind { A } extend type __Schema { a: Int }",
    ],
)
def test_accepted(compose, sdl):
    assert compose(a=sdl).codes == []
