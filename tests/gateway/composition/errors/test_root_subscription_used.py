"""ROOT_SUBSCRIPTION_USED: Subscription is the subscription root, or there is no such type."""


def test_default_name_taken(compose):
    error = compose(
        a="""
        schema { query: Query  subscription: Root }
        type Query { q: Int }
        type Root { a: Int }
        type Subscription { b: Int }
        """
    ).error("ROOT_SUBSCRIPTION_USED")
    assert error.locations[0].line == 5


def test_other_name(compose):
    supergraph = compose(
        a="schema { query: Query  subscription: Root } type Query { q: Int } type Root { a: Int again: Root }"
    ).supergraph
    assert "type Subscription" in supergraph
    assert "again: Subscription" in supergraph
    assert "Root" not in supergraph
