"""PROVIDES_FIELDS_MISSING_EXTERNAL: provided fields are resolved elsewhere."""

import pytest


@pytest.mark.parametrize("fields", ["name", "id", "b { x }", "__typename"])
def test_own_field(compose, fields):
    outcome = compose(
        a=f"""
        type Query {{ a: A @provides(fields: "{fields}") }}
        type A @key(fields: "id") {{ id: ID name: String b: B }}
        type B {{ x: Int }}
        """
    )
    assert outcome.codes == ["PROVIDES_FIELDS_MISSING_EXTERNAL"]


def test_below_an_external_field(compose):
    outcome = compose(
        a="""
        type Query { a: A @provides(fields: "b { x }") }
        type A @key(fields: "id") { id: ID b: B @external }
        type B @shareable { x: Int }
        """,
        b='type A @key(fields: "id") { id: ID b: B @shareable } type B @shareable { x: Int }',
    )
    assert outcome.codes == []


def test_federation_1_ignores_own_fields(compose):
    sdl = 'type Query { a: A @provides(fields: "name") } type A @key(fields: "id") { id: ID name: String }'
    assert compose(federation=None, a=sdl).codes == []
