"""INVALID_FIELD_SHARING: Several subgraphs resolve a field that not all of them mark @shareable."""


def test_no_subgraph_allows_it(compose):
    error = compose(
        shop="""
            type Query { q: Int }
        """,
        stock="""
            type Query { q: Int }
        """,
    ).error("INVALID_FIELD_SHARING")
    assert "Query.q" in error.message
    assert "any of them" in error.message


def test_one_subgraph_does_not_allow_it(compose):
    error = compose(
        shop="""
            type Query { q: Int @shareable }
        """,
        stock="""
            type Query { q: Int }
        """,
    ).error("INVALID_FIELD_SHARING")
    assert 'not @shareable in subgraph "stock"' in error.message


def test_subscription_field(compose):
    error = compose(
        shop="""
            type Query { q: Int }
            type Subscription { tick: Int @shareable }
        """,
    ).error("INVALID_FIELD_SHARING")
    assert "Subscription.tick" in error.message


def test_misspelt_override(compose):
    error = compose(
        shop="""
            type Query { q: Int @override(from: "stok") }
        """,
        stock="""
            type Query { q: Int }
        """,
    ).error("INVALID_FIELD_SHARING")
    assert "misspelt" in error.message


def test_field_of_two_interface_objects(compose):
    error = compose(
        shop="""
            type Query { q: Node }
            interface Node @key(fields: "id") { id: ID! }
            type Item implements Node @key(fields: "id") { id: ID! }
        """,
        stock="""
            type Node @interfaceObject @key(fields: "id") { id: ID! weight: Int }
        """,
        scales="""
            type Node @interfaceObject @key(fields: "id") { id: ID! weight: Int }
        """,
    ).error("INVALID_FIELD_SHARING")
    assert "Item.weight" in error.message
    assert "@interfaceObject" in error.message


def test_key_fields_are_shared_anyway(compose):
    outcome = compose(
        shop="""
            type Query { i: Item }
            type Item @key(fields: "id") { id: ID! }
        """,
        stock="""
            type Item @key(fields: "id") { id: ID! weight: Int }
        """,
    )
    assert outcome.supergraph
