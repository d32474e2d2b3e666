"""ONLY_INACCESSIBLE_CHILDREN: A visible type has nothing but @inaccessible members."""


def test_all_fields_hidden(compose):
    error = compose(
        shop="""
            type Query { item: Item }
            type Item { id: ID @inaccessible }
        """,
    ).error("ONLY_INACCESSIBLE_CHILDREN")
    assert '"Item"' in error.message
    assert "fields" in error.message


def test_all_values_hidden(compose):
    error = compose(
        shop="""
            type Query { unit: Unit }
            enum Unit { GRAM @inaccessible }
        """,
    ).error("ONLY_INACCESSIBLE_CHILDREN")
    assert "values" in error.message


def test_all_members_hidden(compose):
    error = compose(
        shop="""
            type Query { any: Any q: Int }
            union Any = Item
            type Item @inaccessible { id: ID }
        """,
    ).error("ONLY_INACCESSIBLE_CHILDREN")
    assert "members" in error.message


def test_all_input_fields_hidden(compose):
    error = compose(
        shop="""
            type Query { q(by: By): Int }
            input By { a: Int @inaccessible }
        """,
    ).error("ONLY_INACCESSIBLE_CHILDREN")
    assert "input fields" in error.message
