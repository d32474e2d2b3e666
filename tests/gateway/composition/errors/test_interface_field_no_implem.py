"""INTERFACE_FIELD_NO_IMPLEM: After merging, a type lacks a field of an interface that it implements."""


def test_field_known_to_another_subgraph_only(compose):
    error = compose(
        shop="""
            type Query { q: Node }
            interface Node { id: ID }
            type Item implements Node { id: ID @shareable }
        """,
        stock="""
            type Query { r: Node }
            interface Node { id: ID weight: Int }
            type Box implements Node { id: ID weight: Int }
        """,
    ).error("INTERFACE_FIELD_NO_IMPLEM")
    assert '"weight"' in error.message
    assert '"Item"' in error.message
    assert "stock" in error.message
