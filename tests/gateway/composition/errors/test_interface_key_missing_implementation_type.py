"""INTERFACE_KEY_MISSING_IMPLEMENTATION_TYPE: A subgraph with a @key on an interface lacks one of the interface's implementations."""


def test_subgraph_lacks_an_implementation(compose):
    error = compose(
        shop="""
            type Query { q: Node }
            interface Node @key(fields: "id") { id: ID! }
            type Item implements Node @key(fields: "id") { id: ID! }
        """,
        stock="""
            type Query { r: Node }
            interface Node { id: ID! }
            type Box implements Node @key(fields: "id") { id: ID! }
        """,
    ).error("INTERFACE_KEY_MISSING_IMPLEMENTATION_TYPE")
    assert '"Box"' in error.message
    assert "shop" in error.message
