"""REQUIRES_INVALID_FIELDS: @requires selects fields that are there."""

import pytest


@pytest.mark.parametrize("fields", ["missing", "", "name {", "alias: name", "name { x }", "b", "... on Unknown { x }"])
def test_invalid(compose, fields):
    outcome = compose(
        a=f"""
        type Query {{ a: A }}
        type A @key(fields: "id") {{ id: ID name: String @external b: B @external out: Int @requires(fields: "{fields}") }}
        type B {{ x: Int }}
        """
    )
    found = [error for error in outcome.composition.errors if error.code.name == "REQUIRES_INVALID_FIELDS"]
    assert found
    assert "A.out" in found[0].message
