"""REQUIRES_FIELDS_MISSING_EXTERNAL: required fields are resolved elsewhere."""

import pytest


@pytest.mark.parametrize("fields", ["name", "id", "b { x }"])
def test_own_field(compose, fields):
    outcome = compose(
        a=f"""
        type Query {{ a: A }}
        type A @key(fields: "id") {{ id: ID name: String b: B out: Int @requires(fields: "{fields}") }}
        type B {{ x: Int }}
        """
    )
    assert "A.out" in outcome.error("REQUIRES_FIELDS_MISSING_EXTERNAL").message


def test_arguments_are_allowed(compose):
    outcome = compose(
        a="""
        type Query { a: A }
        type A @key(fields: "id") { id: ID size(unit: Int!): Int @external out: Int @requires(fields: "size(unit: 3)") }
        """,
        b='type A @key(fields: "id") { id: ID size(unit: Int!): Int }',
    )
    assert outcome.codes == []


@pytest.mark.parametrize("fields", ["size", "size(unit: X)", "size(unit: 1, other: 2)", "size(unit: $v)"])
def test_wrong_arguments(compose, fields):
    outcome = compose(
        a=f"""
        type Query {{ a: A }}
        type A @key(fields: "id") {{ id: ID size(unit: Int!): Int @external out: Int @requires(fields: "{fields}") }}
        """,
        b='type A @key(fields: "id") { id: ID size(unit: Int!): Int }',
    )
    assert set(outcome.codes) == {"REQUIRES_INVALID_FIELDS"}
