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
        "type Query { a(b: Int = 1.5): Int }",
        "type Query { a(b: Int = 1e30): Int }",
        "type Query { a(b: ID = 1.5): Int }",
        "type Query { a(b: ID = true): Int }",
        "type Query { a(b: Float = A): Int }",
        "type Query { a(b: Float = 1e400): Int }",
        "type Query { a(b: Boolean = A): Int }",
        "type Query { a(b: String = 1): Int }",
        "type Query { a(b: String = {}): Int }",
        "type Query { a(b: [Int!] = [null]): Int }",
        "type Query { a(b: I = []): Int } input I { x: Int }",
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
        "type Query { a(b: ID = A, c: String = A, d: [ID] = A): Int }",
        "type Query { a(b: Int = 1.0, c: ID = 1e3, d: Int = 99999999999): Int }",
        'type Query { a(b: E = "A"): Int } enum E { A }',
        "type Query { a(b: I = {}): Int } input I { x: Int! }",
    ],
)
def test_accepted(compose, sdl):
    assert compose(a=sdl).codes == []
