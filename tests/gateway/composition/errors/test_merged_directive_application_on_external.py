"""MERGED_DIRECTIVE_APPLICATION_ON_EXTERNAL: An @external field bears a directive that composition carries into the supergraph."""


def test_tag_on_external(compose):
    error = compose(
        shop="""
            type Query { item: Item }
            type Item @key(fields: "id") { id: ID! price: Int }
        """,
        stock="""
            type Item @key(fields: "id") { id: ID! price: Int @external @tag(name: "x") tax: Int @requires(fields: "price") }
        """,
    ).error("MERGED_DIRECTIVE_APPLICATION_ON_EXTERNAL")
    assert "@tag" in error.message
    assert "Item.price" in error.message
