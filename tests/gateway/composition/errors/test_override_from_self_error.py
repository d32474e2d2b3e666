"""OVERRIDE_FROM_SELF_ERROR: An @override names its own subgraph as the source."""


def test_own_subgraph_named(compose):
    error = compose(
        shop="""
            type Query { q: Int @override(from: "shop") }
        """,
    ).error("OVERRIDE_FROM_SELF_ERROR")
    assert "Query.q" in error.message
