"""Things are defined once."""

import pytest


@pytest.mark.parametrize(
    "sdl",
    [
        "type Query { a: Int a: Int }",
        "type Query { a: Int } type Query { b: Int }",
        "type Query { a: Int } extend type Query { a: Int }",
        "type Query { a(b: Int b: Int): Int }",
        "enum E { A A } type Query { e: E }",
        "input I { a: Int a: Int } type Query { a(i: I): Int }",
        "directive @d on OBJECT directive @d on OBJECT type Query { a: Int }",
        "schema { query: Query } schema { query: Query } type Query { a: Int }",
        "type Query { a: Int } extend interface Query { b: Int }",
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
        "type Query { a: Int } extend type Query { b: Int } extend type Query { c: Int }",
    ],
)
def test_accepted(compose, sdl):
    assert compose(a=sdl).codes == []
