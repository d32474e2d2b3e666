"""FIELD_ARGUMENT_TYPE_MISMATCH: An argument has incompatible types in different subgraphs."""


def test_different_types(compose):
    error = compose(
        shop="""
            type Query { q(n: Int): Int @shareable }
        """,
        stock="""
            type Query { q(n: String): Int @shareable }
        """,
    ).error("FIELD_ARGUMENT_TYPE_MISMATCH")
    assert "Query.q(n:)" in error.message
    assert "Int" in error.message
    assert "String" in error.message


def test_nullable_fits_required(compose):
    outcome = compose(
        shop="""
            type Query { q(n: Int!): Int @shareable }
        """,
        stock="""
            type Query { q(n: Int): Int @shareable }
        """,
    )
    assert outcome.supergraph
