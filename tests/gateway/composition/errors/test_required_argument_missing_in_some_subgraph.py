"""REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH: An argument that one subgraph requires is missing in another."""


def test_required_here_unknown_there(compose):
    error = compose(
        shop="""
            type Query { q(n: Int!): Int @shareable }
        """,
        stock="""
            type Query { q: Int @shareable }
        """,
    ).error("REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH")
    assert "Query.q(n:)" in error.message
    assert "stock" in error.message


def test_optional_arguments_are_left_out(compose):
    outcome = compose(
        shop="""
            type Query { q(n: Int): Int @shareable }
        """,
        stock="""
            type Query { q: Int @shareable }
        """,
    )
    assert outcome.supergraph
