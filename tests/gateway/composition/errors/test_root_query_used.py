"""ROOT_QUERY_USED: Query is the query root, or there is no such type."""


def test_default_name_taken(compose):
    error = compose(
        a="""
        schema { query: Root }

        type Root { a: Int }
        type Query { b: Int }
        """
    ).error("ROOT_QUERY_USED")
    assert error.locations[0].line == 5


def test_other_name(compose):
    supergraph = compose(a="schema { query: Root } type Root { a: Int again: Root }").supergraph
    assert "type Query" in supergraph
    assert "again: Query" in supergraph
    assert "Root" not in supergraph
