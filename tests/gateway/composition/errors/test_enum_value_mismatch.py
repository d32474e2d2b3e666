"""ENUM_VALUE_MISMATCH: An enum used for input and for output does not have the same values in all of its subgraphs."""


def test_enum_used_for_input_and_output(compose):
    error = compose(
        shop="""
            type Query { a(unit: Unit): Unit }
            enum Unit { GRAM POUND }
        """,
        stock="""
            type Query { b: Unit }
            enum Unit { GRAM }
        """,
    ).error("ENUM_VALUE_MISMATCH")
    assert '"POUND"' in error.message
    assert "Query.a" in error.message
    assert "shop" in error.message
    assert "stock" in error.message


def test_hidden_value_may_differ(compose):
    outcome = compose(
        shop="""
            type Query { a(unit: Unit): Unit }
            enum Unit { GRAM POUND @inaccessible }
        """,
        stock="""
            type Query { b: Unit }
            enum Unit { GRAM }
        """,
    )
    assert outcome.supergraph
