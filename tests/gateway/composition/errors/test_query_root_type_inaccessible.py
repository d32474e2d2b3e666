"""QUERY_ROOT_TYPE_INACCESSIBLE: The query root type is @inaccessible."""


def test_hidden_query_root(compose):
    error = compose(
        shop="""
            type Query @inaccessible { q: Int }
        """,
    ).error("QUERY_ROOT_TYPE_INACCESSIBLE")
    assert '"Query"' in error.message
