"""MISSING_TRANSITIVE_AUTH_REQUIREMENTS: A field needs data whose access rules it does not itself ask for."""


def test_required_field_is_protected(compose):
    error = compose(
        shop="""
            type Query { item: Item }
            type Item @key(fields: "id") { id: ID! price: Int @authenticated }
        """,
        stock="""
            type Item @key(fields: "id") { id: ID! price: Int @external tax: Int @requires(fields: "price") }
        """,
    ).error("MISSING_TRANSITIVE_AUTH_REQUIREMENTS")
    assert "Item.tax" in error.message
    assert "Item.price" in error.message
    assert "@requires" in error.message


def test_weaker_scopes_do_not_do(compose):
    error = compose(
        shop="""
            type Query { item: Item }
            type Item @key(fields: "id") { id: ID! price: Int @requiresScopes(scopes: [["a", "b"]]) }
        """,
        stock="""
            type Item @key(fields: "id") { id: ID! price: Int @external tax: Int @requires(fields: "price") @requiresScopes(scopes: [["a"]]) }
        """,
    ).error("MISSING_TRANSITIVE_AUTH_REQUIREMENTS")
    assert "Item.tax" in error.message


def test_context_is_protected(compose):
    error = compose(
        shop="""
            type Query { cart: Cart }
            type Cart @key(fields: "id") @context(name: "cart") { id: ID! limit: Int! @policy(policies: [["staff"]]) line: Line }
            type Line @key(fields: "id") { id: ID! allowed(limit: Int @fromContext(field: "$cart { limit }")): Boolean }
        """,
    ).error("MISSING_TRANSITIVE_AUTH_REQUIREMENTS")
    assert "Line.allowed" in error.message
    assert "Cart.limit" in error.message
    assert "@fromContext" in error.message


def test_stronger_scopes_do(compose):
    outcome = compose(
        shop="""
            type Query { item: Item }
            type Item @key(fields: "id") { id: ID! price: Int @requiresScopes(scopes: [["a"], ["b"]]) }
        """,
        stock="""
            type Item @key(fields: "id") { id: ID! price: Int @external tax: Int @requires(fields: "price") @requiresScopes(scopes: [["a", "c"]]) }
        """,
    )
    assert outcome.supergraph
