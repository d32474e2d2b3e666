"""NO_QUERIES: No subgraph offers a query."""


def test_no_subgraph_has_a_query(compose):
    error = compose(
        shop="""
            type Item { id: ID }
        """,
    ).error("NO_QUERIES")
    assert "query" in error.message
