"""REQUIRES_INVALID_FIELDS_TYPE: the fields of @requires are a string."""

import pytest


@pytest.mark.parametrize("fields", ['["name"]', "name", "1"])
def test_not_a_string(compose, fields):
    outcome = compose(
        a=f"""
        type Query {{ a: A }}
        type A @key(fields: "id") {{ id: ID name: String @external b: B @external out: Int @requires(fields: {fields}) }}
        type B {{ x: Int }}
        """
    )
    assert "A.out" in outcome.error("REQUIRES_INVALID_FIELDS_TYPE").message
