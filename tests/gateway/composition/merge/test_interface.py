"""Interfaces: all fields of all subgraphs; who implements what is kept for each of them."""


def test_implementations_are_kept_for_each_subgraph(compose, definition):
    text = compose(
        shop="type Query { a: Node } interface Node { id: ID } type A implements Node { id: ID @shareable }",
        stock="type Query { b: Named } interface Named { id: ID } type A implements Named { id: ID @shareable }",
    ).supergraph
    assert definition(text, "type A implements Node & Named") == (
        'type A implements Node & Named @join__implements(graph: SHOP, interface: "Node") '
        '@join__implements(graph: STOCK, interface: "Named") @join__type(graph: SHOP) @join__type(graph: STOCK) '
        "{ id: ID }"
    )


def test_inherited_interface_must_be_implemented_after_merging(compose):
    outcome = compose(
        shop="""
            type Query { a: Node }
            interface Node { id: ID }
            type A implements Node { id: ID @shareable }
        """,
        stock="""
            type Query { b: Node }
            interface Base { id: ID }
            interface Node implements Base { id: ID }
        """,
    )
    assert outcome.codes == ["INVALID_GRAPHQL"]
    assert "Base" in outcome.composition.errors[0].message
