"""Directives applied are defined and stand where they may."""

import pytest


@pytest.mark.parametrize(
    "sdl",
    [
        "type Query { a: Int @unknown }",
        "type Query @deprecated { a: Int }",
        "type Query { a: Int @skip(if: true) }",
        'type Query { a: Int @key(fields: "a") }',
        "type Query { a(b: Int @unknown): Int }",
        "enum E { A @unknown } type Query { e: E }",
        "directive @d on OBJECT type Query { a: Int @d }",
        "type Query { a: Int } schema @unknown { query: Query }",
        "input I { a: Int @unknown } type Query { a(i: I): Int }",
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
        "directive @d on OBJECT | FIELD_DEFINITION type Query @d { a: Int @d }",
        'type Query { a(b: Int @deprecated): Int @deprecated(reason: "x") }',
        'scalar S @specifiedBy(url: "https://s.example") type Query { s: S }',
    ],
)
def test_accepted(compose, sdl):
    assert compose(a=sdl).codes == []
