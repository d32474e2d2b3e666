"""EXTERNAL_TYPE_MISMATCH: An @external field has another type than the field that it stands for."""


def test_other_type(compose):
    error = compose(
        shop="""
            type Query { item: Item }
            type Item @key(fields: "id") { id: ID! price: Int }
        """,
        stock="""
            type Item @key(fields: "id") { id: ID! price: String @external tax: Int @requires(fields: "price") }
        """,
    ).error("EXTERNAL_TYPE_MISMATCH")
    assert "Item.price" in error.message
    assert "Int" in error.message
    assert "String" in error.message
