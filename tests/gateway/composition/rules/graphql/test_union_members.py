"""Unions consist of object types."""

import pytest


@pytest.mark.parametrize(
    "sdl",
    [
        "union U = Missing type Query { u: U }",
        "union U = Int type Query { u: U }",
        "interface I { a: Int } union U = I type Query { u: U }",
        "union U = Query | Query type Query { u: U }",
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
        "union U = Query type Query { u: U } extend union U = A type A { x: Int }",
    ],
)
def test_accepted(compose, sdl):
    assert compose(a=sdl).codes == []
