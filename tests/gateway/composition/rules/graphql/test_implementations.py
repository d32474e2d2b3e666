"""Types have what their interfaces promise."""

import pytest


@pytest.mark.parametrize(
    "sdl",
    [
        "type Query implements Missing { a: Int }",
        "type Query implements E { a: Int } enum E { A }",
        "interface I { b: Int } type Query implements I { a: Int }",
        "interface I { a: Int } type Query implements I { a: String }",
        "interface I { a: Int! } type Query implements I { a: Int }",
        "interface I { a(x: Int): Int } type Query implements I { a: Int }",
        "interface I { a(x: Int): Int } type Query implements I { a(x: String): Int }",
        "interface I { a: Int } type Query implements I { a(x: Int!): Int }",
        "interface J { a: Int } interface I implements J { a: Int } type Query implements I { a: Int }",
        "interface I { a: Int } type Query implements I & I { a: Int }",
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
        "interface I { a: J } interface J { x: Int } type K implements J { x: Int } type Query implements I { a(extra: Int): K! }",
        "interface I { u: [U] } union U = K type K { x: Int } type Query implements I { u: [K!]! }",
    ],
)
def test_accepted(compose, sdl):
    assert compose(a=sdl).codes == []
