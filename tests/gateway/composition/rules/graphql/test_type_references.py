"""Types referred to exist and stand in the right position."""

import pytest


@pytest.mark.parametrize(
    "sdl",
    [
        "type Query { a: Missing }",
        "type Query { a(b: Missing): Int }",
        "input I { a: Missing } type Query { a(i: I): Int }",
        "directive @d(a: Missing) on OBJECT type Query { a: Int }",
        "type Query { a: I } input I { a: Int }",
        "type Query { a(q: Query): Int }",
        "input I { q: Query } type Query { a(i: I): Int }",
        "type Query { a: __Type }",
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
        "type Query { a(i: I, e: E, s: S): E s: S } input I { e: E } enum E { A } scalar S",
    ],
)
def test_accepted(compose, sdl):
    assert compose(a=sdl).codes == []
