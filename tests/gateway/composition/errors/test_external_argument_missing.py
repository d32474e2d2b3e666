"""EXTERNAL_ARGUMENT_MISSING: An @external field lacks an argument of the field that it stands for."""


def test_argument_left_out(compose):
    error = compose(
        shop="""
            type Query { item: Item }
            type Item @key(fields: "id") { id: ID! price(net: Boolean): Int }
        """,
        stock="""
            type Item @key(fields: "id") { id: ID! price: Int @external tax: Int @requires(fields: "price") }
        """,
    ).error("EXTERNAL_ARGUMENT_MISSING")
    assert '"net"' in error.message
    assert "stock" in error.message
