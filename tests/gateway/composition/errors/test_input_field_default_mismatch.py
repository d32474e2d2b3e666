"""INPUT_FIELD_DEFAULT_MISMATCH: An input field has different defaults in different subgraphs."""


def test_different_defaults(compose):
    error = compose(
        shop="""
            type Query { a(by: By): Int }
            input By { n: Int = 1 }
        """,
        stock="""
            type Query { b(by: By): Int }
            input By { n: Int = 2 }
        """,
    ).error("INPUT_FIELD_DEFAULT_MISMATCH")
    assert "By.n" in error.message
