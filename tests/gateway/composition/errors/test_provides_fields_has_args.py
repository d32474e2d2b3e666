"""PROVIDES_FIELDS_HAS_ARGS: provided fields take no arguments."""

import pytest


@pytest.mark.parametrize("fields", ["size", "size(unit: 1)"])
def test_arguments(compose, fields):
    outcome = compose(
        a=f"""
        type Query {{ a: A @provides(fields: "{fields}") }}
        type A @key(fields: "id") {{ id: ID size(unit: Int): Int @external }}
        """,
        b='type A @key(fields: "id") { id: ID size(unit: Int): Int @shareable }',
    )
    assert outcome.codes == ["PROVIDES_FIELDS_HAS_ARGS"]
