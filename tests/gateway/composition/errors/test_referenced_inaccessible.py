"""REFERENCED_INACCESSIBLE: A visible element refers to an @inaccessible type."""


def test_visible_field_of_hidden_type(compose):
    error = compose(
        shop="""
            type Query { item: Item }
            type Item @inaccessible { id: ID }
        """,
    ).error("REFERENCED_INACCESSIBLE")
    assert '"Item"' in error.message
    assert "Query.item" in error.message


def test_visible_argument_of_hidden_type(compose):
    error = compose(
        shop="""
            type Query { q(by: By): Int }
            input By @inaccessible { a: Int }
        """,
    ).error("REFERENCED_INACCESSIBLE")
    assert "Query.q(by:)" in error.message


def test_hidden_in_another_subgraph(compose):
    errors = compose(
        shop="""
            type Query { item: Item @shareable }
            type Item @shareable { id: ID }
        """,
        stock="""
            type Item @shareable @inaccessible { id: ID }
            type Query { r: Int }
        """,
    ).composition.errors
    assert {error.code.name for error in errors} == {"REFERENCED_INACCESSIBLE"}
    assert any("stock" in error.message for error in errors)
