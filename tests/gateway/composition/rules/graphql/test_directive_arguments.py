"""Directives get the arguments they define."""

import pytest


@pytest.mark.parametrize(
    "sdl",
    [
        'type Query { a: Int @deprecated(because: "x") }',
        "type Query { a: Int @deprecated(reason: 1) }",
        "type Query { a: Int @tag }",
        "type Query { a: Int @tag(name: 1) }",
        'type Query { a: Int @tag(name: "x", name: "y") }',
        "directive @d(e: E) on OBJECT enum E { A } type Query @d(e: B) { a: Int }",
        'directive @d(l: [Int!]) on OBJECT type Query @d(l: [1, "2"]) { a: Int }',
        "directive @d(i: I) on OBJECT input I { x: Int } type Query @d(i: {y: 1}) { a: Int }",
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
        "directive @d(l: [Int!], e: E) on OBJECT enum E { A } type Query @d(l: 1, e: A) { a: Int }",
        'directive @d(s: S) on OBJECT scalar S type Query @d(s: {any: [1, "x"]}) { a: Int }',
    ],
)
def test_accepted(compose, sdl):
    assert compose(a=sdl).codes == []
