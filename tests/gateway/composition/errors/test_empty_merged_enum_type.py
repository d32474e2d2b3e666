"""EMPTY_MERGED_ENUM_TYPE: An enum has no value that all of its subgraphs share."""


def test_input_enum_without_common_value(compose):
    error = compose(
        shop="""
            type Query { a(unit: Unit): Int }
            enum Unit { GRAM }
        """,
        stock="""
            type Query { b(unit: Unit): Int }
            enum Unit { METRE }
        """,
    ).error("EMPTY_MERGED_ENUM_TYPE")
    assert '"Unit"' in error.message
    assert "shop" in error.message
    assert "stock" in error.message
