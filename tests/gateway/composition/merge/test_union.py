"""Unions: all members of all subgraphs."""


def test_members_say_where_they_are(compose, definition):
    outcome = compose(
        shop="type Query { a: Any } union Any = A type A @shareable { x: Int }",
        stock="type Query { b: Any } union Any = A | B type A @shareable { x: Int } type B { y: Int }",
    )
    assert definition(outcome.supergraph, "union Any") == (
        "union Any @join__type(graph: SHOP) @join__type(graph: STOCK) "
        '@join__unionMember(graph: SHOP, member: "A") @join__unionMember(graph: STOCK, member: "A") '
        '@join__unionMember(graph: STOCK, member: "B") = A | B'
    )
    assert "INCONSISTENT_UNION_MEMBER" in [hint.code for hint in outcome.composition.hints]
