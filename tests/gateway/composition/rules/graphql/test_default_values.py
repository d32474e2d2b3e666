"""Defaults are values of their types."""

import pytest


@pytest.mark.parametrize(
    "sdl",
    [
        'type Query { a(b: Int = "x"): Int }',
        "type Query { a(b: Int! = null): Int }",
        "type Query { a(b: E = B): Int } enum E { A }",
        "type Query { a(b: I = {y: 1}): Int } input I { x: Int }",
        'type Query { a(b: [Int] = ["x"]): Int }',
        "input I { a: Boolean = 1 } type Query { a(i: I): Int }",
        'directive @d(a: Int = "x") on OBJECT type Query { a: Int }',
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
        "type Query { a(b: [Int] = 1, c: Float = 1, d: ID = 1, e: S = {x: 1}): Int } scalar S",
        "type Query { a(b: I = {x: 1}): Int } input I { x: Int y: Int = 2 }",
    ],
)
def test_accepted(compose, sdl):
    assert compose(a=sdl).codes == []
