"""EXTERNAL_ARGUMENT_DEFAULT_MISMATCH: An argument of an @external field has another default than in the field that it stands for."""


def test_other_default(compose):
    error = compose(
        shop="""
            type Query { item: Item }
            type Item @key(fields: "id") { id: ID! price(net: Boolean = true): Int }
        """,
        stock="""
            type Item @key(fields: "id") { id: ID! price(net: Boolean = false): Int @external tax: Int @requires(fields: "price") }
        """,
    ).error("EXTERNAL_ARGUMENT_DEFAULT_MISMATCH")
    assert "Item.price(net:)" in error.message
    assert "true" in error.message
    assert "false" in error.message
