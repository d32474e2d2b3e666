"""FIELD_TYPE_MISMATCH: A field has incompatible types in different subgraphs."""


def test_different_types(compose):
    error = compose(
        shop="""
            type Query { q: Int @shareable }
        """,
        stock="""
            type Query { q: String @shareable }
        """,
    ).error("FIELD_TYPE_MISMATCH")
    assert "Query.q" in error.message
    assert "shop" in error.message
    assert "stock" in error.message


def test_list_and_item(compose):
    error = compose(
        shop="""
            type Query { q: Int @shareable }
        """,
        stock="""
            type Query { q: [Int] @shareable }
        """,
    ).error("FIELD_TYPE_MISMATCH")
    assert "[Int]" in error.message


def test_input_fields_too(compose):
    error = compose(
        shop="""
            type Query { a(by: By): Int }
            input By { x: Int }
        """,
        stock="""
            type Query { b(by: By): Int }
            input By { x: String }
        """,
    ).error("FIELD_TYPE_MISMATCH")
    assert "By.x" in error.message


def test_implementation_fits_interface(compose):
    outcome = compose(
        shop="""
            type Query { q: Node @shareable }
            interface Node { id: ID }
            type Item implements Node { id: ID @shareable }
        """,
        stock="""
            type Query { q: Item @shareable }
            type Item { id: ID @shareable }
        """,
    )
    assert outcome.supergraph
