"""KEY_FIELDS_SELECT_INVALID_TYPE: key fields are neither interfaces nor unions."""

import pytest


@pytest.mark.parametrize("fields", ["node { id }", "either { ... on A { id } }"])
def test_abstract(compose, fields):
    outcome = compose(
        a=f"""
        type Query {{ a: A }}
        interface Node {{ id: ID }}
        union Either = A
        type A implements Node @key(fields: "{fields}") {{ id: ID node: Node either: Either }}
        """
    )
    assert outcome.codes == ["KEY_FIELDS_SELECT_INVALID_TYPE"]


def test_without_a_selection_below(compose):
    sdl = 'type Query { a: A } type A @key(fields: "u") { u: U } union U = B type B { x: Int }'
    assert "KEY_FIELDS_SELECT_INVALID_TYPE" in compose(a=sdl).codes
