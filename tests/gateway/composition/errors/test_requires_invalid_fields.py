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


def test_argument_unknown_to_another_subgraph(compose):
    error = compose(
        shop="""
            type Query { item: Item }
            type Item @key(fields: "id") { id: ID! price: Int }
        """,
        stock="""
            type Item @key(fields: "id") {
              id: ID!
              price(net: Boolean): Int @external
              tax: Int @requires(fields: "price(net: true)")
            }
        """,
    ).error("REQUIRES_INVALID_FIELDS")
    assert '"net"' in error.message
    assert "shop" in error.message
