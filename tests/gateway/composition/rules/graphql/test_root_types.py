"""Roots are object types that exist."""

import pytest


@pytest.mark.parametrize(
    "sdl",
    [
        "schema { query: Missing }",
        "schema { query: E } enum E { A }",
        "interface Query { a: Int }",
        "type Query { a: Int } enum Mutation { A }",
        "type Query { a: Int } schema { query: Query mutation: Missing }",
        "type Root { a: Int } schema { query: Root mutation: Root }",
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
        "type Query { a: Int } schema { query: Query mutation: M } type M { b: Int }",
    ],
)
def test_accepted(compose, sdl):
    assert compose(a=sdl).codes == []
