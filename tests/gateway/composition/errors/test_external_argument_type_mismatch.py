"""EXTERNAL_ARGUMENT_TYPE_MISMATCH: An argument of an @external field has another type than in the field that it stands for."""


def test_other_type(compose):
    error = compose(
        shop="""
            type Query { item: Item }
            type Item @key(fields: "id") { id: ID! price(net: Boolean): Int }
        """,
        stock="""
            type Item @key(fields: "id") { id: ID! price(net: Int): Int @external tax: Int @requires(fields: "price") }
        """,
    ).error("EXTERNAL_ARGUMENT_TYPE_MISMATCH")
    assert "Boolean" in error.message
    assert "Int" in error.message
