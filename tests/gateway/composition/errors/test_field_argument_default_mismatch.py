"""FIELD_ARGUMENT_DEFAULT_MISMATCH: An argument has different defaults in different subgraphs."""


def test_different_defaults(compose):
    error = compose(
        shop="""
            type Query { q(n: Int = 1): Int @shareable }
        """,
        stock="""
            type Query { q(n: Int = 2): Int @shareable }
        """,
    ).error("FIELD_ARGUMENT_DEFAULT_MISMATCH")
    assert "Query.q(n:)" in error.message
    assert "default 1" in error.message
    assert "default 2" in error.message
