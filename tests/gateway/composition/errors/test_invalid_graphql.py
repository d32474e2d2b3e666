"""INVALID_GRAPHQL: the rules of GraphQL; ``rules/graphql`` has a file for each."""


def test_message_says_where_and_what_to_do(compose):
    error = compose(
        a="""
        type Query {
          a: Misspelt
        }
        """
    ).error("INVALID_GRAPHQL")
    assert error.message == "[a] unknown type Misspelt of Query.a: define it, or correct its name."
    assert error.subgraphs == ("a",)
    assert (error.locations[0].line, error.locations[0].column) == (3, 14)
