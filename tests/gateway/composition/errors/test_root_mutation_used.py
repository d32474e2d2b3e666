"""ROOT_MUTATION_USED: Mutation is the mutation root, or there is no such type."""


def test_default_name_taken(compose):
    error = compose(
        a="""
        schema { query: Query  mutation: Root }
        type Query { q: Int }
        type Root { a: Int }
        type Mutation { b: Int }
        """
    ).error("ROOT_MUTATION_USED")
    assert error.locations[0].line == 5


def test_other_name(compose):
    supergraph = compose(
        a="schema { query: Query  mutation: Root } type Query { q: Int } type Root { a: Int again: Root }"
    ).supergraph
    assert "type Mutation" in supergraph
    assert "again: Mutation" in supergraph
    assert "Root" not in supergraph
