"""CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS: An argument is contextual in one subgraph and required of clients in another."""


def test_required_elsewhere(compose):
    error = compose(
        shop="""
            type Query { cart: Cart }
            type Cart @key(fields: "id") @context(name: "cart") { id: ID! limit: Int! line: Line }
            type Line @key(fields: "id") { id: ID! allowed(limit: Int @fromContext(field: "$cart { limit }")): Boolean @shareable }
        """,
        stock="""
            type Line @key(fields: "id") { id: ID! allowed(limit: Int!): Boolean @shareable }
        """,
    ).error("CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS")
    assert "Line.allowed(limit:)" in error.message
    assert "stock" in error.message
