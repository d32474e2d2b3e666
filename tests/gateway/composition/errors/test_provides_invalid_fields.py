"""PROVIDES_INVALID_FIELDS: @provides selects fields that are there."""

import pytest


@pytest.mark.parametrize("fields", ["missing", "", "name {", "alias: name", "name { x }", "b", "... on Unknown { x }"])
def test_invalid(compose, fields):
    outcome = compose(
        a=f"""
        type Query {{ a: A @provides(fields: "{fields}") }}
        type A @key(fields: "id") {{ id: ID name: String @external size(unit: Int): Int @external b: B @external }}
        type B {{ x: Int }}
        """
    )
    found = [error for error in outcome.composition.errors if error.code.name == "PROVIDES_INVALID_FIELDS"]
    assert found
    assert "Query.a" in found[0].message
