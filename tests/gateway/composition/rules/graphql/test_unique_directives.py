"""Directives are repeated only where they are repeatable."""

import pytest


@pytest.mark.parametrize(
    "sdl",
    [
        "type Query { a: Int @deprecated @deprecated }",
        "directive @d on OBJECT type Query @d @d { a: Int }",
        "directive @d on OBJECT type Query @d { a: Int } extend type Query @d { b: Int }",
        'directive @key(fields: String!) on OBJECT type Query { a: A } type A @key(fields: "x") @key(fields: "y") { x: Int y: Int }',
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
        "directive @d repeatable on OBJECT type Query @d @d { a: Int }",
        'type Query { a: Int @tag(name: "x") @tag(name: "y") }',
    ],
)
def test_accepted(compose, sdl):
    assert compose(a=sdl).codes == []
