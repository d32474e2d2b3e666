"""PROVIDES_INVALID_FIELDS_TYPE: the fields of @provides are a string."""

import pytest


@pytest.mark.parametrize("fields", ['["name"]', "name", "1"])
def test_not_a_string(compose, fields):
    outcome = compose(
        a=f"""
        type Query {{ a: A @provides(fields: {fields}) }}
        type A @key(fields: "id") {{ id: ID name: String @external size(unit: Int): Int @external b: B @external }}
        type B {{ x: Int }}
        """
    )
    assert "Query.a" in outcome.error("PROVIDES_INVALID_FIELDS_TYPE").message
