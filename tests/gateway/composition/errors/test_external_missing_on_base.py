"""EXTERNAL_MISSING_ON_BASE: A field is @external wherever it occurs, so that no subgraph resolves it."""


def test_nobody_resolves_the_field(compose):
    error = compose(
        shop="""
            type Query { item: Item }
            type Item @key(fields: "id") { id: ID! }
        """,
        stock="""
            type Item @key(fields: "id") { id: ID! price: Int @external tax: Int @requires(fields: "price") }
        """,
    ).error("EXTERNAL_MISSING_ON_BASE")
    assert "Item.price" in error.message
