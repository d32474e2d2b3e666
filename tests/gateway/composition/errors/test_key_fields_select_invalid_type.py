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
