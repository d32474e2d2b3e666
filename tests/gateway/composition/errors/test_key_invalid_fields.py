"""KEY_INVALID_FIELDS: keys select fields that are there."""

import pytest


@pytest.mark.parametrize(
    "fields",
    [
        "missing",
        "",
        "id {",
        "alias: id",
        "id { sub }",
        "nested",
        "nested { missing }",
        "... on Unknown { id }",
        "...Named",
        "id @unknown",
    ],
)
def test_invalid(compose, fields):
    outcome = compose(
        a=f"""
        type Query {{ a: A }}
        type A @key(fields: "{fields}") {{ id: ID nested: B }}
        type B {{ x: Int }}
        """
    )
    assert "KEY_INVALID_FIELDS" in outcome.codes
    error = next(error for error in outcome.composition.errors if error.code.name == "KEY_INVALID_FIELDS")
    assert "@key on A" in error.message
    assert error.locations[0].line == 3


@pytest.mark.parametrize("fields", ["id", "{ id }", "id, nested { x }", "... on A { id }", "__typename id", "list"])
def test_valid(compose, fields):
    sdl = f'type A @key(fields: "{fields}") {{ id: ID nested: B list: [Int] }} type B {{ x: Int }}'
    assert compose(a=f"type Query {{ a: A }} {sdl}").codes == []


@pytest.mark.parametrize("field_set", ["id(x: 1)", "f(y: 1)", 'f(x: \\"a\\")'])
def test_arguments_that_the_field_does_not_take(compose, field_set):
    sdl = f'type Query {{ a: A }} type A @key(fields: "{field_set}") {{ id: ID f(x: Int): Int }}'
    assert "KEY_INVALID_FIELDS" in compose(a=sdl).codes
