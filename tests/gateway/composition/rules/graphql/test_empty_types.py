"""Types are not empty."""

import pytest


@pytest.mark.parametrize(
    "sdl",
    [
        "type A type Query { a: A }",
        "interface A type Query { a: A }",
        "input A type Query { a(x: A): Int }",
        "enum A type Query { a: A }",
        "union A type Query { a: A }",
        "union _Entity type Query { a: Int }",
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
        "type A extend type A { x: Int } type Query { a: A }",
    ],
)
def test_accepted(compose, sdl):
    assert compose(a=sdl).codes == []
