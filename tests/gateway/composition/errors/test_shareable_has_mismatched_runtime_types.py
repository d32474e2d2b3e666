"""SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES: A shared field's possible types have nothing in common across subgraphs."""


def test_nothing_in_common(compose):
    error = compose(
        shop="""
            type Query { q: Node @shareable }
            interface Node { id: ID }
            type Item implements Node { id: ID }
        """,
        stock="""
            type Query { q: Node @shareable }
            interface Node { id: ID }
            type Box implements Node { id: ID }
        """,
    ).error("SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES")
    assert "Query.q" in error.message
    assert '"Item"' in error.message
    assert '"Box"' in error.message
